"""Configurations: server properties with numbered revisions. A change adds a revision and keeps the old ones."""

from __future__ import annotations

from ..http import Document, Request
from ..state import new_id, now_as_text
from .state import KAFKA, Configuration, bad_request, conflict, not_found


def create_configuration(request: Request) -> Document:
    wanted, configurations = request.document, KAFKA.of(request).configurations
    if any(each.description["name"] == wanted["name"] for each in configurations.values()):
        raise conflict("A resource with this name already exists.")
    arn = request.arn("kafka", f"configuration/{wanted['name']}/{new_id()}-2")
    configuration = Configuration(_description(arn, wanted))
    configurations[arn] = configuration
    _add_revision(configuration, wanted)
    return _answer(configuration, ("arn", "name", "state", "creationTime", "latestRevision"))


def list_configurations(request: Request) -> Document:
    return {"configurations": [each.description for each in KAFKA.of(request).configurations.values()]}


def describe_configuration(request: Request) -> Document:
    return _configuration_of(request).description


def update_configuration(request: Request) -> Document:
    configuration = _configuration_of(request)
    _add_revision(configuration, request.document)
    return _answer(configuration, ("arn", "latestRevision"))


def delete_configuration(request: Request) -> Document:
    """MSK refuses while a cluster uses any revision: the order of a destroy is part of what is proven."""
    arn = _configuration_of(request).description["arn"]
    kafka = KAFKA.of(request)
    if any(cluster.software.get("configurationArn") == arn for cluster in kafka.clusters.values()):
        raise bad_request("Configuration is in use by one or more clusters.")
    del kafka.configurations[arn]
    return {"arn": arn, "state": "DELETING"}


def describe_configuration_revision(request: Request) -> Document:
    return find_revision(request, request.path_parameters["arn"], int(request.path_parameters["revision"]))


def list_configuration_revisions(request: Request) -> Document:
    return {"revisions": [_summary(revision) for revision in _configuration_of(request).revisions]}


def find_revision(request: Request, arn: str, number: int) -> Document:
    """The revision; unknown ones are refused with the code that MSK really uses for them."""
    configuration = KAFKA.of(request).configurations.get(arn)
    if configuration is None:
        raise bad_request("Configuration ARN does not exist.")
    if not 1 <= number <= len(configuration.revisions):
        raise not_found("The requested resource doesn't exist.")
    return configuration.revisions[number - 1]


def _configuration_of(request: Request) -> Configuration:
    """A missing one is a bad request, not a 404: the provider looks for exactly this text to see that it is gone."""
    configuration = KAFKA.of(request).configurations.get(request.path_parameters["arn"])
    if configuration is None:
        raise bad_request("Configuration ARN does not exist.")
    return configuration


def _description(arn: str, wanted: Document) -> Document:
    return {
        "arn": arn,
        "name": wanted["name"],
        "description": wanted.get("description", ""),
        "kafkaVersions": wanted.get("kafkaVersions", []),
        "creationTime": now_as_text(),
        "state": "ACTIVE",
    }


def _add_revision(configuration: Configuration, wanted: Document) -> None:
    revision = {
        "arn": configuration.description["arn"],
        "revision": len(configuration.revisions) + 1,
        "creationTime": now_as_text(),
        "description": wanted.get("description", ""),
        "serverProperties": wanted["serverProperties"],
    }
    configuration.revisions.append(revision)
    configuration.description["latestRevision"] = _summary(revision)


def _answer(configuration: Configuration, names: tuple[str, ...]) -> Document:
    return {name: configuration.description[name] for name in names}


def _summary(revision: Document) -> Document:
    return {name: revision[name] for name in ("revision", "creationTime", "description")}


ACTIONS = {
    "CreateConfiguration": create_configuration,
    "ListConfigurations": list_configurations,
    "DescribeConfiguration": describe_configuration,
    "UpdateConfiguration": update_configuration,
    "DeleteConfiguration": delete_configuration,
    "DescribeConfigurationRevision": describe_configuration_revision,
    "ListConfigurationRevisions": list_configuration_revisions,
}
