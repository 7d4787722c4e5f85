"""Configurations of a bucket that moto loses fields of, or takes for something else.

A request to delete a metrics configuration, for example, looks to moto like a request to delete the bucket.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Dict, Tuple

from andamio_emulator.errors import AwsError
from andamio_emulator.extension import Call, after, operation

SMALLEST_OBJECT = "TransitionDefaultMinimumObjectSize"


@dataclass(frozen=True)
class Configuration:
    """One kind of configuration: the part of the request that holds it, and the error when there is none."""

    name: str
    payload: str
    missing: str
    several: bool = False


LIFECYCLE = Configuration("Lifecycle", "LifecycleConfiguration", "NoSuchLifecycleConfiguration")
REPLICATION = Configuration("Replication", "ReplicationConfiguration", "ReplicationConfigurationNotFoundError")
NAMED = [
    Configuration("Metrics", "MetricsConfiguration", "NoSuchConfiguration", several=True),
    Configuration("Analytics", "AnalyticsConfiguration", "NoSuchConfiguration", several=True),
    Configuration("IntelligentTiering", "IntelligentTieringConfiguration", "NoSuchConfiguration", several=True),
]


def _key(kind: Configuration, params: Dict[str, Any]) -> Tuple[str, str]:
    return params["Bucket"], params["Id"] if kind.several else ""


def _need_bucket(call: Call, params: Dict[str, Any]) -> None:
    if params["Bucket"] not in call.backend().buckets:
        raise AwsError("NoSuchBucket", "The specified bucket does not exist", 404)


def _put(call: Call, kind: Configuration, params: Dict[str, Any]) -> Dict[str, Any]:
    _need_bucket(call, params)
    call.global_table(kind.name)[_key(kind, params)] = params[kind.payload]
    return {}


def _get(call: Call, kind: Configuration, params: Dict[str, Any]) -> Any:
    _need_bucket(call, params)
    found = call.global_table(kind.name).get(_key(kind, params))
    if found is None:
        raise AwsError(kind.missing, f"The {kind.name} configuration was not found", 404)
    return found


def _delete(call: Call, kind: Configuration, params: Dict[str, Any]) -> Dict[str, Any]:
    _need_bucket(call, params)
    call.global_table(kind.name).pop(_key(kind, params), None)
    return {}


def _register(kind: Configuration) -> None:
    """Put, get, list and delete of a kind of which a bucket has several, by name."""
    suffix = f"Bucket{kind.payload}"
    operation("s3", f"Put{suffix}")(lambda call, params: _put(call, kind, params))
    operation("s3", f"Get{suffix}")(lambda call, params: {kind.payload: _get(call, kind, params)})
    operation("s3", f"Delete{suffix}")(lambda call, params: _delete(call, kind, params))

    def list_all(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
        _need_bucket(call, params)
        configurations = call.global_table(kind.name)
        found = [each for (bucket, _), each in configurations.items() if bucket == params["Bucket"]]
        return {f"{kind.payload}List": found, "IsTruncated": False}

    operation("s3", f"List{suffix}s")(list_all)


for each_kind in NAMED:
    _register(each_kind)


@operation("s3", "PutBucketLifecycleConfiguration")
def put_lifecycle(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    """moto drops parts of the rules and the smallest size: the provider waits for them until it gives up."""
    _put(call, LIFECYCLE, params)
    smallest = params.get(SMALLEST_OBJECT, "all_storage_classes_128K")
    call.global_table(SMALLEST_OBJECT)[params["Bucket"]] = smallest
    return {SMALLEST_OBJECT: smallest}


@operation("s3", "GetBucketLifecycleConfiguration")
def get_lifecycle(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    rules = _get(call, LIFECYCLE, params)
    return {**rules, SMALLEST_OBJECT: call.global_table(SMALLEST_OBJECT)[params["Bucket"]]}


@operation("s3", "DeleteBucketLifecycle")
def delete_lifecycle(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    return _delete(call, LIFECYCLE, params)


@operation("s3", "PutBucketReplication")
def put_replication(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    """moto loses the filter and the metrics of a rule."""
    return _put(call, REPLICATION, params)


@operation("s3", "GetBucketReplication")
def get_replication(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    return {REPLICATION.payload: _get(call, REPLICATION, params)}


@operation("s3", "DeleteBucketReplication")
def delete_replication(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    return _delete(call, REPLICATION, params)


@operation("s3", "PutBucketRequestPayment")
def put_request_payment(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    """moto takes the request for one that makes the bucket."""
    _need_bucket(call, params)
    call.global_table("payer")[params["Bucket"]] = params["RequestPaymentConfiguration"]["Payer"]
    return {}


@operation("s3", "GetBucketRequestPayment")
def get_request_payment(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    _need_bucket(call, params)
    return {"Payer": call.global_table("payer").get(params["Bucket"], "BucketOwner")}


@after("s3", "DeleteBucket")
def forget_bucket(call: Call, _answer: Dict[str, Any], params: Dict[str, Any]) -> None:
    """A new bucket of the same name starts without the configurations of the old one."""
    for kind in [LIFECYCLE, REPLICATION, *NAMED]:
        configurations = call.global_table(kind.name)
        for key in [key for key in configurations if key[0] == params["Bucket"]]:
            configurations.pop(key)
    call.global_table("payer").pop(params["Bucket"], None)
