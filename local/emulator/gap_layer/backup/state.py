"""What AWS Backup remembers, and the look-ups that every part of it shares."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar

from ..http import AwsError, Document, Request
from ..state import Regional

Item = TypeVar("Item")


@dataclass
class Vault:
    description: Document
    policy: str | None = None
    notifications: Document | None = None


@dataclass
class Plan:
    description: Document
    """GetBackupPlan's answer."""
    selections: dict[str, Document] = field(default_factory=dict)
    """GetBackupSelection's answers by id."""


@dataclass
class RestoreTestingPlan:
    description: Document
    selections: dict[str, Document] = field(default_factory=dict)
    """By name."""


@dataclass
class Backup:
    vaults: dict[str, Vault] = field(default_factory=dict)
    """By name."""
    plans: dict[str, Plan] = field(default_factory=dict)
    """By id."""
    restore_testing_plans: dict[str, RestoreTestingPlan] = field(default_factory=dict)
    """By name."""
    tags: dict[str, dict[str, str]] = field(default_factory=dict)
    """By ARN; the descriptions do not show them."""


BACKUP: Regional[Backup] = Regional(Backup)


def backup_of(request: Request) -> Backup:
    return BACKUP.of(request)


def arn_of(request: Request, kind: str, name: str) -> str:
    return request.arn("backup", f"{kind}:{name}")


def found(item: Item | None, message: str) -> Item:
    """The item, or AWS Backup's refusal: the provider takes this code as 'it is gone'."""
    if item is None:
        raise AwsError("ResourceNotFoundException", message, 400)
    return item


def refuse_existing(existing: object, message: str) -> None:
    if existing is not None:
        raise AwsError("AlreadyExistsException", message, 400)


def without_missing(document: Document) -> Document:
    return {name: value for name, value in document.items() if value is not None}
