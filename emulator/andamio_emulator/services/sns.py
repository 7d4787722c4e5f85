"""SNS: attributes of a topic that moto drops when it is made."""

from __future__ import annotations

from typing import Any, Dict

from andamio_emulator.extension import Call, after

ATTRIBUTES = "topic attributes"


@after("sns", "CreateTopic", "SetTopicAttributes")
def remember_attributes(call: Call, answer: Dict[str, Any], params: Dict[str, Any]) -> None:
    known = call.table(ATTRIBUTES).setdefault(answer.get("TopicArn") or params["TopicArn"], {})
    if call.operation == "CreateTopic":
        known.update(params.get("Attributes", {}))
    else:
        known[params["AttributeName"]] = params.get("AttributeValue", "")


@after("sns", "GetTopicAttributes")
def show_attributes(call: Call, answer: Dict[str, Any], params: Dict[str, Any]) -> None:
    """Delivery status logging and tracing, for example: every plan would set them again."""
    for name, value in call.table(ATTRIBUTES).get(params["TopicArn"], {}).items():
        answer["Attributes"].setdefault(name, value)


@after("sns", "DeleteTopic")
def forget_attributes(call: Call, _answer: Dict[str, Any], params: Dict[str, Any]) -> None:
    call.table(ATTRIBUTES).pop(params["TopicArn"], None)
