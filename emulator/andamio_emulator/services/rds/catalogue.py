"""What AWS sells: engine versions, orderable instances and reservations.

The emulator knows no prices and no stock. What is asked for by name is there; where a question leaves the choice open,
it chooses from a small table.
"""

from __future__ import annotations

import uuid
from typing import Any, Dict, List

from andamio_emulator.errors import AwsError
from andamio_emulator.extension import Call, now, operation
from andamio_emulator.services.rds.tagging import keep_tags

# For each engine one version of each major one. The numbers are real; nothing depends on their being the newest.
VERSIONS = {
    "aurora-mysql": ["5.7.mysql_aurora.2.12.5", "8.0.mysql_aurora.3.08.0"],
    "aurora-postgresql": ["13.20", "14.17", "15.12", "16.8", "17.4"],
    "db2-ae": ["11.5.9.0.sb00043565.r1"],
    "db2-se": ["11.5.9.0.sb00043565.r1"],
    "mariadb": ["10.5.28", "10.6.21", "10.11.11", "11.4.5"],
    "mysql": ["8.0.41", "8.4.4"],
    "oracle-ee": ["19.0.0.0.ru-2025-01.rur-2025-01.r1"],
    "oracle-se2": ["19.0.0.0.ru-2025-01.rur-2025-01.r1"],
    "postgres": ["13.20", "14.17", "15.12", "16.8", "17.4"],
    "sqlserver-ee": ["15.00.4430.1.v1", "16.00.4185.3.v1"],
    "sqlserver-ex": ["15.00.4430.1.v1", "16.00.4185.3.v1"],
    "sqlserver-se": ["15.00.4430.1.v1", "16.00.4185.3.v1"],
    "sqlserver-web": ["15.00.4430.1.v1", "16.00.4185.3.v1"],
}
# Engines whose major version is one number, and those that stand apart from it in the name of a parameter family.
ONE_NUMBER = ("aurora-postgresql", "oracle", "postgres")
APART = ("db2", "oracle", "sqlserver")
CLASSES = ["db.t4g.medium", "db.t3.medium", "db.m7g.large", "db.m6i.large", "db.r7g.large", "db.r6i.large"]
# The smallest size in GiB, and the least and most IOPS where they can be chosen.
STORAGE_TYPES = {
    "gp2": (20, None),
    "gp3": (20, (3000, 64000)),
    "io1": (100, (1000, 64000)),
    "io2": (100, (1000, 64000)),
}
OFFERING = "reservation offering"
RESERVATION = "reservation"


@operation("rds", "DescribeDBEngineVersions")
def describe_engine_versions(_call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    """moto has no versions to list."""
    asked, family = params.get("EngineVersion"), params.get("DBParameterGroupFamily")
    found = [
        _engine_version(engine, version)
        for engine in ([params["Engine"]] if "Engine" in params else sorted(VERSIONS))
        for version in _versions(engine, asked)
    ]
    return {"DBEngineVersions": [each for each in found if family in (None, each["DBParameterGroupFamily"])]}


def _versions(engine: str, asked: str | None) -> List[str]:
    known = VERSIONS.get(engine, [])
    if asked is None:
        return known
    return [version for version in known if version.startswith(asked + ".")] or [asked]


def major_version(engine: str, version: str) -> str:
    """The part of a version whose change is a major upgrade: ``16`` of 16.4, ``8.0`` of 8.0.39."""
    return ".".join(version.split(".")[: 1 if engine.startswith(ONE_NUMBER) else 2])


def parameter_family(engine: str, version: str) -> str:
    """The family that a parameter group for this version is of: ``postgres16``, ``oracle-se2-19``."""
    major = major_version(engine, version)
    major = major.replace(".00", ".0") if engine.startswith("sqlserver") else major
    return f"{engine}{'-' if engine.startswith(APART) else ''}{major}"


def _engine_version(engine: str, version: str) -> Dict[str, Any]:
    return {
        "Engine": engine,
        "EngineVersion": version,
        "MajorEngineVersion": major_version(engine, version),
        "DBParameterGroupFamily": parameter_family(engine, version),
        "DBEngineDescription": engine,
        "DBEngineVersionDescription": f"{engine} {version}",
        "Status": "available",
        "SupportsReadReplica": not engine.startswith("aurora"),
        "SupportedEngineModes": ["provisioned"],
        "ValidUpgradeTarget": [],
    }


@operation("rds", "DescribeOrderableDBInstanceOptions")
def describe_orderable_instances(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    """moto has some for Aurora PostgreSQL, and none for other engines."""
    engine = params["Engine"]
    classes = [params["DBInstanceClass"]] if "DBInstanceClass" in params else CLASSES
    storage_types = ["aurora", "aurora-iopt1"] if engine.startswith("aurora") else list(STORAGE_TYPES)
    options = [
        _orderable(call, {**params, "EngineVersion": version, "DBInstanceClass": instance_class}, storage_type)
        for version in _versions(engine, params.get("EngineVersion"))
        for instance_class in classes
        for storage_type in storage_types
    ]
    return {"OrderableDBInstanceOptions": options}


def _orderable(call: Call, wanted: Dict[str, Any], storage_type: str) -> Dict[str, Any]:
    smallest, iops = STORAGE_TYPES.get(storage_type, (1, None))
    return {
        "Engine": wanted["Engine"],
        "EngineVersion": wanted["EngineVersion"],
        "DBInstanceClass": wanted["DBInstanceClass"],
        "LicenseModel": wanted.get("LicenseModel", "general-public-license"),
        "AvailabilityZones": [{"Name": f"{call.region}{letter}"} for letter in "abc"],
        "MultiAZCapable": True,
        "ReadReplicaCapable": True,
        "Vpc": True,
        "SupportsStorageEncryption": True,
        "SupportsIAMDatabaseAuthentication": True,
        "SupportsEnhancedMonitoring": True,
        "SupportsPerformanceInsights": True,
        "SupportsStorageAutoscaling": True,
        "SupportsIops": iops is not None,
        "SupportsClusters": wanted["Engine"].startswith("aurora"),
        "SupportsGlobalDatabases": wanted["Engine"].startswith("aurora"),
        "SupportedEngineModes": ["provisioned"],
        "SupportedNetworkTypes": ["IPV4", "DUAL"],
        "StorageType": storage_type,
        "MinStorageSize": smallest,
        "MaxStorageSize": 65536,
        **({"MinIopsPerDbInstance": iops[0], "MaxIopsPerDbInstance": iops[1]} if iops else {}),
    }


@operation("rds", "DescribeReservedDBInstancesOfferings")
def describe_offerings(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    """moto has no reservations. What is asked for is on offer, and costs nothing."""
    offerings = call.table(OFFERING)
    if "ReservedDBInstancesOfferingId" in params:
        return {"ReservedDBInstancesOfferings": [_offering(call, params["ReservedDBInstancesOfferingId"])]}
    years = {"1": 31536000, "3": 94608000}.get(str(params.get("Duration", 1)), params.get("Duration"))
    wanted = {
        "DBInstanceClass": params.get("DBInstanceClass", CLASSES[0]),
        "Duration": int(years),
        "MultiAZ": params.get("MultiAZ", False),
        "OfferingType": params.get("OfferingType", "No Upfront"),
        "ProductDescription": params.get("ProductDescription", "postgresql"),
    }
    known = next((each for each in offerings.values() if wanted.items() <= each.items()), None)
    if known is None:
        known = {
            **wanted,
            "ReservedDBInstancesOfferingId": str(uuid.uuid4()),
            "CurrencyCode": "USD",
            "FixedPrice": 0.0,
            "UsagePrice": 0.0,
            "RecurringCharges": [{"RecurringChargeAmount": 0.0, "RecurringChargeFrequency": "Hourly"}],
        }
        offerings[known["ReservedDBInstancesOfferingId"]] = known
    return {"ReservedDBInstancesOfferings": [known]}


def _offering(call: Call, offering_id: str) -> Dict[str, Any]:
    return call.find(OFFERING, offering_id, "ReservedDBInstancesOfferingNotFound")


@operation("rds", "PurchaseReservedDBInstancesOffering")
def purchase_reservation(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    name = params.get("ReservedDBInstanceId") or f"ri-{uuid.uuid4()}"
    if name in call.table(RESERVATION):
        raise AwsError("ReservedDBInstanceAlreadyExists", f"Reservation {name} already exists.", 404)
    offering = _offering(call, params["ReservedDBInstancesOfferingId"])
    reservation = {
        **offering,
        "ReservedDBInstanceId": name,
        "ReservedDBInstanceArn": call.arn(f"ri:{name}"),
        "DBInstanceCount": params.get("DBInstanceCount", 1),
        "LeaseId": str(uuid.uuid4()),
        "StartTime": now(),
        "State": "active",
    }
    call.table(RESERVATION)[name] = reservation
    keep_tags(call, reservation["ReservedDBInstanceArn"], params)
    return {"ReservedDBInstance": reservation}


@operation("rds", "DescribeReservedDBInstances")
def describe_reservations(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    name = params.get("ReservedDBInstanceId")
    if name:
        return {"ReservedDBInstances": [call.find(RESERVATION, name, "ReservedDBInstanceNotFound")]}
    return {"ReservedDBInstances": list(call.table(RESERVATION).values())}
