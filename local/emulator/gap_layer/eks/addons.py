"""Add-ons. Any name and version is accepted: whether they exist is a question for the project's own version tables."""

from __future__ import annotations

from ..http import Document, Request
from ..state import new_id, now
from .clusters import DEFAULT_VERSION
from .state import Cluster, cluster_of, found, refuse_existing

SETTINGS = ("addonVersion", "configurationValues", "serviceAccountRoleArn", "podIdentityAssociations")


def describe_addon_versions(request: Request) -> Document:
    kubernetes_version = request.query_value("kubernetesVersion") or DEFAULT_VERSION
    names = request.query.get("addonName", ["vpc-cni"])
    return {"addons": [_versions(name, kubernetes_version) for name in names]}


def default_version(kubernetes_version: str) -> str:
    """One version for every add-on; as on AWS, another Kubernetes version has another default."""
    return f"v{kubernetes_version}.0-eksbuild.1"


def list_addons(request: Request) -> Document:
    return {"addons": list(cluster_of(request).addons)}


def create_addon(request: Request) -> Document:
    cluster, wanted = cluster_of(request), request.document
    name = wanted["addonName"]
    refuse_existing(cluster.addons.get(name), "Addon already exists.")
    cluster.addons[name] = _description(request, cluster, wanted)
    return {"addon": cluster.addons[name]}


def describe_addon(request: Request) -> Document:
    return {"addon": _addon_of(request)}


def update_addon(request: Request) -> Document:
    addon = _addon_of(request)
    addon.update(_settings(request.document), modifiedAt=now())
    return cluster_of(request).record_update("AddonUpdate")


def delete_addon(request: Request) -> Document:
    addon = _addon_of(request)
    del cluster_of(request).addons[addon["addonName"]]
    return {"addon": {**addon, "status": "DELETING"}}


def _addon_of(request: Request) -> Document:
    name = request.path_parameters["addonName"]
    return found(cluster_of(request).addons.get(name), f"No addon: {name} found in cluster.")


def _description(request: Request, cluster: Cluster, wanted: Document) -> Document:
    name = wanted["addonName"]
    return {
        "addonName": name,
        "clusterName": cluster.name,
        "addonArn": request.arn("eks", f"addon/{cluster.name}/{name}/{new_id()}"),
        "status": "ACTIVE",
        "health": {"issues": []},
        "createdAt": now(),
        "modifiedAt": now(),
        "tags": wanted.get("tags", {}),
        "addonVersion": default_version(cluster.version),
        **_settings(wanted),
    }


def _settings(wanted: Document) -> Document:
    return {name: wanted[name] for name in SETTINGS if name in wanted}


def _versions(name: str, kubernetes_version: str) -> Document:
    compatibility = {"clusterVersion": kubernetes_version, "platformVersions": ["*"], "defaultVersion": True}
    version = {
        "addonVersion": default_version(kubernetes_version),
        "architecture": ["amd64", "arm64"],
        "compatibilities": [compatibility],
    }
    return {"addonName": name, "addonVersions": [version]}


ACTIONS = {
    "DescribeAddonVersions": describe_addon_versions,
    "ListAddons": list_addons,
    "CreateAddon": create_addon,
    "DescribeAddon": describe_addon,
    "UpdateAddon": update_addon,
    "DeleteAddon": delete_addon,
}
