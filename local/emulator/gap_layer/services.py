"""What this layer answers itself, what it amends, and what it repairs inside moto. Everything else is moto's."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from . import application_autoscaling, backup, ec2, eks, iam, kafka, kms, rds, s3
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

ANSWERED: Mapping[str, Mapping[str, Answer]] = {
    "application-autoscaling": application_autoscaling.ANSWERED,
    "rds": rds.ANSWERED,
    "s3": s3.ANSWERED,
}
"""Single actions that moto lacks or gets wrong."""

AMENDED: Mapping[str, Mapping[str, Amendment]] = {
    "application-autoscaling": application_autoscaling.AMENDED,
    "kms": kms.AMENDED,
}
"""Single actions of which moto's answer only lacks something."""

REPAIRS: tuple[Callable[[], None], ...] = (ec2.repair, iam.repair, rds.repair, s3.repair)
"""Changes of moto's own classes, made once before the first request."""
