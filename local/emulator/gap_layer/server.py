"""The WSGI application: this layer first, moto for the rest."""

from __future__ import annotations

import io
import re
import threading
import traceback
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qs, urlsplit

from moto.core import DEFAULT_ACCOUNT_ID
from moto.iam.models import get_account_id_from
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server
from werkzeug.test import run_wsgi_app

from .http import AwsError, Request, Response, json_error, json_response, xml_error
from .last_answers import LastAnswers
from .operations import identify, success_status
from .request_log import RequestLog
from .services import AMENDED, ANSWERED, FAKED, REPAIRS
from .state import Regional

HEALTH_PATH = "/_gap_layer/health"
RESET_PATH = "/moto-api/reset"

_CREDENTIAL = re.compile(r"Credential=([^/]+)/\d+/([^/]+)/([^/]+)/")
_XML_SERVICES = {"ec2", "s3", "iam", "sts", "rds", "sns", "monitoring", "autoscaling", "elasticloadbalancing"}


class Emulator:
    """AWS as one WSGI application.

    Requests are handled one at a time: neither moto's models nor the fakes are made for threads, and one Python
    process gains nothing from handling two at once.
    """

    def __init__(self, log: RequestLog) -> None:
        self._moto = DomainDispatcherApplication(create_backend_app)
        self._log = log
        self._last_answers = LastAnswers()
        self._one_at_a_time = threading.Lock()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        request = read_request(environ)
        with self._one_at_a_time:
            response = self._last_answers.of(request, lambda: self._respond(request, environ))
            self._log.write(request, response)
        start_response(f"{response.status} {_reason(response.status)}", response.headers)
        return [response.body]

    def _respond(self, request: Request, environ: dict[str, Any]) -> Response:
        try:
            identify(request)
            return self._route(request, environ)
        except AwsError as error:
            return _error_response(request, error)
        except NotImplementedError:
            return _error_response(request, _not_implemented(request, "moto lacks it"))
        except Exception as failure:  # a fault of the emulator: no AWS client should take it for an answer of AWS
            traceback.print_exc()
            return _error_response(request, _not_implemented(request, f"{type(failure).__name__}: {failure}"))

    def _route(self, request: Request, environ: dict[str, Any]) -> Response:
        if request.path == HEALTH_PATH:
            return json_response({"status": "ready"})
        if request.path == RESET_PATH:
            Regional.forget_everything()
        if request.service in FAKED:
            return _answer_faked(request)
        answer = ANSWERED.get(request.service, {}).get(request.action)
        if answer:
            return _as_response(request, answer(request))
        return self._ask_moto(request, environ)

    def _ask_moto(self, request: Request, environ: dict[str, Any]) -> Response:
        response = _call(self._moto, environ)
        if _is_unknown_route(response):
            raise _not_implemented(request, "moto has no such path")
        amend = AMENDED.get(request.service, {}).get(request.action)
        return amend(request, response) if amend and response.succeeded else response


def _answer_faked(request: Request) -> Response:
    answer = FAKED[request.service].get(request.action)
    if answer is None:
        raise _not_implemented(request, "it is faked in full, without this action")
    return _as_response(request, answer(request))


def _as_response(request: Request, answer: dict | Response) -> Response:
    if isinstance(answer, Response):
        return answer
    status = success_status(request.service, request.action) if request.service in FAKED else 200
    return json_response(answer, status)


def _not_implemented(request: Request, reason: str) -> AwsError:
    """501, because the AWS SDKs repeat a call after 500, 502, 503 and 504, which would only hide the gap."""
    name = request.action or f"{request.method} {request.path}"
    return AwsError("EmulatorGap", f"the emulator does not implement {request.service} {name} ({reason})", 501)


def _error_response(request: Request, error: AwsError) -> Response:
    return xml_error(error) if request.service in _XML_SERVICES else json_error(error)


def _is_unknown_route(response: Response) -> bool:
    """moto's web framework answers an unknown path with a page; AWS's own 404 is XML or JSON."""
    content_type = dict(response.headers).get("Content-Type", "")
    return response.status == 404 and b"<title>404 Not Found</title>" in response.body and "html" in content_type


def _call(application: Any, environ: dict[str, Any]) -> Response:
    chunks, status, headers = run_wsgi_app(application, environ, buffered=True)
    return Response(int(status.split()[0]), list(headers), b"".join(chunks))


def read_request(environ: dict[str, Any]) -> Request:
    """Reads the whole body, and leaves a copy for moto."""
    body = _read_body(environ)
    headers = {name[5:].replace("_", "-").lower(): value for name, value in environ.items() if name.startswith("HTTP_")}
    headers["content-type"] = environ.get("CONTENT_TYPE", "")
    access_key, region, service = _signed_with(headers.get("authorization", ""))
    return Request(
        method=environ["REQUEST_METHOD"],
        path=urlsplit(environ.get("REQUEST_URI") or environ["PATH_INFO"]).path,
        query=parse_qs(environ.get("QUERY_STRING", ""), keep_blank_values=True),
        headers=headers,
        body=body,
        service=service,
        region=region,
        account=get_account_id_from(access_key) if access_key else DEFAULT_ACCOUNT_ID,
    )


def _read_body(environ: dict[str, Any]) -> bytes:
    length = int(environ.get("CONTENT_LENGTH") or 0)
    stream = environ["wsgi.input"]
    body = stream.read() if environ.get("wsgi.input_terminated") else stream.read(length)
    environ["wsgi.input"] = io.BytesIO(body)
    environ["CONTENT_LENGTH"] = str(len(body))
    return body


def _signed_with(authorization: str) -> tuple[str, str, str]:
    """Access key, region and service of an AWS Signature Version 4; empty for an unsigned request."""
    match = _CREDENTIAL.search(authorization)
    return match.groups() if match else ("", "us-east-1", "")


def _reason(status: int) -> str:
    return "OK" if status < 400 else "Error"


class _QuietHandler(WSGIRequestHandler):
    """The request log says more than werkzeug's line per request."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        return


def start_server(port: int, log: RequestLog) -> BaseWSGIServer:
    """A server on the loopback address that is bound, but not yet serving; port 0 takes a free one."""
    for repair in REPAIRS:
        repair()
    return make_server("127.0.0.1", port, Emulator(log), threaded=True, request_handler=_QuietHandler)
