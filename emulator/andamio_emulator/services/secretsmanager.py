"""Secrets Manager: the settings of a rotation."""

from __future__ import annotations

from typing import Any, Dict

from andamio_emulator.errors import AwsError
from andamio_emulator.extension import Call, after, operation

ROTATION = "rotation"


def _secret(call: Call, secret_id: str) -> Any:
    secret = call.backend().secrets.get(secret_id)
    if secret is None:
        raise AwsError("ResourceNotFoundException", "Secrets Manager can't find the specified secret.")
    return secret


@operation("secretsmanager", "RotateSecret")
def rotate_secret(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    """moto runs the rotation's Lambda function, in a container; here the settings are kept, and nothing rotates."""
    secret = _secret(call, params["SecretId"])
    rotation = call.table(ROTATION).setdefault(secret.arn, {})
    rotation["RotationEnabled"] = True
    for field in ("RotationLambdaARN", "RotationRules"):
        if field in params:
            rotation[field] = params[field]
    return {"ARN": secret.arn, "Name": secret.name}


@operation("secretsmanager", "CancelRotateSecret")
def cancel_rotation(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    """As on AWS the rules stay, for the day when rotation is switched on again."""
    secret = _secret(call, params["SecretId"])
    call.table(ROTATION).setdefault(secret.arn, {})["RotationEnabled"] = False
    return {"ARN": secret.arn, "Name": secret.name}


@after("secretsmanager", "DescribeSecret")
def show_rotation(call: Call, answer: Dict[str, Any], _params: Dict[str, Any]) -> None:
    answer.update(call.table(ROTATION).get(answer["ARN"], {}))
