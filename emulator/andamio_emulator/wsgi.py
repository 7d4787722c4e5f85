"""The few WSGI helpers that the layers around moto share."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any, Callable, Dict, Iterable, List, Optional, Tuple

Environ = Dict[str, Any]
Headers = List[Tuple[str, str]]
StartResponse = Callable[..., Any]
App = Callable[[Environ, StartResponse], Iterable[bytes]]

REASONS = {200: "OK", 204: "No Content"}


@dataclass
class Answer:
    """A whole HTTP answer, as an application gave it."""

    status: int
    headers: Headers
    body: bytes

    def send(self, start_response: StartResponse) -> Iterable[bytes]:
        start_response(f"{self.status} {REASONS.get(self.status, 'Answer')}", self.headers)
        return [self.body]


@dataclass(frozen=True)
class Scope:
    """Who signed a request, for which region and service (its *signing* name: ``monitoring``, not ``cloudwatch``)."""

    access_key: str
    region: str
    service: str


def call(app: App, environ: Environ) -> Answer:
    """Run an application to the end and keep its answer."""
    started: Dict[str, Any] = {}

    def start_response(status: str, headers: Headers, exc_info: Any = None) -> Callable[[bytes], None]:
        started["status"], started["headers"] = int(status.split()[0]), headers
        return lambda data: None

    parts = app(environ, start_response)
    try:
        body = b"".join(parts)
    finally:
        if hasattr(parts, "close"):
            parts.close()  # type: ignore[attr-defined]
    return Answer(started["status"], started["headers"], body)


def read_body(environ: Environ) -> bytes:
    """The request's body, left in place for the next reader.

    A body without a length (``Transfer-Encoding: chunked``) gets one: moto reads as many bytes as the header says.
    """
    length = environ.get("CONTENT_LENGTH")
    if length:
        body = environ["wsgi.input"].read(int(length))
    elif environ.get("wsgi.input_terminated"):
        body = environ["wsgi.input"].read()
        environ["CONTENT_LENGTH"] = str(len(body))
        environ.pop("HTTP_TRANSFER_ENCODING", None)
    else:
        body = b""
    environ["wsgi.input"] = io.BytesIO(body)
    return body


def signature_scope(environ: Environ) -> Optional[Scope]:
    """The scope of an AWS Signature Version 4 header; None for a request that is not signed that way."""
    authorization = environ.get("HTTP_AUTHORIZATION", "")
    _, found, credential = authorization.partition("Credential=")
    parts = credential.split(",")[0].split("/")
    if not found or len(parts) != 5:
        return None
    return Scope(access_key=parts[0], region=parts[2], service=parts[3].lower())


def signing_service(environ: Environ) -> str:
    scope = signature_scope(environ)
    return scope.service if scope else ""
