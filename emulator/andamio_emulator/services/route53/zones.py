"""Hosted zones: private ones, and the log of their queries."""

from __future__ import annotations

from typing import Any, Dict

from andamio_emulator.extension import Call, after, before

ALL_STREAMS = ":*"
LOG = "query log"


@before("route53", "CreateHostedZone")
def vpc_makes_private(_call: Call, params: Dict[str, Any]) -> None:
    """On AWS a zone with a VPC is private; moto wants to be told, and makes a public zone without the VPC otherwise."""
    if "VPC" in params:
        params.setdefault("HostedZoneConfig", {})["PrivateZone"] = True


@before("route53", "CreateQueryLoggingConfig")
def arn_for_moto(_call: Call, params: Dict[str, Any]) -> None:
    """moto accepts only the older form of a log group's ARN, which ends in ``:*``; the provider sends the newer one."""
    if not params["CloudWatchLogsLogGroupArn"].endswith(ALL_STREAMS):
        params["CloudWatchLogsLogGroupArn"] += ALL_STREAMS


@after("route53", "CreateQueryLoggingConfig", "GetQueryLoggingConfig")
def arn_as_given(call: Call, answer: Dict[str, Any], params: Dict[str, Any]) -> None:
    """What was sent comes back: the other form would replace the query log."""
    config = answer["QueryLoggingConfig"]
    arns = call.global_table(LOG)
    if call.operation == "CreateQueryLoggingConfig":
        arns[config["Id"]] = params["CloudWatchLogsLogGroupArn"]
    config["CloudWatchLogsLogGroupArn"] = arns.get(config["Id"], config["CloudWatchLogsLogGroupArn"])
