"""One JSON line for each request: what was asked, how it ended, how long it took."""

from __future__ import annotations

import json
import threading
import time
from typing import Any, Dict, Iterable, TextIO
from urllib.parse import parse_qs

from andamio_emulator import wsgi

BODY_LIMIT = 2000


def logged(app: wsgi.App, log: TextIO) -> wsgi.App:
    """Write a line to ``log`` for each request. Headers are never written: they carry signatures and tokens."""
    lock = threading.Lock()

    def wrapped(environ: wsgi.Environ, start_response: wsgi.StartResponse) -> Iterable[bytes]:
        started = time.time()
        request_body = wsgi.read_body(environ)
        answer = wsgi.call(app, environ)
        line: Dict[str, Any] = {
            "time": round(started, 3),
            "service": wsgi.signing_service(environ),
            "operation": _operation_name(environ, request_body),
            "status": answer.status,
            "ms": round((time.time() - started) * 1000, 1),
        }
        if answer.status >= 400:
            line["request"] = request_body[:BODY_LIMIT].decode("utf-8", "replace")
            line["answer"] = answer.body[:BODY_LIMIT].decode("utf-8", "replace")
        with lock:
            log.write(json.dumps(line) + "\n")
            log.flush()
        return answer.send(start_response)

    return wrapped


def _operation_name(environ: wsgi.Environ, body: bytes) -> str:
    """A readable name without a look into the service models: the log must not fail where they do."""
    header = environ.get("HTTP_X_AMZ_TARGET")
    if header:
        return header.rpartition(".")[2]
    action = parse_qs(body[:BODY_LIMIT].decode("utf-8", "replace")).get("Action") if b"Action=" in body else None
    if action:
        return action[0]
    query = environ.get("QUERY_STRING")
    return f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}" + (f"?{query}" if query else "")
