"""Tags of every EKS resource, found by its ARN."""

from __future__ import annotations

from collections.abc import Iterator

from ..http import Document, Request
from .state import CLUSTERS, Cluster, found

ARN_FIELDS = ("arn", "nodegroupArn", "addonArn", "accessEntryArn", "associationArn")


def list_tags_for_resource(request: Request) -> Document:
    return {"tags": _tagged(request)["tags"]}


def tag_resource(request: Request) -> Document:
    _tagged(request)["tags"].update(request.document["tags"])
    return {}


def untag_resource(request: Request) -> Document:
    tags = _tagged(request)["tags"]
    for key in request.query.get("tagKeys", []):
        tags.pop(key, None)
    return {}


def _tagged(request: Request) -> Document:
    arn = request.path_parameters["resourceArn"]
    resources = (each for cluster in CLUSTERS.of(request).values() for each in _resources_of(cluster))
    matching = (each for each in resources if arn in (each.get(name) for name in ARN_FIELDS))
    return found(next(matching, None), f"No resource found for ARN: {arn}.")


def _resources_of(cluster: Cluster) -> Iterator[Document]:
    yield cluster.description
    yield from cluster.node_groups.values()
    yield from cluster.addons.values()
    yield from cluster.pod_identities.values()
    yield from (entry.description for entry in cluster.access_entries.values())


ACTIONS = {
    "ListTagsForResource": list_tags_for_resource,
    "TagResource": tag_resource,
    "UntagResource": untag_resource,
}
