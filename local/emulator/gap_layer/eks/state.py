"""What EKS remembers, and the look-ups that every part of it shares."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar

from ..http import AwsError, Document, Request
from ..state import Regional, new_id, now

Item = TypeVar("Item")


@dataclass
class AccessEntry:
    description: Document
    policies: dict[str, Document] = field(default_factory=dict)
    """Associated access policies by ARN."""


@dataclass
class Cluster:
    description: Document
    """The cluster as DescribeCluster returns it."""
    node_groups: dict[str, Document] = field(default_factory=dict)
    addons: dict[str, Document] = field(default_factory=dict)
    access_entries: dict[str, AccessEntry] = field(default_factory=dict)
    """By principal ARN."""
    pod_identities: dict[str, Document] = field(default_factory=dict)
    """By association id."""
    updates: dict[str, Document] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.description["name"]

    @property
    def version(self) -> str:
        return self.description["version"]

    def record_update(self, kind: str) -> Document:
        """Every change is an update that the provider polls by its id; ours are done at once."""
        update = {
            "id": new_id(),
            "status": "Successful",
            "type": kind,
            "params": [],
            "createdAt": now(),
            "errors": [],
        }
        self.updates[update["id"]] = update
        return {"update": update}


CLUSTERS: Regional[dict[str, Cluster]] = Regional(dict)


def cluster_of(request: Request, parameter: str = "name") -> Cluster:
    name = request.path_parameters[parameter]
    return found(CLUSTERS.of(request).get(name), f"No cluster found for name: {name}.")


def found(item: Item | None, message: str) -> Item:
    """The item, or EKS's refusal: the provider takes this code as 'it is gone'."""
    if item is None:
        raise AwsError("ResourceNotFoundException", message, 404)
    return item


def refuse_existing(existing: object, message: str) -> None:
    if existing is not None:
        raise AwsError("ResourceInUseException", message, 409)


def invalid(message: str) -> AwsError:
    return AwsError("InvalidParameterException", message, 400)


def minor(version: str) -> int:
    """33 of `1.33`."""
    return int(version.split(".")[1])
