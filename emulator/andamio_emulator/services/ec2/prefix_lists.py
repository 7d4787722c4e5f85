"""Managed prefix lists: moto changes their entries, and loses or keeps everything else."""

from __future__ import annotations

from typing import Any, Dict

from andamio_emulator.extension import Call, after, before


@before("ec2", "ModifyManagedPrefixList")
def keep_name(call: Call, params: Dict[str, Any]) -> None:
    """A change of entries leaves the name as it is; moto takes the name away when it is not said again."""
    prefix_list = call.backend().managed_prefix_lists.get(params["PrefixListId"])
    if prefix_list is not None:
        params.setdefault("PrefixListName", prefix_list.prefix_list_name)


@after("ec2", "ModifyManagedPrefixList")
def resize(call: Call, answer: Dict[str, Any], params: Dict[str, Any]) -> None:
    """moto keeps the size that the list was made with."""
    if "MaxEntries" in params:
        call.backend().managed_prefix_lists[params["PrefixListId"]].max_entries = params["MaxEntries"]
        answer["PrefixList"]["MaxEntries"] = params["MaxEntries"]
