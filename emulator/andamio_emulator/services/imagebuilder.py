"""EC2 Image Builder: moto does not have the service. Nothing is built here: what makes up a pipeline is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Dict, Tuple
from urllib.parse import unquote

from andamio_emulator.errors import AwsError
from andamio_emulator.extension import Call, now, operation, whole_service

whole_service("imagebuilder")


@dataclass(frozen=True)
class Kind:
    """How the API names one kind of thing."""

    name: str
    arn_field: str
    # What GetX answers with.
    field: str
    path: str


KINDS = {
    kind.name: kind
    for kind in (
        Kind("Component", "componentBuildVersionArn", "component", "component/{name}/{version}/1"),
        Kind("ImageRecipe", "imageRecipeArn", "imageRecipe", "image-recipe/{name}/{version}"),
        Kind(
            "InfrastructureConfiguration",
            "infrastructureConfigurationArn",
            "infrastructureConfiguration",
            "infrastructure-configuration/{name}",
        ),
        Kind(
            "DistributionConfiguration",
            "distributionConfigurationArn",
            "distributionConfiguration",
            "distribution-configuration/{name}",
        ),
        Kind("ImagePipeline", "imagePipelineArn", "imagePipeline", "image-pipeline/{name}"),
    )
}
UPDATED = ("InfrastructureConfiguration", "DistributionConfiguration", "ImagePipeline")
THING = "thing"


def _each(verb: str, names: Tuple[str, ...] = tuple(KINDS)) -> Tuple[str, ...]:
    return tuple(f"{verb}{name}" for name in names)


def _kind(call: Call, verb: str) -> Kind:
    return KINDS[call.operation[len(verb) :]]


@operation("imagebuilder", *_each("Create"))
def create(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    kind = _kind(call, "Create")
    thing = {field: value for field, value in params.items() if field != "clientToken"}
    version = thing.pop("semanticVersion", "")
    name = thing["name"].lower().replace("_", "-").replace(" ", "-")
    arn = call.arn(kind.path.format(name=name, version=version))
    if arn in call.table(THING):
        raise AwsError("ResourceAlreadyExistsException", f"{arn} exists already", 400)
    thing.update(arn=arn, dateCreated=now().isoformat(), owner=call.account)
    thing.setdefault("tags", {})
    if version:
        thing.update(version=version)
    if kind.name == "Component":
        thing.update(encrypted=True, type="BUILD")
    call.table(THING)[arn] = thing
    return {kind.arn_field: arn}


@operation("imagebuilder", *_each("Get"))
def get(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    kind = _kind(call, "Get")
    return {kind.field: call.find(THING, unquote(params[kind.arn_field]))}


@operation("imagebuilder", *_each("Update", UPDATED))
def update(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    """What is left out is no longer so, but for the name and what AWS gave it."""
    kind = _kind(call, "Update")
    arn = unquote(params[kind.arn_field])
    before = call.find(THING, arn)
    kept = {field: before[field] for field in ("name", "arn", "dateCreated", "owner", "tags")}
    changed = {field: value for field, value in params.items() if field not in ("clientToken", kind.arn_field)}
    call.table(THING)[arn] = {**changed, **kept, "dateUpdated": now().isoformat()}
    return {kind.arn_field: arn}


@operation("imagebuilder", *_each("Delete"))
def delete(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    kind = _kind(call, "Delete")
    arn = unquote(params[kind.arn_field])
    call.find(THING, arn)
    for other in call.table(THING).values():
        if arn in _named_by(other):
            raise AwsError("ResourceDependencyException", f"{arn} is used by {other['arn']}", 400)
    call.table(THING).pop(arn)
    return {kind.arn_field: arn}


def _named_by(thing: Dict[str, Any]) -> Tuple[Any, ...]:
    components = (component["componentArn"] for component in thing.get("components", ()))
    fields = ("imageRecipeArn", "infrastructureConfigurationArn", "distributionConfigurationArn")
    return (*components, *(thing.get(field) for field in fields))


@operation("imagebuilder", "TagResource", "UntagResource", "ListTagsForResource")
def tag(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    tags = call.find(THING, unquote(params["resourceArn"]))["tags"]
    if call.operation == "TagResource":
        tags.update(params["tags"])
    elif call.operation == "UntagResource":
        for key in params["tagKeys"]:
            tags.pop(key, None)
    return {"tags": tags} if call.operation == "ListTagsForResource" else {}
