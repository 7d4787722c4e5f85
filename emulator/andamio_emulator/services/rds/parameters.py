"""Parameter groups: which parameters somebody set."""

from __future__ import annotations

from typing import Any, Dict

from andamio_emulator.extension import Call, after


@after("rds", "DescribeDBParameters", "DescribeDBClusterParameters")
def set_by_user(_call: Call, answer: Dict[str, Any], _params: Dict[str, Any]) -> None:
    """moto lists what was set, without saying that it was: the provider asks for ``Source=user`` and sees nothing."""
    for parameter in answer.get("Parameters", ()):
        parameter["Source"] = "user"
        parameter["ParameterName"] = parameter["ParameterName"].lower()
