"""The command line and the life of the server: check moto, bind, say that it is ready, serve, stop."""

from __future__ import annotations

import argparse
import datetime
import json
import os
import signal
import socket
import sys
import uuid
from importlib import metadata
from typing import Any, Dict, Iterable, List, Optional

SUPPORTED_MOTO = "5.2."
MOTO_REQUIREMENT = "moto[server]==5.2.1"
EXIT_NO_MOTO = 3
HEALTH_PATH = "/andamio/health"
PLAIN = "ANDAMIO_EMULATOR_PLAIN"


def main(arguments: Optional[List[str]] = None) -> int:
    options = _parse(arguments)
    problem = moto_problem()
    if problem:
        print(f"andamio_emulator: {problem}: run pip install '{MOTO_REQUIREMENT}'", file=sys.stderr)
        return EXIT_NO_MOTO
    log = open(options.log_file, "a", encoding="utf-8") if options.log_file else None
    try:
        server = Emulator(options.host, options.port, log)
    except OSError as error:
        print(f"andamio_emulator: cannot listen on {options.host}:{options.port}: {error.strerror}", file=sys.stderr)
        return 1
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _stop)
    if options.ready_file:
        write_atomically(options.ready_file, json.dumps(server.identity))
    try:
        server.serve_forever()
    finally:
        if log:
            log.close()
    return 0


def _parse(arguments: Optional[List[str]]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m andamio_emulator", description="An AWS emulator (moto, extended) for Terraform's AWS provider."
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=int, default=0, help="port to listen on; 0 takes a free one (default)")
    parser.add_argument("--ready-file", metavar="PATH", help="written as JSON once the server listens")
    parser.add_argument("--log-file", metavar="PATH", help="one JSON line per request is appended here")
    return parser.parse_args(arguments)


def moto_problem() -> Optional[str]:
    """Why this Python cannot run the emulator, in a few words; None when it can."""
    try:
        version = metadata.version("moto")
    except metadata.PackageNotFoundError:
        return f"moto is not installed for {sys.executable}"
    if not version.startswith(SUPPORTED_MOTO):
        return f"moto {version} is installed, and the extension is written for moto {SUPPORTED_MOTO}x"
    try:
        import moto.server  # noqa: F401
    except ImportError as error:
        return f"moto {version} is installed without what its server needs ({error})"
    return None


def _stop(_number: int, _frame: Any) -> None:
    raise SystemExit(0)


def write_atomically(path: str, text: str) -> None:
    """Whoever waits for the file never sees half of it."""
    temporary = f"{path}.{os.getpid()}.tmp"
    with open(temporary, "w", encoding="utf-8") as file:
        file.write(text)
    os.replace(temporary, path)


class Emulator:
    """moto's server with the extension around it, bound to a port."""

    def __init__(self, host: str = "127.0.0.1", port: int = 0, log: Any = None) -> None:
        self._extended = os.environ.get(PLAIN) != "1"
        if self._extended:
            # Without these, attaching arn:aws:iam::aws:policy/... fails. moto reads the setting when it is imported.
            os.environ.setdefault("MOTO_IAM_LOAD_MANAGED_POLICIES", "true")
            # A certificate that is asked for with its records in place is issued within seconds, not after a minute.
            os.environ.setdefault("MOTO_ACM_VALIDATION_WAIT", "5")
        from werkzeug.serving import make_server

        from andamio_emulator.handler import Handler

        application = self._application(log)
        # Bound here, because werkzeug ends the process when it cannot bind.
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.create_server((host, port), family=family, backlog=128) as listener:
            self.host, self.port = host, listener.getsockname()[1]
            self._server = make_server(
                host, self.port, application, threaded=True, request_handler=Handler, fd=listener.fileno()
            )
        # moto calls itself here for some services, and would try port 5000.
        os.environ["MOTO_PORT"] = str(self.port)
        self.identity: Dict[str, Any] = {
            "port": self.port,
            "pid": os.getpid(),
            "boot_id": str(uuid.uuid4()),
            "moto_version": metadata.version("moto"),
            "extension": self._extended,
            "started_at": datetime.datetime.now(datetime.timezone.utc).isoformat(),
        }

    def serve_forever(self) -> None:
        self._server.serve_forever()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _application(self, log: Any) -> Any:
        from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app

        from andamio_emulator import errors, extension, request_log, wsgi

        application: wsgi.App = DomainDispatcherApplication(create_backend_app)
        if self._extended:
            extension.load_services()
            application = errors.readable_failures(extension.extend(application))
        if log:
            application = request_log.logged(application, log)
        return self._with_health(application)

    def _with_health(self, application: Any) -> Any:
        from werkzeug.wrappers import Response

        from andamio_emulator import wsgi

        def wrapped(environ: Any, start_response: Any) -> Iterable[bytes]:
            # Read to the end whatever happens: on a connection that stays open, the rest would be the next request.
            wsgi.read_body(environ)
            if environ["PATH_INFO"] == HEALTH_PATH:
                body = json.dumps(self.identity)
                return Response(body, content_type="application/json")(environ, start_response)
            return application(environ, start_response)

        return wrapped
