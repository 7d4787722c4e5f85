"""Subnet groups: a change must not lose them."""

from __future__ import annotations

from typing import Any, Dict

from andamio_emulator.errors import AwsError
from andamio_emulator.extension import Call, after, before

BEING_MODIFIED = "subnet group that is being modified"


@before("rds", "ModifyDBSubnetGroup")
def hold(call: Call, params: Dict[str, Any]) -> None:
    name = params["DBSubnetGroupName"]
    group = call.backend().subnet_groups.get(name)
    if group is None:
        raise AwsError("DBSubnetGroupNotFoundFault", f"Subnet group {name} does not exist", 404)
    call.table(BEING_MODIFIED)[name] = group


@after("rds", "ModifyDBSubnetGroup")
def keep(call: Call, _answer: Dict[str, Any], params: Dict[str, Any]) -> None:
    """moto takes the group out of its list to change it, and does not put it back."""
    name = params["DBSubnetGroupName"]
    call.backend().subnet_groups[name] = call.table(BEING_MODIFIED).pop(name)
