"""Health checks: those of an alarm or of other checks, which moto describes as checks of an endpoint, and updates."""

from __future__ import annotations

from typing import Any, Dict

from andamio_emulator.extension import Call, after

CONFIG = "health check config"
# Types without an endpoint, and the fields that only checks of an endpoint have.
WITHOUT_ENDPOINT = ("CALCULATED", "CLOUDWATCH_METRIC", "RECOVERY_CONTROL")
ENDPOINT_FIELDS = (
    "IPAddress",
    "Port",
    "ResourcePath",
    "FullyQualifiedDomainName",
    "SearchString",
    "RequestInterval",
    "FailureThreshold",
)
# Lists that moto empties in every update that does not repeat them.
LOST_FIELDS = ("Regions", "ChildHealthChecks")
FORGOTTEN_FIELDS = ("AlarmIdentifier", "InsufficientDataHealthStatus", "RoutingControlArn")


@after("route53", "CreateHealthCheck", "UpdateHealthCheck", "GetHealthCheck")
def complete_config(call: Call, answer: Dict[str, Any], params: Dict[str, Any]) -> None:
    """Bring back the alarm that a check follows, and leave out the port 80 that moto gives to every check."""
    check = answer["HealthCheck"]
    wanted = call.global_table(CONFIG).setdefault(check["Id"], {})
    wanted.update(params.get("HealthCheckConfig", params))
    config = check["HealthCheckConfig"]
    config.update({field: wanted[field] for field in FORGOTTEN_FIELDS if field in wanted})
    for field in LOST_FIELDS:
        if wanted.get(field) and not config.get(field):
            config[field] = wanted[field]
    if config["Type"] in WITHOUT_ENDPOINT:
        for field in ENDPOINT_FIELDS:
            config.pop(field, None)
