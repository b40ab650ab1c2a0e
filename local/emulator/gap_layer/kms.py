"""KMS: moto never returns the rotation period, so a key with one would be changed by every plan."""

from __future__ import annotations

import json

from .http import Request, Response
from .state import Regional

DEFAULT_PERIOD_DAYS = 365

PERIODS: Regional[dict[str, int]] = Regional(dict)
"""Days by key id."""


def remember_period(request: Request, response: Response) -> Response:
    PERIODS.of(request)[_key_id(request)] = request.document.get("RotationPeriodInDays", DEFAULT_PERIOD_DAYS)
    return response


def add_period(request: Request, response: Response) -> Response:
    """AWS names the period only while rotation is on."""
    status = json.loads(response.body)
    if status["KeyRotationEnabled"]:
        status["RotationPeriodInDays"] = PERIODS.of(request).get(_key_id(request), DEFAULT_PERIOD_DAYS)
    return response.with_body(json.dumps(status).encode())


def _key_id(request: Request) -> str:
    """Callers may name a key by its id or its ARN."""
    return request.document["KeyId"].rpartition("/")[2]


AMENDED = {"EnableKeyRotation": remember_period, "GetKeyRotationStatus": add_period}
