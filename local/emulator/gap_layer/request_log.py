"""The request log: one JSON line per call, with the values of secrets left out."""

from __future__ import annotations

import json
import re
import time
from typing import Any, TextIO

from .http import Request, Response

MASK = "***"
_SECRET_NAME = re.compile(r"password|secretstring|secretbinary|plaintext|privatekey|token", re.IGNORECASE)
_NOT_SECRET = {"true", "false", True, False, None}


class RequestLog:
    """Writes lines of `time`, `service`, `action`, `method`, `path`, `body`, `status` and, for a refusal, `error`."""

    def __init__(self, file: TextIO | None) -> None:
        self._file = file

    def write(self, request: Request, response: Response) -> None:
        if self._file is None:
            return
        line = {
            "time": round(time.time(), 3),
            "service": request.service,
            "action": request.action,
            "method": request.method,
            "path": request.path,
            "query": {name: values[0] for name, values in request.query.items()},
            "body": readable_body(request),
            "status": response.status,
        }
        if not response.succeeded:
            line["error"] = response.body.decode(errors="replace")[:2000]
        self._file.write(json.dumps(line) + "\n")
        self._file.flush()


def readable_body(request: Request) -> Any:
    """The body as data without secrets; None for S3, whose objects may be anything (a Terraform state, for one)."""
    if not request.body or request.service == "s3":
        return None
    if "urlencoded" in request.headers.get("content-type", ""):
        return masked(request.form)
    try:
        return masked(request.document)
    except ValueError:
        return f"{len(request.body)} bytes"


def masked(value: Any) -> Any:
    """The same data with the text under every secret-like name replaced, at any depth."""
    if isinstance(value, dict):
        return {name: _masked_field(name, item) for name, item in value.items()}
    if isinstance(value, list):
        return [masked(item) for item in value]
    return value


def _masked_field(name: str, value: Any) -> Any:
    if isinstance(value, (dict, list)):
        return masked(value)
    is_secret = _SECRET_NAME.search(name) and value not in _NOT_SECRET
    return MASK if is_secret else value
