"""How a request comes in and its answer goes out: HTTP/1.1 with connections that stay open.

werkzeug's own way closes each connection, after waiting 10 ms for what a client may still send: more than most answers
take. Here the outermost layer reads each request to its end, so that nothing is left to wait for.
"""

from __future__ import annotations

import traceback
from typing import Any

from werkzeug.serving import WSGIRequestHandler

from andamio_emulator import wsgi

WITHOUT_BODY = (204, 304)


class Handler(WSGIRequestHandler):
    """Answers whole, with a length, and writes nothing to the terminal."""

    protocol_version = "HTTP/1.1"
    # Header and body leave in one packet: sent apart, an answer may wait 40 ms for the client's acknowledgement.
    wbufsize = -1
    disable_nagle_algorithm = True

    def run_wsgi(self) -> None:
        self.environ = environ = self.make_environ()
        try:
            answer = wsgi.call(self.server.app, environ)
        except Exception as error:  # without the extension's layers, moto raises what it does not implement
            traceback.print_exc()
            answer = wsgi.Answer(500, [("Content-Type", "text/plain")], f"{type(error).__name__}: {error}".encode())
        self._send(answer)

    def _send(self, answer: wsgi.Answer) -> None:
        self.send_response(answer.status)
        length = str(len(answer.body))
        for name, value in answer.headers:
            if name.lower() == "content-length":
                length = value  # of the body that a HEAD request does not get
            else:
                self.send_header(name, value)
        if answer.status not in WITHOUT_BODY:
            self.send_header("Content-Length", length)
        self.end_headers()
        if self.command != "HEAD" and answer.status not in WITHOUT_BODY:
            self.wfile.write(answer.body)
        self.wfile.flush()

    def log(self, type: str, message: str, *args: Any) -> None:
        pass
