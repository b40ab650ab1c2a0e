"""What this layer answers itself, what it amends, and what it repairs inside moto. Everything else is moto's."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from . import backup, eks, kafka
from .http import Document, Request, Response

Answer = Callable[[Request], Document | Response]
"""Answers a call in moto's place; a document becomes JSON with the status of the service model."""

Amendment = Callable[[Request, Response], Response]
"""Gets moto's answer and gives the one that AWS would have given."""

FAKED: Mapping[str, Mapping[str, Answer]] = {
    "eks": eks.ACTIONS,
    "kafka": kafka.ACTIONS,
    "backup": backup.ACTIONS,
}
"""Services faked in full: moto is never asked."""

ANSWERED: Mapping[str, Mapping[str, Answer]] = {}
"""Single actions that moto lacks or gets wrong."""

AMENDED: Mapping[str, Mapping[str, Amendment]] = {}
"""Single actions of which moto's answer only lacks something."""

REPAIRS: tuple[Callable[[], None], ...] = ()
"""Changes of moto's own classes, made once before the first request."""
