"""Listeners: client certificates, and the further certificates of a listener that is changed."""

from __future__ import annotations

from typing import Any, Dict

from andamio_emulator.extension import Call, after, before


@before("elbv2", "ModifyListener")
def set_certificates_aside(call: Call, params: Dict[str, Any]) -> None:
    """moto takes all certificates from a listener when anything of it changes (given back below)."""
    for listener in call.backend().describe_listeners(None, [params["ListenerArn"]]):
        call.table("further certificates")[params["ListenerArn"]] = [
            certificate for certificate in listener.certificates if certificate != listener.certificate
        ]


@after("elbv2", "ModifyListener")
def give_certificates_back(call: Call, _answer: Dict[str, Any], params: Dict[str, Any]) -> None:
    further = call.table("further certificates").pop(params["ListenerArn"], [])
    for listener in call.backend().describe_listeners(None, [params["ListenerArn"]]):
        listener.certificates += [each for each in further if each not in listener.certificates]


@after("elbv2", "CreateListener", "ModifyListener")
def remember_mutual_authentication(call: Call, answer: Dict[str, Any], params: Dict[str, Any]) -> None:
    if "MutualAuthentication" in params:
        arn = answer["Listeners"][0]["ListenerArn"]
        call.table("mutual authentication")[arn] = params["MutualAuthentication"]


@after("elbv2", "CreateListener", "ModifyListener", "DescribeListeners")
def show_mutual_authentication(call: Call, answer: Dict[str, Any], _params: Dict[str, Any]) -> None:
    """moto drops it: every plan would set it again."""
    for listener in answer.get("Listeners", ()):
        wanted = call.table("mutual authentication").get(listener["ListenerArn"])
        if wanted:
            listener["MutualAuthentication"] = wanted
