"""Snapshots: where a copy comes from."""

from __future__ import annotations

from typing import Any, Dict

from andamio_emulator.extension import Call, after


@after("rds", "CopyDBSnapshot")
def keep_source(call: Call, answer: Dict[str, Any], params: Dict[str, Any]) -> None:
    """moto forgets the source of a copy, and its absence would replace the copy."""
    snapshot = call.backend().database_snapshots[answer["DBSnapshot"]["DBSnapshotIdentifier"]]
    source = params["SourceDBSnapshotIdentifier"]
    snapshot.source_db_snapshot_identifier = source
    snapshot.source_region = source.split(":")[3] if source.startswith("arn:") else call.region
