"""Tags: services differ in how they write them; patches keep them as a plain dictionary."""

from __future__ import annotations

from typing import Any, Dict, Iterable, List, Optional

Tags = Dict[str, str]


def tags_from_list(pairs: Optional[Iterable[Dict[str, Any]]]) -> Tags:
    """``[{"Key": "a", "Value": "b"}]`` as ``{"a": "b"}``."""
    return {pair["Key"]: pair.get("Value", "") for pair in pairs or ()}


def tags_to_list(tags: Optional[Tags]) -> List[Dict[str, str]]:
    return [{"Key": key, "Value": value} for key, value in (tags or {}).items()]


def tags_of_specification(params: Dict[str, Any], resource_type: str) -> Tags:
    """The tags for one type of resource in the ``TagSpecifications`` of an EC2 request."""
    tags: Tags = {}
    for name in ("TagSpecifications", "TagSpecification"):
        for specification in params.get(name, ()):
            if specification.get("ResourceType") == resource_type:
                tags.update(tags_from_list(specification.get("Tags")))
    return tags
