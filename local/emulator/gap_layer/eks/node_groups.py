"""Managed node groups."""

from __future__ import annotations

from ..http import AwsError, Document, Request
from ..moto_backends import ec2_of, subnets
from ..state import new_id, now
from .access_entries import add_access_entry
from .scaling_group import create_scaling_group, delete_scaling_group, resize
from .state import Cluster, cluster_of, found, invalid, minor, refuse_existing

NOT_STORED = ("clientRequestToken", "version", "releaseVersion", "launchTemplate")


def list_nodegroups(request: Request) -> Document:
    return {"nodegroups": list(cluster_of(request).node_groups)}


def create_nodegroup(request: Request) -> Document:
    cluster, wanted = cluster_of(request), request.document
    name = wanted["nodegroupName"]
    refuse_existing(cluster.node_groups.get(name), f"NodeGroup already exists with name {name}")
    subnets(request, wanted["subnets"], "InvalidParameterException")
    node_group = _description(request, cluster, wanted)
    group_name = create_scaling_group(request, cluster.name, node_group)
    node_group["resources"] = {"autoScalingGroups": [{"name": group_name}]}
    cluster.node_groups[name] = node_group
    _admit_nodes(request, cluster, wanted["nodeRole"])
    return {"nodegroup": node_group}


def describe_nodegroup(request: Request) -> Document:
    return {"nodegroup": _node_group_of(request)}


def update_nodegroup_config(request: Request) -> Document:
    node_group, wanted = _node_group_of(request), request.document
    for setting in ("scalingConfig", "updateConfig", "nodeRepairConfig"):
        if setting in wanted:
            node_group[setting] = wanted[setting]
    _change_labels(node_group, wanted.get("labels", {}))
    _change_taints(node_group, wanted.get("taints", {}))
    resize(request, _scaling_group_name(node_group), node_group["scalingConfig"])
    node_group["modifiedAt"] = now()
    return cluster_of(request).record_update("ConfigUpdate")


def update_nodegroup_version(request: Request) -> Document:
    cluster, node_group, wanted = cluster_of(request), _node_group_of(request), request.document
    if "launchTemplate" in wanted:
        node_group["launchTemplate"] = _resolved_template(request, wanted["launchTemplate"])
    if "version" in wanted or "releaseVersion" in wanted:
        node_group.update(_versions(cluster, {"version": node_group["version"], **wanted}))
    node_group["modifiedAt"] = now()
    return cluster.record_update("VersionUpdate")


def delete_nodegroup(request: Request) -> Document:
    node_group = _node_group_of(request)
    delete_scaling_group(request, _scaling_group_name(node_group))
    del cluster_of(request).node_groups[node_group["nodegroupName"]]
    return {"nodegroup": {**node_group, "status": "DELETING"}}


def _node_group_of(request: Request) -> Document:
    name = request.path_parameters["nodegroupName"]
    return found(cluster_of(request).node_groups.get(name), f"No node group found for name: {name}.")


def _description(request: Request, cluster: Cluster, wanted: Document) -> Document:
    name = wanted["nodegroupName"]
    return {
        "capacityType": "ON_DEMAND",
        "amiType": "AL2023_x86_64_STANDARD",
        "updateConfig": {"maxUnavailable": 1},
        "scalingConfig": {"minSize": 1, "maxSize": 2, "desiredSize": 2},
        "labels": {},
        "taints": [],
        "tags": {},
        **{key: value for key, value in wanted.items() if key not in NOT_STORED},
        **_versions(cluster, wanted),
        **_machine(request, wanted),
        "clusterName": cluster.name,
        "nodegroupArn": request.arn("eks", f"nodegroup/{cluster.name}/{name}/{new_id()}"),
        "status": "ACTIVE",
        "health": {"issues": []},
        "createdAt": now(),
        "modifiedAt": now(),
    }


def _versions(cluster: Cluster, wanted: Document) -> Document:
    """Without a version the nodes get the cluster's; they can never be newer than the control plane."""
    version = wanted.get("version", cluster.version)
    if minor(version) > minor(cluster.version):
        raise invalid(f"Nodegroup Kubernetes version {version} is newer than the cluster's {cluster.version}")
    release = wanted.get("releaseVersion") or f"{version}.0-20250801"
    return {"version": version, "releaseVersion": release}


def _machine(request: Request, wanted: Document) -> Document:
    """With a launch template the disk is the template's, and the answer names the template in full."""
    if "launchTemplate" in wanted:
        return {"launchTemplate": _resolved_template(request, wanted["launchTemplate"])}
    return {"diskSize": wanted.get("diskSize", 20), "instanceTypes": wanted.get("instanceTypes", ["t3.medium"])}


def _resolved_template(request: Request, wanted: Document) -> Document:
    templates = ec2_of(request).launch_templates.values()
    matching = (each for each in templates if wanted.get("id") == each.id or wanted.get("name") == each.name)
    template = next(matching, None)
    if template is None:
        raise AwsError("InvalidRequestException", f"Launch template {wanted} not found")
    version = wanted.get("version", str(template.default_version_number))
    return {"id": template.id, "name": template.name, "version": version}


def _scaling_group_name(node_group: Document) -> str:
    return node_group["resources"]["autoScalingGroups"][0]["name"]


def _admit_nodes(request: Request, cluster: Cluster, node_role: str) -> None:
    """Under API authentication EKS itself makes the nodes' access entry; an explicit one as well is then a conflict."""
    by_config_map_only = cluster.description["accessConfig"]["authenticationMode"] == "CONFIG_MAP"
    if by_config_map_only or node_role in cluster.access_entries:
        return
    wanted = {
        "principalArn": node_role,
        "type": "EC2_LINUX",
        "username": "system:node:{{EC2PrivateDNSName}}",
        "kubernetesGroups": ["system:nodes"],
    }
    add_access_entry(request, cluster, wanted)


def _change_labels(node_group: Document, change: Document) -> None:
    node_group["labels"].update(change.get("addOrUpdateLabels", {}))
    for key in change.get("removeLabels", []):
        node_group["labels"].pop(key, None)


def _change_taints(node_group: Document, change: Document) -> None:
    taints = {(taint["key"], taint["effect"]): taint for taint in node_group["taints"]}
    for taint in change.get("removeTaints", []):
        taints.pop((taint["key"], taint["effect"]), None)
    for taint in change.get("addOrUpdateTaints", []):
        taints[taint["key"], taint["effect"]] = taint
    node_group["taints"] = list(taints.values())


ACTIONS = {
    "ListNodegroups": list_nodegroups,
    "CreateNodegroup": create_nodegroup,
    "DescribeNodegroup": describe_nodegroup,
    "UpdateNodegroupConfig": update_nodegroup_config,
    "UpdateNodegroupVersion": update_nodegroup_version,
    "DeleteNodegroup": delete_nodegroup,
}
