"""State Manager associations: moto does not have them."""

from __future__ import annotations

import uuid
from typing import Any, Dict

from andamio_emulator.extension import Call, now, operation
from andamio_emulator.services.ssm.tagging import tags_of
from andamio_emulator.tags import tags_from_list

ASSOCIATION = "association"
UNKNOWN = "AssociationDoesNotExist"
NOT_DESCRIBED = ("Tags", "AssociationId")


def find_association(call: Call, association_id: str) -> Dict[str, Any]:
    return call.find(ASSOCIATION, association_id, UNKNOWN, 400)


@operation("ssm", "CreateAssociation")
def create_association(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    association_id = str(uuid.uuid4())
    association = {
        "DocumentVersion": "$DEFAULT",
        **{field: value for field, value in params.items() if field not in NOT_DESCRIBED},
        "AssociationId": association_id,
        "AssociationVersion": "1",
        "Overview": {"Status": "Success"},
        "Date": now(),
        "LastUpdateAssociationDate": now(),
    }
    call.table(ASSOCIATION)[association_id] = association
    tags_of(call, "Association", association_id).update(tags_from_list(params.get("Tags")))
    return {"AssociationDescription": association}


@operation("ssm", "DescribeAssociation")
def describe_association(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    return {"AssociationDescription": find_association(call, params["AssociationId"])}


@operation("ssm", "UpdateAssociation")
def update_association(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    association = find_association(call, params["AssociationId"])
    association.update({field: value for field, value in params.items() if field not in NOT_DESCRIBED})
    association["AssociationVersion"] = str(int(association["AssociationVersion"]) + 1)
    association["LastUpdateAssociationDate"] = now()
    return {"AssociationDescription": association}


@operation("ssm", "DeleteAssociation")
def delete_association(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    find_association(call, params["AssociationId"])
    call.table(ASSOCIATION).pop(params["AssociationId"])
    return {}
