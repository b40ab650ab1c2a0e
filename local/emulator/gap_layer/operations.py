"""Which API call is this? Answered from AWS's own service models, which come with botocore.

So no route of a faked service is written by hand: a service lists action names, and the method, the path, the path
parameters and the status of success are AWS's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qsl, unquote

import botocore.session

from .http import Request

REST_SERVICES = ("eks", "kafka", "backup", "s3")
"""Services whose calls are told apart by method and path, and which this layer fakes or amends."""


@dataclass(frozen=True)
class Operation:
    """One call of a REST service."""

    name: str
    method: str
    path: re.Pattern[str]
    query: tuple[str, ...]
    """Names that the query must have: S3 tells `?lifecycle` from `?versioning` by them."""
    success_status: int

    def parameters_in(self, request: Request) -> dict[str, str] | None:
        """The path parameters when this call is meant, else None."""
        if request.method != self.method or any(name not in request.query for name in self.query):
            return None
        match = self.path.fullmatch(request.path.rstrip("/") or "/")
        return {name: unquote(value) for name, value in match.groupdict().items()} if match else None


def identify(request: Request) -> None:
    """Sets the action and the path parameters of the request."""
    if request.service in REST_SERVICES:
        _identify_by_path(request)
    elif "x-amz-target" in request.headers:
        request.action = request.headers["x-amz-target"].rpartition(".")[2]
    elif "urlencoded" in request.headers.get("content-type", ""):
        request.action = request.form.get("Action", "")


def success_status(service: str, action: str) -> int:
    """The status that the service model declares for success, such as 201."""
    return next(o.success_status for o in operations_of(service) if o.name == action)


def _identify_by_path(request: Request) -> None:
    for operation in operations_of(request.service):
        parameters = operation.parameters_in(request)
        if parameters is not None:
            request.action, request.path_parameters = operation.name, parameters
            return


@lru_cache
def operations_of(service: str) -> tuple[Operation, ...]:
    """All current calls of a service, the most specific path and query first."""
    model = botocore.session.get_session().get_service_model(service)
    current = [model.operation_model(name) for name in model.operation_names]
    operations = [_operation(each.name, each.http) for each in current if not each.deprecated]
    return tuple(sorted(operations, key=lambda o: (o.path.pattern.count("(?P<"), -len(o.query))))


def _operation(name: str, http: dict) -> Operation:
    path, _, query = http["requestUri"].partition("?")
    names = tuple(name for name, _ in parse_qsl(query, keep_blank_values=True))
    return Operation(name, http["method"], _pattern(path), names, http.get("responseCode", 200))


def _pattern(path: str) -> re.Pattern[str]:
    """`/tags/{arn}` matches one segment, `/{Bucket}/{Key+}` any rest."""
    text = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", path.rstrip("/") or "/")
    return re.compile(re.sub(r"\{(\w+)\+\}", r"(?P<\1>.+)", text))
