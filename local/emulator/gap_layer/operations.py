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
from botocore.model import OperationModel

from .http import Request

REST_SERVICES = ("eks", "kafka", "backup", "s3")
"""Services whose calls are told apart by method and path, and which this layer fakes or amends."""


@dataclass(frozen=True)
class Operation:
    """One call of a REST service."""

    name: str
    method: str
    path: re.Pattern[str]
    query: frozenset[str]
    """Names that the query must have: S3 tells `?lifecycle` from `?versioning` by them."""
    headers: frozenset[str]
    """Names that the headers must have: S3 tells a copy from an upload by one."""
    success_status: int

    def parameters_in(self, request: Request) -> dict[str, str] | None:
        """The path parameters when this call is meant, else None."""
        if request.method != self.method or not self.query <= request.query.keys():
            return None
        match = self.path.fullmatch(request.path.rstrip("/") or "/")
        if not match or not self.headers <= request.headers.keys():
            return None
        return {name: unquote(value) for name, value in match.groupdict().items()}

    @property
    def generality(self) -> tuple[int, int]:
        """How much is left open; of two calls that fit, the less general one is meant."""
        return self.path.groups, -len(self.query) - len(self.headers)


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
    """All current calls of a service, the least general first."""
    model = botocore.session.get_session().get_service_model(service)
    current = (model.operation_model(name) for name in model.operation_names)
    operations = (_operation(each) for each in current if not each.deprecated)
    return tuple(sorted(operations, key=lambda operation: operation.generality))


def _operation(model: OperationModel) -> Operation:
    path, _, query = model.http["requestUri"].partition("?")
    in_uri = {name for name, _ in parse_qsl(query, keep_blank_values=True)}
    return Operation(
        name=model.name,
        method=model.http["method"],
        path=_pattern(path),
        query=frozenset(in_uri | _required(model, "querystring")),
        headers=frozenset(name.lower() for name in _required(model, "header")),
        success_status=model.http.get("responseCode", 200),
    )


def _required(model: OperationModel, location: str) -> set[str]:
    """Names of the parameters that the call cannot do without, at one place of the request."""
    shape = model.input_shape
    members = [shape.members[name].serialization for name in shape.required_members] if shape else []
    return {each["name"] for each in members if each.get("location") == location}


def _pattern(path: str) -> re.Pattern[str]:
    """`/tags/{arn}` matches one segment, `/{Bucket}/{Key+}` any rest."""
    text = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", path.rstrip("/") or "/")
    return re.compile(re.sub(r"\{(\w+)\+\}", r"(?P<\1>.+)", text))
