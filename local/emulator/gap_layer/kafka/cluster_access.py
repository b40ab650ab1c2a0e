"""How clients reach a cluster: its brokers, SCRAM secrets, and the cluster policy."""

from __future__ import annotations

from ..http import Document, Request
from ..moto_backends import secret_by_arn
from .clusters import is_kraft
from .state import Cluster, cluster_of, not_found

SECRET_PREFIX = "AmazonMSK_"
POLICY_VERSION = "V1"


def get_bootstrap_brokers(request: Request) -> Document:
    """One address list per way to authenticate that is on, each on its own port, of three brokers at most."""
    cluster = cluster_of(request)
    authentication = cluster.provisioned.get("clientAuthentication") or {}
    sasl = authentication.get("sasl") or {}
    on = {
        "bootstrapBrokerString": (9092, _allows(cluster, "PLAINTEXT") and _is_open(authentication)),
        "bootstrapBrokerStringTls": (9094, _allows(cluster, "TLS") and _accepts_tls(authentication)),
        "bootstrapBrokerStringSaslScram": (9096, _enabled(sasl, "scram")),
        "bootstrapBrokerStringSaslIam": (9098, _enabled(sasl, "iam")),
    }
    return {name: _addresses(request, cluster, port) for name, (port, is_on) in on.items() if is_on}


def list_nodes(request: Request) -> Document:
    """All brokers, the last one first: AWS promises no order. In KRaft mode there are controllers, too."""
    cluster = cluster_of(request)
    count, kraft = cluster.provisioned["numberOfBrokerNodes"], is_kraft(cluster.software["kafkaVersion"])
    brokers = [_broker(request, cluster, number) for number in range(count, 0, -1)]
    controllers = [{"endpoints": [_host(request, cluster, f"c-{number}")]} for number in range(1, 4) if kraft]
    return {"nodeInfoList": [*({"controllerNodeInfo": each} for each in controllers), *brokers]}


def list_scram_secrets(request: Request) -> Document:
    return {"secretArnList": cluster_of(request).scram_secrets}


def batch_associate_scram_secret(request: Request) -> Document:
    """Secrets that MSK cannot use are reported one by one in an answer that is otherwise a success."""
    cluster = cluster_of(request)
    problems = {arn: _problem_with(request, arn) for arn in request.document["secretArnList"]}
    usable = [arn for arn, problem in problems.items() if problem is None]
    cluster.scram_secrets += [arn for arn in usable if arn not in cluster.scram_secrets]
    unprocessed = [_unprocessed(arn, problem) for arn, problem in problems.items() if problem]
    return {"clusterArn": cluster.arn, "unprocessedScramSecrets": unprocessed}


def batch_disassociate_scram_secret(request: Request) -> Document:
    cluster, gone = cluster_of(request), request.document["secretArnList"]
    cluster.scram_secrets = [arn for arn in cluster.scram_secrets if arn not in gone]
    return {"clusterArn": cluster.arn, "unprocessedScramSecrets": []}


def put_cluster_policy(request: Request) -> Document:
    cluster_of(request).policy = request.document["policy"]
    return {"currentVersion": POLICY_VERSION}


def get_cluster_policy(request: Request) -> Document:
    policy = cluster_of(request).policy
    if policy is None:
        raise not_found("The cluster policy does not exist.")
    return {"policy": policy, "currentVersion": POLICY_VERSION}


def delete_cluster_policy(request: Request) -> Document:
    cluster_of(request).policy = None
    return {}


def _allows(cluster: Cluster, transport: str) -> bool:
    return transport in cluster.provisioned["encryptionInfo"]["encryptionInTransit"]["clientBroker"].split("_")


def _is_open(authentication: Document) -> bool:
    """Without any authentication chosen, MSK lets everybody in."""
    return not authentication or _enabled(authentication, "unauthenticated")


def _accepts_tls(authentication: Document) -> bool:
    mutual_tls = authentication.get("tls") or {}
    return _is_open(authentication) or bool(mutual_tls.get("certificateAuthorityArnList"))


def _enabled(settings: Document, name: str) -> bool:
    return (settings.get(name) or {}).get("enabled", False)


def _addresses(request: Request, cluster: Cluster, port: int) -> str:
    count = min(3, cluster.provisioned["numberOfBrokerNodes"])
    return ",".join(f"{_host(request, cluster, f'b-{number}')}:{port}" for number in range(1, count + 1))


def _host(request: Request, cluster: Cluster, node: str) -> str:
    return f"{node}.{cluster.name}.abc123.c2.kafka.{request.region}.amazonaws.com"


def _broker(request: Request, cluster: Cluster, number: int) -> Document:
    """The client subnets take turns."""
    subnets = cluster.broker_group["clientSubnets"]
    info = {
        "brokerId": number,
        "clientSubnet": subnets[(number - 1) % len(subnets)],
        "currentBrokerSoftwareInfo": cluster.software,
        "endpoints": [_host(request, cluster, f"b-{number}")],
    }
    return {"nodeType": "BROKER", "instanceType": cluster.broker_group["instanceType"], "brokerNodeInfo": info}


def _problem_with(request: Request, arn: str) -> str | None:
    """MSK's three conditions for a SCRAM secret."""
    secret = secret_by_arn(request, arn)
    if secret is None:
        return "The provided secret does not exist."
    if not secret.name.startswith(SECRET_PREFIX):
        return f"The provided secret must have a name that starts with {SECRET_PREFIX}."
    if not secret.kms_key_id:
        return "The provided secret is encrypted with the default key; use a customer managed key."
    return None


def _unprocessed(arn: str, problem: str) -> Document:
    return {"secretArn": arn, "errorCode": "InvalidSecretArn", "errorMessage": problem}


ACTIONS = {
    "GetBootstrapBrokers": get_bootstrap_brokers,
    "ListNodes": list_nodes,
    "ListScramSecrets": list_scram_secrets,
    "BatchAssociateScramSecret": batch_associate_scram_secret,
    "BatchDisassociateScramSecret": batch_disassociate_scram_secret,
    "PutClusterPolicy": put_cluster_policy,
    "GetClusterPolicy": get_cluster_policy,
    "DeleteClusterPolicy": delete_cluster_policy,
}
