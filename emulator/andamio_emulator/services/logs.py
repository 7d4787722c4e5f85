"""CloudWatch Logs: saved queries, data protection policies, and metric filters that are changed."""

from __future__ import annotations

import uuid
from typing import Any, Dict

from andamio_emulator.errors import AwsError
from andamio_emulator.extension import Call, before, now, operation

QUERY = "query definition"
POLICY = "data protection policy"


@before("logs", "PutMetricFilter")
def replace_metric_filter(call: Call, params: Dict[str, Any]) -> None:
    """moto adds a second filter of the same name where AWS changes the first."""
    call.backend().delete_metric_filter(params["filterName"], params["logGroupName"])


@operation("logs", "PutQueryDefinition")
def put_query(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    """moto has no query definitions."""
    query_id = params.get("queryDefinitionId") or str(uuid.uuid4())
    fields = ("name", "queryString", "logGroupNames", "queryLanguage")
    query = {field: params[field] for field in fields if field in params}
    call.table(QUERY)[query_id] = {"logGroupNames": [], **query, "queryDefinitionId": query_id}
    return {"queryDefinitionId": query_id}


@operation("logs", "DescribeQueryDefinitions")
def describe_queries(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    prefix = params.get("queryDefinitionNamePrefix", "")
    return {"queryDefinitions": [each for each in call.table(QUERY).values() if each["name"].startswith(prefix)]}


@operation("logs", "DeleteQueryDefinition")
def delete_query(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    return {"success": call.table(QUERY).pop(params["queryDefinitionId"], None) is not None}


@operation("logs", "PutDataProtectionPolicy")
def put_policy(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    """moto has no data protection policies."""
    group = _group_name(call, params)
    call.table(POLICY)[group] = {
        "logGroupIdentifier": params["logGroupIdentifier"],
        "policyDocument": params["policyDocument"],
        "lastUpdatedTime": int(now().timestamp() * 1000),
    }
    return call.table(POLICY)[group]


@operation("logs", "GetDataProtectionPolicy")
def get_policy(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    return call.table(POLICY).get(_group_name(call, params), {"logGroupIdentifier": params["logGroupIdentifier"]})


@operation("logs", "DeleteDataProtectionPolicy")
def delete_policy(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    call.table(POLICY).pop(_group_name(call, params), None)
    return {}


def _group_name(call: Call, params: Dict[str, Any]) -> str:
    """The log group's name, which may also be given as an ARN."""
    name = params["logGroupIdentifier"].partition(":log-group:")[2].split(":")[0] or params["logGroupIdentifier"]
    if name not in call.backend().groups:
        raise AwsError("ResourceNotFoundException", "The specified log group does not exist.")
    return name
