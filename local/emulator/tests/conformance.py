"""Compares every answer of a faked service with the output shape that AWS declares for the call."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from botocore.model import OperationModel, Shape

FAKED_IN_FULL = ("eks", "kafka", "backup")


def refuse_fields_that_aws_lacks(http_response: Any, model: OperationModel, **_: Any) -> None:
    """A boto3 event handler: an SDK ignores a misspelled field, and the provider then sees it as not set."""
    if model.service_model.service_name not in FAKED_IN_FULL or http_response.status_code >= 300:
        return
    document = json.loads(http_response.content or b"{}")
    unknown = list(unknown_fields(document, model.output_shape, model.name)) if model.output_shape else list(document)
    if unknown:
        raise AssertionError(f"fields that AWS does not have: {', '.join(unknown)}")


def unknown_fields(value: Any, shape: Shape, path: str) -> Iterator[str]:
    if value is None:
        return
    if shape.type_name == "structure":
        yield from _unknown_in_structure(value, shape, path)
    elif shape.type_name == "list":
        for item in value:
            yield from unknown_fields(item, shape.member, f"{path}[]")
    elif shape.type_name == "map":
        for key, item in value.items():
            yield from unknown_fields(item, shape.value, f"{path}.{key}")


def _unknown_in_structure(value: dict[str, Any], shape: Any, path: str) -> Iterator[str]:
    members = {member.serialization.get("name", name): member for name, member in shape.members.items()}
    for name, item in value.items():
        if name in members:
            yield from unknown_fields(item, members[name], f"{path}.{name}")
        else:
            yield f"{path}.{name}"
