"""Trust stores for client certificates: moto does not have them. The bundle in S3 is not read."""

from __future__ import annotations

import uuid
from typing import Any, Dict

from andamio_emulator.extension import Call, operation

STORE = "trust store"
UNKNOWN = "TrustStoreNotFound"


@operation("elbv2", "CreateTrustStore")
def create_trust_store(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    name = params["Name"]
    arn = call.arn(f"truststore/{name}/{uuid.uuid4().hex[:16]}", service="elasticloadbalancing")
    counts = {"NumberOfCaCertificates": 1, "TotalRevokedEntries": 0}
    call.table(STORE)[arn] = {"Name": name, "TrustStoreArn": arn, "Status": "ACTIVE", **counts}
    call.backend().tagging_service.tag_resource(arn, params.get("Tags", []))
    return {"TrustStores": [call.table(STORE)[arn]]}


@operation("elbv2", "DescribeTrustStores")
def describe_trust_stores(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    names = params.get("Names")
    arns = params.get("TrustStoreArns") or list(call.table(STORE))
    found = [call.find(STORE, arn, UNKNOWN, 400) for arn in arns]
    return {"TrustStores": [store for store in found if not names or store["Name"] in names]}


@operation("elbv2", "ModifyTrustStore")
def modify_trust_store(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    """Another bundle: nothing of it is shown."""
    return {"TrustStores": [call.find(STORE, params["TrustStoreArn"], UNKNOWN, 400)]}


@operation("elbv2", "DescribeTrustStoreAssociations")
def describe_associations(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    """The listeners that use it: the provider waits until there are none before it deletes a trust store."""
    arn = call.find(STORE, params["TrustStoreArn"], UNKNOWN, 400)["TrustStoreArn"]
    known = {listener for balancer in call.backend().load_balancers.values() for listener in balancer.listeners}
    wanted = call.table("mutual authentication").items()
    used_by = [listener for listener, mode in wanted if mode.get("TrustStoreArn") == arn and listener in known]
    return {"TrustStoreAssociations": [{"ResourceArn": listener} for listener in used_by]}


@operation("elbv2", "DeleteTrustStore")
def delete_trust_store(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    call.find(STORE, params["TrustStoreArn"], UNKNOWN, 400)
    call.table(STORE).pop(params["TrustStoreArn"])
    call.backend().tagging_service.delete_all_tags_for_resource(params["TrustStoreArn"])
    return {}
