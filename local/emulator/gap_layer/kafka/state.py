"""What MSK remembers, and the look-ups that every part of it shares."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..http import AwsError, Document, Request
from ..state import Regional


@dataclass
class Configuration:
    description: Document
    revisions: list[Document] = field(default_factory=list)
    """Oldest first; revision numbers count from 1."""


@dataclass
class Cluster:
    common: Document
    """What both generations of the API show alike: name, ARN, state, tags."""
    provisioned: Document
    """Brokers, software, security: flat in v1, under `provisioned` in v2."""
    scram_secrets: list[str] = field(default_factory=list)
    policy: str | None = None

    @property
    def arn(self) -> str:
        return self.common["clusterArn"]

    @property
    def name(self) -> str:
        return self.common["clusterName"]

    @property
    def broker_group(self) -> Document:
        return self.provisioned["brokerNodeGroupInfo"]

    @property
    def software(self) -> Document:
        return self.provisioned["currentBrokerSoftwareInfo"]

    def as_v1(self) -> Document:
        return {**self.common, **self.provisioned}

    def as_v2(self) -> Document:
        return {**self.common, "clusterType": "PROVISIONED", "provisioned": self.provisioned}


@dataclass
class Kafka:
    configurations: dict[str, Configuration] = field(default_factory=dict)
    clusters: dict[str, Cluster] = field(default_factory=dict)
    operations: dict[str, Document] = field(default_factory=dict)


KAFKA: Regional[Kafka] = Regional(Kafka)


def cluster_of(request: Request) -> Cluster:
    cluster = KAFKA.of(request).clusters.get(request.path_parameters["clusterArn"])
    if cluster is None:
        raise not_found("The requested resource doesn't exist.")
    return cluster


def not_found(message: str) -> AwsError:
    return AwsError("NotFoundException", message, 404)


def bad_request(message: str) -> AwsError:
    return AwsError("BadRequestException", message, 400)


def conflict(message: str) -> AwsError:
    return AwsError("ConflictException", message, 409)
