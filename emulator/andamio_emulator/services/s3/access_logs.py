"""Access logs of a bucket: how the keys of log objects are made."""

from __future__ import annotations

from typing import Any, Dict

from andamio_emulator.extension import Call, after

KEY_FORMAT = "TargetObjectKeyFormat"


@after("s3", "PutBucketLogging")
def remember_key_format(call: Call, _answer: Dict[str, Any], params: Dict[str, Any]) -> None:
    wanted = params["BucketLoggingStatus"].get("LoggingEnabled", {}).get(KEY_FORMAT)
    call.global_table(KEY_FORMAT)[params["Bucket"]] = wanted


@after("s3", "GetBucketLogging")
def show_key_format(call: Call, answer: Dict[str, Any], params: Dict[str, Any]) -> None:
    """moto drops it: every plan would set it again."""
    wanted = call.global_table(KEY_FORMAT).get(params["Bucket"])
    if wanted and "LoggingEnabled" in answer:
        answer["LoggingEnabled"][KEY_FORMAT] = wanted


@after("s3", "DeleteBucket")
def forget_key_format(call: Call, _answer: Dict[str, Any], params: Dict[str, Any]) -> None:
    call.global_table(KEY_FORMAT).pop(params["Bucket"], None)
