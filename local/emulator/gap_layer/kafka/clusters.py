"""Provisioned clusters, through both generations of the API (v1 and v2), with their tags."""

from __future__ import annotations

from typing import Any

from ..http import Document, Request
from ..moto_backends import subnets
from ..state import new_id, now_as_text
from .configurations import find_revision
from .state import KAFKA, Cluster, bad_request, cluster_of, conflict, not_found

ECHOED = (
    "clientAuthentication",
    "enhancedMonitoring",
    "openMonitoring",
    "loggingInfo",
    "numberOfBrokerNodes",
)
"""Settings that DescribeCluster returns as they were given."""


def create_cluster(request: Request) -> Document:
    return _create(request, request.document)


def create_cluster_v2(request: Request) -> Document:
    if "provisioned" not in request.document:
        raise bad_request("The emulator has provisioned clusters only.")
    common = {name: value for name, value in request.document.items() if name != "provisioned"}
    return {**_create(request, {**common, **request.document["provisioned"]}), "clusterType": "PROVISIONED"}


def list_clusters(request: Request) -> Document:
    return {"clusterInfoList": [cluster.as_v1() for cluster in _matching(request)]}


def list_clusters_v2(request: Request) -> Document:
    return {"clusterInfoList": [cluster.as_v2() for cluster in _matching(request)]}


def describe_cluster(request: Request) -> Document:
    return {"clusterInfo": cluster_of(request).as_v1()}


def describe_cluster_v2(request: Request) -> Document:
    return {"clusterInfo": cluster_of(request).as_v2()}


def delete_cluster(request: Request) -> Document:
    cluster = cluster_of(request)
    del KAFKA.of(request).clusters[cluster.arn]
    return {"clusterArn": cluster.arn, "state": "DELETING"}


def list_tags_for_resource(request: Request) -> Document:
    return {"tags": _tags_of(request)}


def tag_resource(request: Request) -> Document:
    _tags_of(request).update(request.document["tags"])
    return {}


def untag_resource(request: Request) -> Document:
    for key in request.query.get("tagKeys", []):
        _tags_of(request).pop(key, None)
    return {}


def check_broker_count(count: int, broker_group: Document) -> None:
    zones = len(broker_group["clientSubnets"])
    if count % zones:
        raise bad_request(f"The number of brokers ({count}) must be a multiple of that of client subnets ({zones}).")


def software_info(request: Request, kafka_version: str, configuration: Document | None) -> Document:
    """The software part of a cluster; refused when the configuration or its revision does not exist."""
    if not configuration:
        return {"kafkaVersion": kafka_version}
    find_revision(request, configuration["arn"], configuration["revision"])
    return {
        "kafkaVersion": kafka_version,
        "configurationArn": configuration["arn"],
        "configurationRevision": configuration["revision"],
    }


def is_kraft(kafka_version: str) -> bool:
    return kafka_version.endswith(".kraft")


def _create(request: Request, wanted: Document) -> Document:
    clusters = KAFKA.of(request).clusters
    if any(cluster.name == wanted["clusterName"] for cluster in clusters.values()):
        raise conflict("A resource with this name already exists.")
    cluster = Cluster(_common(request, wanted), _provisioned(request, wanted))
    clusters[cluster.arn] = cluster
    return {"clusterArn": cluster.arn, "clusterName": cluster.name, "state": "CREATING"}


def _common(request: Request, wanted: Document) -> Document:
    return {
        "clusterArn": request.arn("kafka", f"cluster/{wanted['clusterName']}/{new_id()}-2"),
        "clusterName": wanted["clusterName"],
        "creationTime": now_as_text(),
        "currentVersion": "K1",
        "state": "ACTIVE",
        "tags": wanted.get("tags", {}),
    }


def _provisioned(request: Request, wanted: Document) -> Document:
    broker_group = _broker_group(request, wanted["brokerNodeGroupInfo"])
    check_broker_count(wanted["numberOfBrokerNodes"], broker_group)
    return {
        "brokerNodeGroupInfo": broker_group,
        "currentBrokerSoftwareInfo": software_info(request, wanted["kafkaVersion"], wanted.get("configurationInfo")),
        "encryptionInfo": _encryption(request, wanted.get("encryptionInfo", {})),
        "storageMode": wanted.get("storageMode", "LOCAL"),
        **{name: wanted[name] for name in ECHOED if name in wanted},
        **_zookeeper(request, wanted),
    }


def _broker_group(request: Request, wanted: Document) -> Document:
    chosen = subnets(request, wanted["clientSubnets"], "BadRequestException")
    if len({subnet.availability_zone for subnet in chosen}) < len(chosen):
        raise bad_request("Client subnets must be in distinct Availability Zones.")
    defaults: dict[str, Any] = {
        "brokerAZDistribution": "DEFAULT",
        "connectivityInfo": {"publicAccess": {"type": "DISABLED"}},
        "storageInfo": {"ebsStorageInfo": {"volumeSize": 1000}},
    }
    return {**defaults, **wanted}


def _encryption(request: Request, wanted: Document) -> Document:
    return {
        "encryptionInTransit": {"clientBroker": "TLS", "inCluster": True},
        "encryptionAtRest": {"dataVolumeKMSKeyId": request.arn("kms", f"key/{new_id()}")},
        **wanted,
    }


def _zookeeper(request: Request, wanted: Document) -> Document:
    """A KRaft cluster has no ZooKeeper, and so no address of one."""
    if is_kraft(wanted["kafkaVersion"]):
        return {}
    host = f"z-1.{wanted['clusterName']}.abc123.c2.kafka.{request.region}.amazonaws.com"
    return {"zookeeperConnectString": f"{host}:2181", "zookeeperConnectStringTls": f"{host}:2182"}


def _matching(request: Request) -> list[Cluster]:
    prefix = request.query_value("clusterNameFilter") or ""
    return [each for each in KAFKA.of(request).clusters.values() if each.name.startswith(prefix)]


def _tags_of(request: Request) -> Document:
    cluster = KAFKA.of(request).clusters.get(request.path_parameters["resourceArn"])
    if cluster is None:
        raise not_found("The requested resource doesn't exist.")
    return cluster.common["tags"]


ACTIONS = {
    "CreateCluster": create_cluster,
    "CreateClusterV2": create_cluster_v2,
    "ListClusters": list_clusters,
    "ListClustersV2": list_clusters_v2,
    "DescribeCluster": describe_cluster,
    "DescribeClusterV2": describe_cluster_v2,
    "DeleteCluster": delete_cluster,
    "ListTagsForResource": list_tags_for_resource,
    "TagResource": tag_resource,
    "UntagResource": untag_resource,
}
