"""Errors in the shape that AWS clients expect, also where moto would answer with an HTML page."""

from __future__ import annotations

import json
import traceback
from typing import Any, Callable, Iterable
from xml.sax.saxutils import escape

from botocore.model import OperationNotFoundError
from moto.core.exceptions import ServiceException
from werkzeug.wrappers import Response

from andamio_emulator import wsgi

XML_SERVICES = {"ec2", "iam", "sts", "s3", "route53", "cloudfront", "rds", "sns", "autoscaling", "elasticloadbalancing"}


class AwsError(ServiceException):
    """An error answer: the code that the AWS API reference names, a sentence, and the HTTP status."""

    def __init__(self, code: str, message: str = "", status: int = 400) -> None:
        super().__init__(code, message or code)
        self.status = status


def readable_failures(app: wsgi.App) -> wsgi.App:
    """Turn moto's HTML pages into AWS errors that are not retried.

    For what moto does not implement it answers with an HTML page and status 500 or 404. Terraform's provider retries a
    500 up to 25 times, for minutes, and then shows none of the reason.
    """

    def wrapped(environ: wsgi.Environ, start_response: wsgi.StartResponse) -> Iterable[bytes]:
        if not environ.get("HTTP_AUTHORIZATION"):
            return app(environ, start_response)
        try:
            answer = wsgi.call(app, environ)
        except (NotImplementedError, OperationNotFoundError) as error:
            return _refusal(environ, "NotImplementedByEmulator", f"moto: {error}")(environ, start_response)
        except Exception as error:  # whatever it is: the client must get an answer, the person a trace
            traceback.print_exc()
            message = f"moto failed: {type(error).__name__}: {error}"
            return _refusal(environ, "EmulatorFailure", message)(environ, start_response)
        if answer.status in (404, 405, 500) and answer.body[:15].lower() == b"<!doctype html>":
            message = f"moto has nothing at {environ['REQUEST_METHOD']} {environ['PATH_INFO']}"
            return _refusal(environ, "NotImplementedByEmulator", message)(environ, start_response)
        return answer.send(start_response)

    return wrapped


def _refusal(environ: wsgi.Environ, code: str, message: str) -> Callable[..., Any]:
    if not _speaks_xml(environ):
        body = json.dumps({"__type": code, "message": message, "Message": message})
        return Response(body, status=400, content_type="application/json", headers={"x-amzn-errortype": code})
    error = f"<Error><Code>{code}</Code><Message>{escape(message)}</Message></Error>"
    service = wsgi.signing_service(environ)
    if service == "ec2":
        body = f"<Response><Errors>{error}</Errors><RequestID>emulator</RequestID></Response>"
    elif service == "s3":
        body = error
    else:
        body = f"<ErrorResponse>{error}<RequestId>emulator</RequestId></ErrorResponse>"
    return Response(body, status=400, content_type="text/xml")


def _speaks_xml(environ: wsgi.Environ) -> bool:
    if environ.get("HTTP_X_AMZ_TARGET") or "json" in environ.get("CONTENT_TYPE", ""):
        return False
    return environ.get("CONTENT_TYPE", "").startswith("application/x-www-form") or (
        wsgi.signing_service(environ) in XML_SERVICES
    )
