"""Groups that cannot go while something uses them. moto deletes them, and then fails to describe their instances."""

from __future__ import annotations

from typing import Any, Dict, Iterable, List

from andamio_emulator.errors import AwsError
from andamio_emulator.extension import Call, before


def _refuse_while_used(code: str, group: str, users: Iterable[str]) -> None:
    named = sorted(users)
    if named:
        raise AwsError(code, f"{group} cannot be deleted: it is used by {', '.join(named)}.")


def _instances(call: Call, attribute: str, group: str) -> List[str]:
    databases = call.backend().databases.values()
    return [each.db_instance_identifier for each in databases if getattr(each, attribute, None) == group]


def _clusters(call: Call, attribute: str, group: str) -> List[str]:
    clusters = call.backend().clusters.values()
    return [each.db_cluster_identifier for each in clusters if getattr(each, attribute, None) == group]


@before("rds", "DeleteDBParameterGroup")
def keep_parameter_group(call: Call, params: Dict[str, Any]) -> None:
    group = params["DBParameterGroupName"]
    _refuse_while_used("InvalidDBParameterGroupState", group, _instances(call, "db_parameter_group_name", group))


@before("rds", "DeleteDBClusterParameterGroup")
def keep_cluster_parameter_group(call: Call, params: Dict[str, Any]) -> None:
    group = params["DBClusterParameterGroupName"]
    _refuse_while_used("InvalidDBParameterGroupState", group, _clusters(call, "parameter_group", group))


@before("rds", "DeleteDBSubnetGroup")
def keep_subnet_group(call: Call, params: Dict[str, Any]) -> None:
    group = params["DBSubnetGroupName"]
    users = _instances(call, "_db_subnet_group_name", group) + _clusters(call, "db_subnet_group_name", group)
    _refuse_while_used("InvalidDBSubnetGroupStateFault", group, users)


@before("rds", "DeleteOptionGroup")
def keep_option_group(call: Call, params: Dict[str, Any]) -> None:
    """A snapshot needs its option group, too: to be restored."""
    group = params["OptionGroupName"]
    snapshots = [
        each.db_snapshot_identifier
        for each in call.backend().database_snapshots.values()
        if getattr(each.database, "_option_group_name", None) == group
    ]
    users = _instances(call, "_option_group_name", group) + snapshots
    _refuse_while_used("InvalidOptionGroupStateFault", group, users)
