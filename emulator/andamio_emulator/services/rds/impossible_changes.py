"""Changes that AWS refuses and moto makes: less storage, an older or unannounced major version, a strange group."""

from __future__ import annotations

from typing import Any, Dict, Optional

from andamio_emulator.errors import AwsError
from andamio_emulator.extension import Call, before
from andamio_emulator.services.rds.catalogue import major_version, parameter_family
from andamio_emulator.services.rds.cluster_arguments import find_cluster
from andamio_emulator.services.rds.instances import find_database

REFUSED = "InvalidParameterCombination"


@before("rds", "ModifyDBInstance")
def refuse_change(call: Call, params: Dict[str, Any]) -> None:
    database = find_database(call, params["DBInstanceIdentifier"])
    wanted = params.get("AllocatedStorage")
    if wanted is not None and wanted < database.allocated_storage:
        raise AwsError(
            REFUSED,
            f"Requested storage size ({wanted}) cannot be less than the current storage size "
            f"({database.allocated_storage}).",
        )
    _refuse_version(database, params)
    version = params.get("EngineVersion", database.engine_version)
    _refuse_group(_instance_family(call, params), parameter_family(database.engine, version))


@before("rds", "ModifyDBCluster")
def refuse_cluster_change(call: Call, params: Dict[str, Any]) -> None:
    cluster = find_cluster(call, params["DBClusterIdentifier"])
    _refuse_version(cluster, params)
    version = params.get("EngineVersion", cluster.engine_version)
    _refuse_group(_cluster_family(call, params), parameter_family(cluster.engine, version))


@before("rds", "CreateDBInstance")
def refuse_strange_group(call: Call, params: Dict[str, Any]) -> None:
    if "EngineVersion" in params:
        family = parameter_family(params["Engine"], params["EngineVersion"])
        _refuse_group(_instance_family(call, params), family)


@before("rds", "CreateDBCluster")
def refuse_strange_cluster_group(call: Call, params: Dict[str, Any]) -> None:
    if "EngineVersion" in params:
        family = parameter_family(params["Engine"], params["EngineVersion"])
        _refuse_group(_cluster_family(call, params), family)


def _refuse_version(current: Any, params: Dict[str, Any]) -> None:
    wanted = params.get("EngineVersion")
    if wanted is None:
        return
    engine, version = current.engine, current.engine_version
    old, new = major_version(engine, version), major_version(engine, wanted)
    # A major version alone stands for any of its own.
    if old == new or old == wanted:
        return
    if _numbers(new) < _numbers(old):
        raise AwsError(REFUSED, f"Cannot upgrade {engine} from {version} to {wanted}.")
    if not params.get("AllowMajorVersionUpgrade"):
        raise AwsError(
            REFUSED, "The AllowMajorVersionUpgrade flag must be present when upgrading to a new major version."
        )


def _numbers(version: str) -> list[int]:
    return [int(part) for part in version.split(".") if part.isdigit()]


def _instance_family(call: Call, params: Dict[str, Any]) -> Optional[str]:
    group = call.backend().db_parameter_groups.get(params.get("DBParameterGroupName", ""))
    return group.family if group else None


def _cluster_family(call: Call, params: Dict[str, Any]) -> Optional[str]:
    group = call.backend().db_cluster_parameter_groups.get(params.get("DBClusterParameterGroupName", ""))
    return group.db_parameter_group_family if group else None


def _refuse_group(family: Optional[str], needed: str) -> None:
    if family not in (None, needed):
        raise AwsError(
            REFUSED,
            f"A parameter group with DBParameterGroupFamily {family} can't be used here. Please use a parameter group "
            f"with DBParameterGroupFamily {needed}.",
        )
