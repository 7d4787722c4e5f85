"""KMS: the period in which a key rotates, and replicas of a key in other regions."""

from __future__ import annotations

import copy
from typing import Any, Dict

from moto.kms.models import kms_backends

from andamio_emulator.extension import Call, after

DEFAULT_PERIOD_DAYS = 365


@after("kms", "EnableKeyRotation")
def remember_period(call: Call, _answer: Dict[str, Any], params: Dict[str, Any]) -> None:
    call.table("rotation period")[_key_id(params)] = params.get("RotationPeriodInDays", DEFAULT_PERIOD_DAYS)


@after("kms", "GetKeyRotationStatus")
def show_period(call: Call, answer: Dict[str, Any], params: Dict[str, Any]) -> None:
    """moto answers whether a key rotates, not how often: every plan would set ``rotation_period_in_days`` again."""
    if answer.get("KeyRotationEnabled"):
        periods = call.table("rotation period")
        answer["RotationPeriodInDays"] = periods.get(_key_id(params), DEFAULT_PERIOD_DAYS)


def _key_id(params: Dict[str, Any]) -> str:
    return params["KeyId"].rpartition("/")[2]


@after("kms", "ReplicateKey")
def separate_replica(call: Call, _answer: Dict[str, Any], params: Dict[str, Any]) -> None:
    """In moto primary and replica share one description: once the replica is read, the primary is a replica, too."""
    regions, key_id = kms_backends[call.account], _key_id(params)
    replica = regions[params["ReplicaRegion"]].keys[key_id]
    replica.multi_region_configuration = copy.deepcopy(replica.multi_region_configuration)
    replica.multi_region_configuration["MultiRegionKeyType"] = "REPLICA"
    replica.description = params.get("Description", "")
    regions[call.region].keys[key_id].multi_region_configuration["MultiRegionKeyType"] = "PRIMARY"
