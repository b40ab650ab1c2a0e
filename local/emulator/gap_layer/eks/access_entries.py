"""Access entries (who may use the Kubernetes API) and the access policies associated with them."""

from __future__ import annotations

from ..http import Document, Request
from ..state import new_id, now
from .state import AccessEntry, Cluster, cluster_of, found, refuse_existing


def list_access_entries(request: Request) -> Document:
    return {"accessEntries": list(cluster_of(request).access_entries)}


def create_access_entry(request: Request) -> Document:
    cluster, wanted = cluster_of(request), request.document
    principal = wanted["principalArn"]
    message = "The specified access entry resource is already in use on this cluster."
    refuse_existing(cluster.access_entries.get(principal), message)
    return {"accessEntry": add_access_entry(request, cluster, wanted)}


def add_access_entry(request: Request, cluster: Cluster, wanted: Document) -> Document:
    principal = wanted["principalArn"]
    kind, _, name = principal.rpartition(":")[2].partition("/")
    description = {
        "clusterName": cluster.name,
        "principalArn": principal,
        "accessEntryArn": request.arn("eks", f"access-entry/{cluster.name}/{kind}/{request.account}/{name}/{new_id()}"),
        "type": wanted.get("type", "STANDARD"),
        "username": wanted.get("username", principal),
        "kubernetesGroups": wanted.get("kubernetesGroups", []),
        "tags": wanted.get("tags", {}),
        "createdAt": now(),
        "modifiedAt": now(),
    }
    cluster.access_entries[principal] = AccessEntry(description)
    return description


def describe_access_entry(request: Request) -> Document:
    return {"accessEntry": _entry_of(request).description}


def update_access_entry(request: Request) -> Document:
    description = _entry_of(request).description
    changed = {name: request.document[name] for name in ("kubernetesGroups", "username") if name in request.document}
    description.update(changed, modifiedAt=now())
    return {"accessEntry": description}


def delete_access_entry(request: Request) -> Document:
    principal = _entry_of(request).description["principalArn"]
    del cluster_of(request).access_entries[principal]
    return {}


def list_associated_access_policies(request: Request) -> Document:
    return {**_owner(request), "associatedAccessPolicies": list(_entry_of(request).policies.values())}


def associate_access_policy(request: Request) -> Document:
    policy_arn = request.document["policyArn"]
    association = {
        "policyArn": policy_arn,
        "accessScope": request.document["accessScope"],
        "associatedAt": now(),
        "modifiedAt": now(),
    }
    _entry_of(request).policies[policy_arn] = association
    return {**_owner(request), "associatedAccessPolicy": association}


def disassociate_access_policy(request: Request) -> Document:
    policy_arn = request.path_parameters["policyArn"]
    found(_entry_of(request).policies.pop(policy_arn, None), f"No associated policy found for {policy_arn}")
    return {}


def _entry_of(request: Request) -> AccessEntry:
    principal = request.path_parameters["principalArn"]
    message = f"The specified principalArn could not be found: {principal}"
    return found(cluster_of(request).access_entries.get(principal), message)


def _owner(request: Request) -> Document:
    parameters = request.path_parameters
    return {"clusterName": parameters["name"], "principalArn": parameters["principalArn"]}


ACTIONS = {
    "ListAccessEntries": list_access_entries,
    "CreateAccessEntry": create_access_entry,
    "DescribeAccessEntry": describe_access_entry,
    "UpdateAccessEntry": update_access_entry,
    "DeleteAccessEntry": delete_access_entry,
    "ListAssociatedAccessPolicies": list_associated_access_policies,
    "AssociateAccessPolicy": associate_access_policy,
    "DisassociateAccessPolicy": disassociate_access_policy,
}
