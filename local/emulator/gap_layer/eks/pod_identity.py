"""Pod identity associations: which IAM role the pods of a service account get."""

from __future__ import annotations

import uuid

from ..http import Document, Request
from ..state import now
from .state import Cluster, cluster_of, found, refuse_existing

UPDATABLE = ("roleArn", "targetRoleArn", "disableSessionTags")
LISTED = ("clusterName", "namespace", "serviceAccount", "associationArn", "associationId")


def list_pod_identity_associations(request: Request) -> Document:
    wanted = {name: request.query_value(name) for name in ("namespace", "serviceAccount")}
    associations = [
        each
        for each in cluster_of(request).pod_identities.values()
        if all(value in (None, each[name]) for name, value in wanted.items())
    ]
    return {"associations": [{name: each[name] for name in LISTED} for each in associations]}


def create_pod_identity_association(request: Request) -> Document:
    """A service account has at most one association."""
    cluster, wanted = cluster_of(request), request.document
    refuse_existing(_existing(cluster, wanted), "Association already exists")
    association = _description(request, cluster, wanted)
    cluster.pod_identities[association["associationId"]] = association
    return {"association": association}


def describe_pod_identity_association(request: Request) -> Document:
    return {"association": _association_of(request)}


def update_pod_identity_association(request: Request) -> Document:
    association = _association_of(request)
    changed = {name: request.document[name] for name in UPDATABLE if name in request.document}
    association.update(changed, modifiedAt=now())
    return {"association": association}


def delete_pod_identity_association(request: Request) -> Document:
    association = _association_of(request)
    del cluster_of(request).pod_identities[association["associationId"]]
    return {"association": association}


def _association_of(request: Request) -> Document:
    association_id = request.path_parameters["associationId"]
    message = f"No association found with ID: {association_id}"
    return found(cluster_of(request).pod_identities.get(association_id), message)


def _existing(cluster: Cluster, wanted: Document) -> Document | None:
    subject = (wanted["namespace"], wanted["serviceAccount"])
    associations = cluster.pod_identities.values()
    return next((each for each in associations if (each["namespace"], each["serviceAccount"]) == subject), None)


def _description(request: Request, cluster: Cluster, wanted: Document) -> Document:
    association_id = f"a-{uuid.uuid4().hex[:17]}"
    return {
        "associationId": association_id,
        "associationArn": request.arn("eks", f"podidentityassociation/{cluster.name}/{association_id}"),
        "clusterName": cluster.name,
        "namespace": wanted["namespace"],
        "serviceAccount": wanted["serviceAccount"],
        "disableSessionTags": False,
        "tags": wanted.get("tags", {}),
        "createdAt": now(),
        "modifiedAt": now(),
        **{name: wanted[name] for name in UPDATABLE if name in wanted},
    }


ACTIONS = {
    "ListPodIdentityAssociations": list_pod_identity_associations,
    "CreatePodIdentityAssociation": create_pod_identity_association,
    "DescribePodIdentityAssociation": describe_pod_identity_association,
    "UpdatePodIdentityAssociation": update_pod_identity_association,
    "DeletePodIdentityAssociation": delete_pod_identity_association,
}
