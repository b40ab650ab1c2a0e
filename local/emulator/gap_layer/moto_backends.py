"""moto's own models, for the fakes that have to see or make a resource of another service."""

from __future__ import annotations

from typing import Any

from moto.autoscaling.models import autoscaling_backends
from moto.core.exceptions import ServiceException
from moto.ec2.models import ec2_backends
from moto.secretsmanager.models import secretsmanager_backends
from werkzeug.exceptions import HTTPException

from .http import AwsError, Request

MOTO_ERRORS = (HTTPException, ServiceException)
"""What moto raises to refuse something; anything else is a fault of the emulator."""


def ec2_of(request: Request) -> Any:
    return ec2_backends[request.account][request.region]


def autoscaling_of(request: Request) -> Any:
    return autoscaling_backends[request.account][request.region]


def subnets(request: Request, subnet_ids: list[str], error_code: str) -> list[Any]:
    """The subnets; refused with the caller's own error code when one does not exist."""
    try:
        return [ec2_of(request).get_subnet(subnet_id) for subnet_id in subnet_ids]
    except MOTO_ERRORS as error:
        raise AwsError(error_code, f"The subnet ID does not exist: {error}") from error


def secret_by_arn(request: Request, arn: str) -> Any | None:
    """The secret of Secrets Manager, or None."""
    secrets = secretsmanager_backends[request.account][request.region].secrets
    return next((each for each in secrets.values() if getattr(each, "arn", None) == arn), None)
