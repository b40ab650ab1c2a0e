"""A request as the services see it, and the few answers they give."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import parse_qs
from xml.sax.saxutils import escape

Document = dict[str, Any]


@dataclass
class Request:
    """One call of an AWS API."""

    method: str
    path: str
    """As sent, still percent-encoded: an ARN with slashes is one segment."""
    query: dict[str, list[str]]
    headers: dict[str, str]
    """Names in lower case."""
    body: bytes
    service: str
    """The signing name (`ec2`, `kafka`, ...); empty for an unsigned request."""
    region: str
    account: str
    action: str = ""
    """The API's own name of the call, such as `CreateCluster`."""
    path_parameters: dict[str, str] = field(default_factory=dict)

    @cached_property
    def document(self) -> Document:
        """The JSON body; empty when there is none."""
        return json.loads(self.body) if self.body else {}

    @cached_property
    def form(self) -> dict[str, str]:
        """The fields of a query-protocol call (EC2, RDS, IAM, ...)."""
        fields = parse_qs(self.body.decode(), keep_blank_values=True)
        return {name: values[0] for name, values in fields.items()}

    def query_value(self, name: str) -> str | None:
        values = self.query.get(name)
        return values[0] if values else None

    def arn(self, service: str, resource: str) -> str:
        """The ARN of a resource of the caller's account and region."""
        return f"arn:aws:{service}:{self.region}:{self.account}:{resource}"


@dataclass
class Response:
    status: int
    headers: list[tuple[str, str]]
    body: bytes

    @property
    def succeeded(self) -> bool:
        return self.status < 300

    def with_body(self, body: bytes) -> Response:
        """The same answer with another text; the length header follows."""
        kept = [(name, value) for name, value in self.headers if name.lower() != "content-length"]
        return Response(self.status, [*kept, ("Content-Length", str(len(body)))], body)


class AwsError(Exception):
    """A refusal that AWS itself would give."""

    def __init__(self, code: str, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status


def json_response(document: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    body = b"" if status == 204 else json.dumps(document).encode()
    return _response(status, "application/json", body, headers or {})


def xml_response(text: str, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    return _response(status, "text/xml", text.encode(), headers or {})


def json_error(error: AwsError) -> Response:
    """The REST-JSON form: SDKs read the type from the header and the text from the body."""
    document = {"__type": error.code, "code": error.code, "message": error.message}
    return json_response(document, error.status, {"x-amzn-ErrorType": error.code})


def xml_error(error: AwsError) -> Response:
    """One text that the EC2, the query and the S3 dialects all find their code and message in."""
    detail = f"<Code>{escape(error.code)}</Code><Message>{escape(error.message)}</Message>"
    return xml_response(
        f"<Response><Errors><Error>{detail}</Error></Errors><Error>{detail}</Error>{detail}</Response>",
        error.status,
    )


def _response(status: int, content_type: str, body: bytes, headers: dict[str, str]) -> Response:
    standard = {
        "Content-Type": content_type,
        "Content-Length": str(len(body)),
        "x-amzn-RequestId": str(uuid.uuid4()),
    }
    return Response(status, list({**standard, **headers}.items()), body)
