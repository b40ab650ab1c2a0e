"""Clusters: created and changed at once, in the form that the provider reads back."""

from __future__ import annotations

import uuid

from ..http import AwsError, Document, Request
from ..moto_backends import MOTO_ERRORS, ec2_of, subnets
from ..state import now
from .state import CLUSTERS, Cluster, cluster_of, found, invalid, minor, refuse_existing

DEFAULT_VERSION = "1.33"
LOG_TYPES = ("api", "audit", "authenticator", "controllerManager", "scheduler")
MERGED_SETTINGS = ("accessConfig", "upgradePolicy", "zonalShiftConfig", "kubernetesNetworkConfig", "resourcesVpcConfig")
"""Settings of which UpdateClusterConfig sends only what changes."""


def list_clusters(request: Request) -> Document:
    return {"clusters": list(CLUSTERS.of(request))}


def create_cluster(request: Request) -> Document:
    wanted = request.document
    clusters = CLUSTERS.of(request)
    refuse_existing(clusters.get(wanted["name"]), f"Cluster already exists with name: {wanted['name']}")
    clusters[wanted["name"]] = Cluster(_description(request, wanted))
    return describe(clusters[wanted["name"]])


def describe_cluster(request: Request) -> Document:
    return describe(cluster_of(request))


def describe(cluster: Cluster) -> Document:
    return {"cluster": cluster.description}


def delete_cluster(request: Request) -> Document:
    """AWS refuses while node groups exist: the order of a destroy is part of what is proven."""
    cluster = cluster_of(request)
    if cluster.node_groups:
        raise AwsError("ResourceInUseException", "Cluster has nodegroups attached", 409)
    _delete_security_group(request, cluster.description["resourcesVpcConfig"]["clusterSecurityGroupId"])
    del CLUSTERS.of(request)[cluster.name]
    return {"cluster": {**cluster.description, "status": "DELETING"}}


def update_cluster_config(request: Request) -> Document:
    cluster, wanted = cluster_of(request), request.document
    for setting in MERGED_SETTINGS:
        cluster.description[setting].update(wanted.get(setting, {}))
    if "logging" in wanted:
        enabled = _enabled_log_types(cluster.description["logging"])
        cluster.description["logging"] = _logging(_enabled_log_types(wanted["logging"], enabled))
    if "deletionProtection" in wanted:
        cluster.description["deletionProtection"] = wanted["deletionProtection"]
    return cluster.record_update("ConfigUpdate")


def update_cluster_version(request: Request) -> Document:
    """One minor version at a time and never back, as EKS upgrades."""
    cluster, version = cluster_of(request), request.document["version"]
    if minor(version) - minor(cluster.version) not in (0, 1):
        raise invalid(f"Unsupported Kubernetes minor version update from {cluster.version} to {version}")
    cluster.description["version"] = version
    return cluster.record_update("VersionUpdate")


def associate_encryption_config(request: Request) -> Document:
    cluster = cluster_of(request)
    cluster.description["encryptionConfig"] = request.document["encryptionConfig"]
    return cluster.record_update("AssociateEncryptionConfig")


def describe_update(request: Request) -> Document:
    update_id = request.path_parameters["updateId"]
    return {"update": found(cluster_of(request).updates.get(update_id), f"No update found for ID: {update_id}")}


def _description(request: Request, wanted: Document) -> Document:
    name, region = wanted["name"], request.region
    return {
        "name": name,
        "arn": request.arn("eks", f"cluster/{name}"),
        "createdAt": now(),
        "version": wanted.get("version", DEFAULT_VERSION),
        "roleArn": wanted["roleArn"],
        "status": "ACTIVE",
        "platformVersion": "eks.1",
        "health": {"issues": []},
        "endpoint": f"https://{uuid.uuid4().hex.upper()}.gr7.{region}.eks.amazonaws.com",
        "identity": {"oidc": {"issuer": f"https://oidc.eks.{region}.amazonaws.com/id/{uuid.uuid4().hex.upper()}"}},
        "certificateAuthority": {"data": "TFMwdExTMUNSVWRKVGc9PQ=="},
        "resourcesVpcConfig": _vpc_config(request, name, wanted["resourcesVpcConfig"]),
        "tags": wanted.get("tags", {}),
        **_settings(wanted),
    }


def _settings(wanted: Document) -> Document:
    """What the caller may choose, with AWS's own defaults."""
    return {
        "kubernetesNetworkConfig": {
            "serviceIpv4Cidr": "172.20.0.0/16",
            "ipFamily": "ipv4",
            "elasticLoadBalancing": {"enabled": False},
            **wanted.get("kubernetesNetworkConfig", {}),
        },
        "logging": _logging(_enabled_log_types(wanted.get("logging", {}))),
        "encryptionConfig": wanted.get("encryptionConfig", []),
        "accessConfig": {"authenticationMode": "CONFIG_MAP", **wanted.get("accessConfig", {})},
        "upgradePolicy": wanted.get("upgradePolicy", {"supportType": "EXTENDED"}),
        "zonalShiftConfig": wanted.get("zonalShiftConfig", {"enabled": False}),
        "deletionProtection": wanted.get("deletionProtection", False),
    }


def _vpc_config(request: Request, name: str, wanted: Document) -> Document:
    chosen = subnets(request, wanted["subnetIds"], "InvalidParameterException")
    if len({subnet.availability_zone for subnet in chosen}) < 2:
        raise invalid("Subnets specified must be in at least two different AZs")
    public = wanted.get("endpointPublicAccess", True)
    return {
        "subnetIds": wanted["subnetIds"],
        "securityGroupIds": wanted.get("securityGroupIds", []),
        "clusterSecurityGroupId": _create_security_group(request, name, chosen[0].vpc_id),
        "vpcId": chosen[0].vpc_id,
        "endpointPublicAccess": public,
        "endpointPrivateAccess": wanted.get("endpointPrivateAccess", False),
        "publicAccessCidrs": wanted.get("publicAccessCidrs", ["0.0.0.0/0"] if public else []),
    }


def _create_security_group(request: Request, cluster_name: str, vpc_id: str) -> str:
    """EKS makes a group for the control plane's interfaces; stacks add rules to it by its id."""
    name = f"eks-cluster-sg-{cluster_name}-{uuid.uuid4().int % 10**10}"
    tags = {f"kubernetes.io/cluster/{cluster_name}": "owned", "aws:eks:cluster-name": cluster_name}
    group = ec2_of(request).create_security_group(name, "EKS created security group", vpc_id, tags)
    return group.id


def _delete_security_group(request: Request, group_id: str) -> None:
    """EKS tries, and leaves a group behind that others still refer to."""
    try:
        ec2_of(request).delete_security_group(group_id=group_id)
    except MOTO_ERRORS:
        return


def _enabled_log_types(logging: Document, enabled: frozenset[str] = frozenset()) -> frozenset[str]:
    for setup in logging.get("clusterLogging", []):
        types = frozenset(setup.get("types", []))
        enabled = enabled | types if setup.get("enabled") else enabled - types
    return enabled


def _logging(enabled: frozenset[str]) -> Document:
    """EKS answers with both halves: the types that are on and those that are off."""
    return {
        "clusterLogging": [
            {"types": [each for each in LOG_TYPES if (each in enabled) == state], "enabled": state}
            for state in (True, False)
        ]
    }


ACTIONS = {
    "ListClusters": list_clusters,
    "CreateCluster": create_cluster,
    "DescribeCluster": describe_cluster,
    "DeleteCluster": delete_cluster,
    "UpdateClusterConfig": update_cluster_config,
    "UpdateClusterVersion": update_cluster_version,
    "AssociateEncryptionConfig": associate_encryption_config,
    "DescribeUpdate": describe_update,
}
