"""The Auto Scaling group behind a node group: a real one in moto, so that tags can be put on it and read.

It has the sizes of the node group but no instances: they would hold network interfaces that an emulator cannot move.
"""

from __future__ import annotations

from typing import Any

from ..http import Document, Request
from ..moto_backends import autoscaling_of, ec2_of
from ..state import new_id


def create_scaling_group(request: Request, cluster_name: str, node_group: Document) -> str:
    """Makes the group and returns its name. As EKS does, it hangs on a launch template of EKS's own."""
    name = f"eks-{node_group['nodegroupName']}-{new_id()}"
    template = ec2_of(request).create_launch_template(name, "", {}, {})
    autoscaling_of(request).create_auto_scaling_group(
        name=name,
        launch_template={"LaunchTemplateId": template.id, "Version": "1"},
        vpc_zone_identifier=",".join(node_group["subnets"]),
        tags=_tags(name, cluster_name, node_group["nodegroupName"]),
        min_size=0,
        max_size=0,
        desired_capacity=0,
        **_EKS_CHOICES,
    )
    resize(request, name, node_group["scalingConfig"])
    return name


def resize(request: Request, name: str, scaling: Document) -> None:
    group = autoscaling_of(request).autoscaling_groups[name]
    group.min_size, group.max_size = scaling["minSize"], scaling["maxSize"]
    group.desired_capacity = scaling["desiredSize"]


def delete_scaling_group(request: Request, name: str) -> None:
    autoscaling_of(request).autoscaling_groups.pop(name, None)
    ec2_of(request).delete_launch_template(name, None)


_EKS_CHOICES: dict[str, Any] = {
    "availability_zones": [],
    "launch_config_name": None,
    "default_cooldown": 300,
    "health_check_period": 15,
    "health_check_type": "EC2",
    "load_balancers": [],
    "target_group_arns": [],
    "placement_group": None,
    "termination_policies": [
        "AllocationStrategy",
        "OldestLaunchTemplate",
        "OldestInstance",
    ],
    "capacity_rebalance": True,
}


def _tags(name: str, cluster_name: str, node_group_name: str) -> list[dict[str, Any]]:
    """The tags that EKS puts on the group itself; the cluster autoscaler finds the group by the middle two."""
    tags = {
        "eks:cluster-name": cluster_name,
        "eks:nodegroup-name": node_group_name,
        "k8s.io/cluster-autoscaler/enabled": "true",
        f"k8s.io/cluster-autoscaler/{cluster_name}": "owned",
        f"kubernetes.io/cluster/{cluster_name}": "owned",
    }
    return [
        {
            "Key": key,
            "Value": value,
            "ResourceId": name,
            "ResourceType": "auto-scaling-group",
            "PropagateAtLaunch": "true",
        }
        for key, value in tags.items()
    ]
