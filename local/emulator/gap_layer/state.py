"""Memory of the faked services: one state per account and region, as AWS keeps them apart."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from typing import Generic, TypeVar

from .http import Request

State = TypeVar("State")


class Regional(Generic[State]):
    """Holds one `State` per account and region, made on first use."""

    _all: list[Regional] = []

    def __init__(self, make: Callable[[], State]) -> None:
        self._make = make
        self._states: dict[tuple[str, str], State] = {}
        Regional._all.append(self)

    def of(self, request: Request) -> State:
        place = (request.account, request.region)
        if place not in self._states:
            self._states[place] = self._make()
        return self._states[place]

    @classmethod
    def forget_everything(cls) -> None:
        for regional in cls._all:
            regional._states.clear()


def now() -> float:
    """Seconds since the epoch: the form of a timestamp in most JSON APIs."""
    return time.time()


def now_as_text() -> str:
    """The form of a timestamp in APIs that declare ISO 8601, such as MSK's."""
    return time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime())


def new_id() -> str:
    return str(uuid.uuid4())
