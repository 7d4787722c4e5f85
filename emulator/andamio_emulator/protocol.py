"""From HTTP to an AWS operation and back, by the service models that botocore ships.

Nothing here knows a service: the models say how a request names its operation, where its parameters are, and how an
answer is written, for every protocol of AWS.
"""

from __future__ import annotations

import functools
import io
import re
from dataclasses import dataclass
from typing import Any, Dict, List, Mapping, Optional, Pattern, Tuple
from urllib.parse import parse_qsl, urlencode

from botocore import parsers as botocore_parsers
from botocore.awsrequest import HeadersDict
from botocore.serialize import create_serializer
from moto.core.exceptions import ServiceException
from moto.core.request import determine_request_protocol
from moto.core.responses import ActionResult, BaseResponse
from moto.core.utils import get_service_model
from werkzeug.wrappers import Request

from andamio_emulator import wsgi

# Signing names that are not the service's name in botocore.
SERVICE_BY_SIGNING_NAME = {
    "elasticloadbalancing": "elbv2",
    "monitoring": "cloudwatch",
    "states": "stepfunctions",
    "elasticfilesystem": "efs",
}
CLASSIC_LOAD_BALANCER_VERSION = "2012-06-01"
RPC_PATH = re.compile(r"^/service/[^/]+/operation/(?P<operation>\w+)$")


@dataclass(frozen=True)
class Target:
    """The operation that a request asks for. ``path_match`` holds its parameters in the path (REST services only)."""

    service: str
    operation: str
    path_match: Optional["re.Match[str]"] = None


@dataclass(frozen=True)
class _Route:
    """One operation of a REST service: method, path, and the query parameters that tell it from its neighbours."""

    operation: str
    method: str
    path: Pattern[str]
    query_keys: Tuple[str, ...]
    literal_length: int


def service_of(scope: wsgi.Scope, environ: wsgi.Environ) -> str:
    """The botocore name of the service that a request is for."""
    path = environ["PATH_INFO"]
    if scope.service == "s3" and path.startswith("/v20180820/"):
        return "s3control"
    if scope.service == "apigateway" and path.startswith("/v2/"):
        return "apigatewayv2"
    return SERVICE_BY_SIGNING_NAME.get(scope.service, scope.service)


def find_target(service: str, environ: wsgi.Environ, body: bytes) -> Optional[Target]:
    """Which operation a request asks for; None when the model of the service has no such operation."""
    header = environ.get("HTTP_X_AMZ_TARGET")
    if header:
        return Target(service, header.rpartition(".")[2])
    rpc = RPC_PATH.match(environ["PATH_INFO"])
    if rpc:
        return Target(service, rpc.group("operation"))
    if _sends_forms(service):
        form = dict(parse_qsl(body.decode("utf-8", "replace")))
        if service == "elbv2" and form.get("Version") == CLASSIC_LOAD_BALANCER_VERSION:
            service = "elb"
        return Target(service, form["Action"]) if "Action" in form else None
    return _find_rest_target(service, environ)


def _sends_forms(service: str) -> bool:
    return get_service_model(service).protocol in ("ec2", "query") or service == "cloudwatch"


def _find_rest_target(service: str, environ: wsgi.Environ) -> Optional[Target]:
    path = _raw_path(environ)
    query_keys = {pair.split("=")[0] for pair in environ.get("QUERY_STRING", "").split("&")}
    for route in _rest_routes(service):
        if route.method != environ["REQUEST_METHOD"] or not query_keys.issuperset(route.query_keys):
            continue
        match = route.path.match(path)
        if match:
            return Target(service, route.operation, match)
    return None


def _raw_path(environ: wsgi.Environ) -> str:
    """The path as it was sent: an ARN inside it keeps its escaped slashes."""
    raw = re.sub(r"^https?://[^/]+", "", environ.get("RAW_URI") or "").partition("?")[0]
    return raw or environ["PATH_INFO"]


@functools.lru_cache(maxsize=None)
def _rest_routes(service: str) -> List[_Route]:
    """The routes of a REST service, the most specific ones first."""
    model = get_service_model(service)
    routes = []
    for name in model.operation_names:
        operation = model.operation_model(name)
        if operation.deprecated:
            continue  # S3's first lifecycle operations have the method and path of their successors
        http = operation.http
        path, _, query = http["requestUri"].partition("?")
        query_keys = [pair.split("=")[0] for pair in query.split("&") if pair]
        query_keys += _required_query_keys(operation)
        literal = re.sub(r"\{[^}]*\}", "", path)
        routes.append(_Route(name, http["method"], _path_pattern(path), tuple(query_keys), len(literal)))
    return sorted(routes, key=lambda route: (len(route.query_keys), route.literal_length), reverse=True)


def _required_query_keys(operation: Any) -> List[str]:
    """Parameters that tell getting one thing (by its ``id``) from listing all, where method and path are the same."""
    shape = operation.input_shape
    if shape is None:
        return []
    required = [shape.members[name].serialization for name in shape.required_members]
    return [member["name"] for member in required if member.get("location") == "querystring"]


def _path_pattern(path: str) -> Pattern[str]:
    escaped = re.escape(path.rstrip("/"))
    escaped = re.sub(r"\\\{(\w+)\\\+\\\}", r"(?P<\1>.+)", escaped)
    escaped = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^/]+)", escaped)
    return re.compile(f"^{escaped}/?$")


class Exchange(BaseResponse):
    """One request and its answer, read and written by moto's own parsers and serialisers."""

    def __init__(self, target: Target, environ: wsgi.Environ, body: bytes) -> None:
        super().__init__(service_name=target.service)
        self.target = target
        request = self._request(environ, body)
        self.setup_class(request, request.url, dict(request.headers))
        self.uri_match = target.path_match
        self.parse_parameters(self._request(environ, body))
        self.params = without_none(self.params)

    @staticmethod
    def _request(environ: wsgi.Environ, body: bytes) -> Request:
        return Request({**environ, "wsgi.input": io.BytesIO(body)})

    def _get_action(self) -> str:
        return self.target.operation

    def rewrite_request(self, environ: wsgi.Environ, params: Dict[str, Any]) -> None:
        """Put changed parameters into the request's body (those in a path or a query string stay as they were)."""
        service_model = get_service_model(self.target.service)
        protocol = determine_request_protocol(service_model, environ.get("CONTENT_TYPE"))
        model = service_model.operation_model(self.target.operation)
        body = create_serializer(protocol, include_validation=False).serialize_to_request(params, model)["body"]
        if isinstance(body, dict):
            body = urlencode(body)
        if isinstance(body, str):
            body = body.encode("utf-8")
        environ["wsgi.input"] = io.BytesIO(body)
        environ["CONTENT_LENGTH"] = str(len(body))

    def parse_answer(self, answer: wsgi.Answer) -> Dict[str, Any]:
        """moto's answer as the dictionary that a client would see."""
        service_model = get_service_model(self.target.service)
        shape = service_model.operation_model(self.target.operation).output_shape
        if shape is None:
            return {}
        parser = botocore_parsers.create_parser(self.determine_response_protocol(service_model))
        raw = {"status_code": answer.status, "headers": HeadersDict(dict(answer.headers)), "body": answer.body}
        parsed = parser.parse(raw, shape)
        parsed.pop("ResponseMetadata", None)
        return parsed

    def write_answer(self, result: Any) -> wsgi.Answer:
        """An HTTP answer from a dictionary, or from an error."""
        status, headers, body = self.serialized(ActionResult(result))
        if isinstance(result, ServiceException):
            status = getattr(result, "status", status)
        kept = [(name, str(value)) for name, value in headers.items() if name.lower() != "content-length"]
        return wsgi.Answer(status, kept, body.encode("utf-8") if isinstance(body, str) else body or b"")


def without_none(value: Any) -> Any:
    """Plain dictionaries and lists: moto's parsers give their own types, and None for what was not sent."""
    if isinstance(value, Mapping):
        return {key: without_none(item) for key, item in value.items() if item is not None}
    if isinstance(value, (list, tuple)):
        return [without_none(item) for item in value]
    return value
