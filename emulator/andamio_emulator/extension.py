"""The framework for patches: what a patch of moto looks like, and the layer around moto that runs them.

A module in ``services/`` registers functions for operations of AWS, by their names in the API reference::

    @operation("ec2", "MonitorInstances")       # answers what moto cannot: (call, params) -> answer or PASS_ON
    @before("kms", "EnableKeyRotation")         # sees the input first:     (call, params) -> None
    @after("kms", "GetKeyRotationStatus")       # corrects moto's answer:   (call, answer, params) -> None

``params`` and ``answer`` are the dictionaries that boto3 users know. What a ``before`` changes in ``params`` is what
moto gets; an ``after`` is given them as the client sent them.
"""

from __future__ import annotations

import copy
import datetime
import importlib
import pkgutil
import uuid
from collections import defaultdict
from dataclasses import dataclass
from typing import Any, Callable, Dict, Iterable, List, Tuple

from moto.backends import get_backend
from moto.core.exceptions import ServiceException

from andamio_emulator import protocol, wsgi
from andamio_emulator.errors import AwsError
from andamio_emulator.state import GLOBAL, STORE

Handler = Callable[..., Any]
Key = Tuple[str, str]

# What an operation returns when this request is one that moto answers well.
PASS_ON = object()

_operations: Dict[Key, Handler] = {}
_befores: Dict[Key, List[Handler]] = defaultdict(list)
_afters: Dict[Key, List[Handler]] = defaultdict(list)
# Services that moto does not have at all: it would answer for S3 instead, so what is not patched must be refused.
_services_of_our_own: set = set()


def operation(service: str, *names: str) -> Callable[[Handler], Handler]:
    """Register the function that answers operations which moto lacks. There can be one only."""

    def register(handler: Handler) -> Handler:
        for name in names:
            if (service, name) in _operations:
                raise ValueError(f"{service} {name} is answered twice")
            _operations[(service, name)] = handler
        return handler

    return register


def before(service: str, *names: str) -> Callable[[Handler], Handler]:
    """Register a function that sees the input before moto does: it may change it, or raise an AwsError."""

    def register(handler: Handler) -> Handler:
        for name in names:
            _befores[(service, name)].append(handler)
        return handler

    return register


def after(service: str, *names: str) -> Callable[[Handler], Handler]:
    """Register a function that changes moto's answer, in place."""

    def register(handler: Handler) -> Handler:
        for name in names:
            _afters[(service, name)].append(handler)
        return handler

    return register


def whole_service(service: str) -> None:
    """Say that moto does not have this service: operations that are not patched are refused by name."""
    _services_of_our_own.add(service)


@dataclass(frozen=True)
class Call:
    """The request that a patch works on: which operation, in which account and region."""

    service: str
    operation: str
    account: str
    region: str

    def table(self, kind: str) -> Dict[Any, Any]:
        """What the extension remembers of one kind, in this account and region."""
        return STORE.table(self.account, self.region, self.service, kind)

    def global_table(self, kind: str) -> Dict[Any, Any]:
        """The same for a service, or a kind of thing, that has no region."""
        return STORE.table(self.account, GLOBAL, self.service, kind)

    def find(self, kind: str, key: Any, code: str = "ResourceNotFoundException", status: int = 404) -> Any:
        """One remembered thing, or the error that AWS gives when there is none."""
        found = self.table(kind).get(key)
        if found is None:
            raise AwsError(code, f"{kind} {key} does not exist", status)
        return found

    def arn(self, resource: str, service: str = "") -> str:
        return f"arn:aws:{service or self.service}:{self.region}:{self.account}:{resource}"

    def backend(self, service: str = "") -> Any:
        """moto's own objects for this account and region (``aws`` stands for the region of global services)."""
        regions = get_backend(service or self.service)[self.account]  # type: ignore[call-overload]
        return regions[self.region] if self.region in regions.regions else regions["aws"]


def now() -> datetime.datetime:
    return datetime.datetime.now(datetime.timezone.utc)


def new_id(prefix: str, length: int = 17) -> str:
    """An identifier as AWS makes them: ``vol-0123456789abcdef0``."""
    return f"{prefix}-{uuid.uuid4().hex[:length]}"


def load_services() -> int:
    """Import every module of ``services/`` (a new file is found by itself) and count the operations they touch."""
    from andamio_emulator import services

    for module in pkgutil.walk_packages(services.__path__, services.__name__ + "."):
        importlib.import_module(module.name)
    return len({*_operations, *_befores, *_afters})


def extend(app: wsgi.App) -> wsgi.App:
    """moto's application with the patches around it."""
    patched_services = {service for service, _ in [*_operations, *_befores, *_afters]}

    def wrapped(environ: wsgi.Environ, start_response: wsgi.StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/moto-api/reset":
            STORE.clear()
        scope = wsgi.signature_scope(environ)
        service = protocol.service_of(scope, environ) if scope else ""
        if service not in patched_services:
            return app(environ, start_response)
        body = wsgi.read_body(environ)
        target = protocol.find_target(service, environ, body)
        if target is None or not _is_ours(target):
            return app(environ, start_response)
        exchange = protocol.Exchange(target, environ, body)
        return _answer(app, environ, exchange).send(start_response)

    return wrapped


def _is_ours(target: protocol.Target) -> bool:
    key = (target.service, target.operation)
    patched = key in _operations or key in _befores or key in _afters
    return patched or target.service in _services_of_our_own


def _answer(app: wsgi.App, environ: wsgi.Environ, exchange: protocol.Exchange) -> wsgi.Answer:
    target = exchange.target
    key = (target.service, target.operation)
    call = Call(target.service, target.operation, exchange.current_account, exchange.region)
    try:
        with STORE.lock:
            result = _own_result(call, exchange.params)
            if result is not PASS_ON:
                return exchange.write_answer(result or {})
            changed = copy.deepcopy(exchange.params)
            for handler in _befores.get(key, ()):
                handler(call, changed)
        if changed != exchange.params:
            exchange.rewrite_request(environ, changed)
        answer = wsgi.call(app, environ)
        if key not in _afters or answer.status >= 300:
            return answer
        parsed = exchange.parse_answer(answer)
        with STORE.lock:
            for handler in _afters[key]:
                handler(call, parsed, exchange.params)
        return exchange.write_answer(parsed)
    except ServiceException as error:
        return exchange.write_answer(error)


def _own_result(call: Call, params: Dict[str, Any]) -> Any:
    handler = _operations.get((call.service, call.operation))
    if handler is not None:
        return handler(call, params)
    if call.service in _services_of_our_own:
        raise AwsError("NotImplementedByEmulator", f"{call.service} {call.operation} is not in the emulator")
    return PASS_ON
