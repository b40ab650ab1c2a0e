"""Changes of a running cluster. Each is an operation with an ARN that the provider polls, and gives the cluster a new
`currentVersion`; a change that names an old version is refused, which is how MSK stops two writers.
"""

from __future__ import annotations

from collections.abc import Callable

from ..http import Document, Request
from ..state import new_id, now_as_text
from .clusters import check_broker_count, is_kraft, software_info
from .state import KAFKA, Cluster, bad_request, cluster_of, not_found

Change = Callable[[Request, Cluster], None]


def _updating(operation_type: str, change: Change) -> Callable[[Request], Document]:
    """An API action that checks the version, applies the change and records the operation."""

    def update(request: Request) -> Document:
        cluster = cluster_of(request)
        _check_version(request, cluster)
        change(request, cluster)
        cluster.common["currentVersion"] = _next_version(cluster)
        return {"clusterArn": cluster.arn, "clusterOperationArn": _record(request, cluster, operation_type)}

    return update


def describe_cluster_operation(request: Request) -> Document:
    operation = KAFKA.of(request).operations.get(request.path_parameters["clusterOperationArn"])
    if operation is None:
        raise not_found("The requested resource doesn't exist.")
    return {"clusterOperationInfo": operation}


def list_cluster_operations(request: Request) -> Document:
    arn = cluster_of(request).arn
    operations = KAFKA.of(request).operations.values()
    return {"clusterOperationInfoList": [each for each in operations if each["clusterArn"] == arn]}


def _change_broker_storage(request: Request, cluster: Cluster) -> None:
    """All brokers have disks of one size, whichever broker the caller names."""
    for target in request.document["targetBrokerEBSVolumeInfo"]:
        _change_volume(cluster, target)


def _change_storage(request: Request, cluster: Cluster) -> None:
    _change_volume(cluster, request.document)
    if "storageMode" in request.document:
        cluster.provisioned["storageMode"] = request.document["storageMode"]


def _change_volume(cluster: Cluster, target: Document) -> None:
    volume = cluster.broker_group["storageInfo"]["ebsStorageInfo"]
    size, current = target.get("volumeSizeGB", volume["volumeSize"]), volume["volumeSize"]
    if size < current:
        raise bad_request(f"The volume size cannot shrink from {current} to {size} GiB.")
    volume["volumeSize"] = size
    if "provisionedThroughput" in target:
        volume["provisionedThroughput"] = target["provisionedThroughput"]


def _change_broker_count(request: Request, cluster: Cluster) -> None:
    count = request.document["targetNumberOfBrokerNodes"]
    check_broker_count(count, cluster.broker_group)
    cluster.provisioned["numberOfBrokerNodes"] = count


def _change_broker_type(request: Request, cluster: Cluster) -> None:
    cluster.broker_group["instanceType"] = request.document["targetInstanceType"]


def _change_kafka_version(request: Request, cluster: Cluster) -> None:
    target, current = request.document["targetKafkaVersion"], cluster.software["kafkaVersion"]
    if is_kraft(target) != is_kraft(current):
        raise bad_request(f"A cluster cannot move between ZooKeeper and KRaft mode ({current} to {target}).")
    configuration = request.document.get("configurationInfo")
    cluster.software.update(software_info(request, target, configuration))


def _change_configuration(request: Request, cluster: Cluster) -> None:
    version = cluster.software["kafkaVersion"]
    cluster.software.update(software_info(request, version, request.document["configurationInfo"]))


def _change_monitoring(request: Request, cluster: Cluster) -> None:
    _replace(cluster, request, ("enhancedMonitoring", "openMonitoring", "loggingInfo"))


def _change_security(request: Request, cluster: Cluster) -> None:
    """The key of the disks is chosen at creation; only the rest of the encryption can change."""
    _replace(cluster, request, ("clientAuthentication",))
    cluster.provisioned["encryptionInfo"].update(request.document.get("encryptionInfo", {}))


def _change_connectivity(request: Request, cluster: Cluster) -> None:
    cluster.broker_group["connectivityInfo"].update(request.document["connectivityInfo"])


def _replace(cluster: Cluster, request: Request, names: tuple[str, ...]) -> None:
    cluster.provisioned.update({name: request.document[name] for name in names if name in request.document})


def _check_version(request: Request, cluster: Cluster) -> None:
    given, current = request.document["currentVersion"], cluster.common["currentVersion"]
    if given != current:
        raise bad_request(f"The cluster version {given} is not the current version {current}.")


def _next_version(cluster: Cluster) -> str:
    return f"K{int(cluster.common['currentVersion'][1:]) + 1}"


def _record(request: Request, cluster: Cluster, operation_type: str) -> str:
    _, _, identity = cluster.arn.partition(":cluster/")
    arn = request.arn("kafka", f"cluster-operation/{identity}/{new_id()}")
    KAFKA.of(request).operations[arn] = {
        "operationArn": arn,
        "clusterArn": cluster.arn,
        "operationType": operation_type,
        "operationState": "UPDATE_COMPLETE",
        "creationTime": now_as_text(),
        "endTime": now_as_text(),
    }
    return arn


ACTIONS = {
    "UpdateBrokerStorage": _updating("INCREASE_BROKER_STORAGE", _change_broker_storage),
    "UpdateStorage": _updating("UPDATE_STORAGE", _change_storage),
    "UpdateBrokerCount": _updating("UPDATE_BROKER_COUNT", _change_broker_count),
    "UpdateBrokerType": _updating("UPDATE_BROKER_TYPE", _change_broker_type),
    "UpdateClusterKafkaVersion": _updating("UPDATE_CLUSTER_KAFKA_VERSION", _change_kafka_version),
    "UpdateClusterConfiguration": _updating("UPDATE_CLUSTER_CONFIGURATION", _change_configuration),
    "UpdateMonitoring": _updating("UPDATE_MONITORING", _change_monitoring),
    "UpdateSecurity": _updating("UPDATE_SECURITY", _change_security),
    "UpdateConnectivity": _updating("UPDATE_CONNECTIVITY", _change_connectivity),
    "DescribeClusterOperation": describe_cluster_operation,
    "ListClusterOperations": list_cluster_operations,
}
