"""EKS managed node groups and the Auto Scaling groups behind them."""

from __future__ import annotations

from typing import Any

from .emulator import unique
from .test_eks_clusters import EksTest

NODE_ROLE = "arn:aws:iam::123456789012:role/node"


class NodeGroupTest(EksTest):
    def setUp(self) -> None:
        super().setUp()
        self.group = self.create_group("workers")

    def create_group(self, name: str, **options: Any) -> dict[str, Any]:
        wanted = {
            "clusterName": self.name,
            "nodegroupName": name,
            "nodeRole": NODE_ROLE,
            "subnets": self.subnets,
            "scalingConfig": {"minSize": 0, "maxSize": 3, "desiredSize": 1},
            **options,
        }
        return self.eks.create_nodegroup(**wanted)["nodegroup"]

    def create_template(self) -> dict[str, Any]:
        data = {"InstanceType": "r7g.2xlarge"}
        ec2 = self.aws("ec2")
        return ec2.create_launch_template(LaunchTemplateName=unique("template"), LaunchTemplateData=data)[
            "LaunchTemplate"
        ]

    def describe_group(self, name: str = "workers") -> dict[str, Any]:
        return self.eks.describe_nodegroup(clusterName=self.name, nodegroupName=name)["nodegroup"]

    def scaling_group(self) -> dict[str, Any]:
        name = self.group["resources"]["autoScalingGroups"][0]["name"]
        groups = self.aws("autoscaling").describe_auto_scaling_groups(AutoScalingGroupNames=[name])
        return groups["AutoScalingGroups"][0]

    def test_nodes_get_the_version_of_the_cluster(self):
        self.assertEqual(self.group["version"], "1.33")

    def test_the_scaling_group_is_real_and_has_the_sizes(self):
        group = self.scaling_group()
        self.assertEqual((group["MinSize"], group["MaxSize"], group["DesiredCapacity"]), (0, 3, 1))

    def test_the_scaling_group_has_the_tags_that_the_cluster_autoscaler_looks_for(self):
        tags = {tag["Key"]: tag["Value"] for tag in self.scaling_group()["Tags"]}
        self.assertEqual(tags["k8s.io/cluster-autoscaler/enabled"], "true")
        self.assertEqual(tags[f"k8s.io/cluster-autoscaler/{self.name}"], "owned")

    def test_a_new_size_reaches_the_scaling_group(self):
        sizes = {"minSize": 1, "maxSize": 9, "desiredSize": 4}
        self.eks.update_nodegroup_config(clusterName=self.name, nodegroupName="workers", scalingConfig=sizes)
        group = self.scaling_group()
        self.assertEqual((group["MinSize"], group["MaxSize"], group["DesiredCapacity"]), (1, 9, 4))

    def test_labels_and_taints_are_changed_one_by_one(self):
        taint = {"key": "trino", "value": "worker", "effect": "NO_SCHEDULE"}
        other = {"key": "spot", "value": "true", "effect": "NO_EXECUTE"}
        self.create_group("labelled", labels={"a": "1", "b": "1"}, taints=[taint])
        self.eks.update_nodegroup_config(
            clusterName=self.name,
            nodegroupName="labelled",
            labels={"addOrUpdateLabels": {"b": "2"}, "removeLabels": ["a"]},
            taints={"addOrUpdateTaints": [other], "removeTaints": [taint]},
        )
        described = self.describe_group("labelled")
        self.assertEqual((described["labels"], described["taints"]), ({"b": "2"}, [other]))

    def test_a_launch_template_is_named_in_full_with_the_version_given(self):
        template = self.create_template()
        made = self.create_group("templated", launchTemplate={"id": template["LaunchTemplateId"], "version": "1"})
        expected = {"id": template["LaunchTemplateId"], "name": template["LaunchTemplateName"], "version": "1"}
        self.assertEqual(made["launchTemplate"], expected)
        self.assertNotIn("diskSize", made)

    def test_a_new_version_of_the_launch_template_is_taken_over(self):
        template = {"id": self.create_template()["LaunchTemplateId"]}
        self.create_group("templated", launchTemplate={**template, "version": "1"})
        self.eks.update_nodegroup_version(
            clusterName=self.name, nodegroupName="templated", launchTemplate={**template, "version": "2"}
        )
        self.assertEqual(self.describe_group("templated")["launchTemplate"]["version"], "2")

    def test_fails_when_the_launch_template_does_not_exist(self):
        with self.assert_refused("InvalidRequestException", "lt-none"):
            self.create_group("lost", launchTemplate={"id": "lt-none"})

    def test_nodes_follow_an_upgraded_cluster(self):
        self.eks.update_cluster_version(name=self.name, version="1.34")
        self.eks.update_nodegroup_version(clusterName=self.name, nodegroupName="workers", version="1.34")
        described = self.describe_group()
        self.assertEqual((described["version"], described["releaseVersion"][:4]), ("1.34", "1.34"))

    def test_fails_when_nodes_would_be_newer_than_the_cluster(self):
        with self.assert_refused("InvalidParameterException", "newer than the cluster"):
            self.eks.update_nodegroup_version(clusterName=self.name, nodegroupName="workers", version="1.34")

    def test_fails_when_a_cluster_with_node_groups_is_deleted(self):
        with self.assert_refused("ResourceInUseException", "nodegroups"):
            self.eks.delete_cluster(name=self.name)

    def test_deleting_removes_the_scaling_group_too(self):
        name = self.scaling_group()["AutoScalingGroupName"]
        self.eks.delete_nodegroup(clusterName=self.name, nodegroupName="workers")
        groups = self.aws("autoscaling").describe_auto_scaling_groups(AutoScalingGroupNames=[name])
        self.assertEqual(groups["AutoScalingGroups"], [])
        self.assertEqual(self.eks.list_nodegroups(clusterName=self.name)["nodegroups"], [])

    def test_nodes_are_admitted_by_an_access_entry_that_eks_makes_itself(self):
        entry = self.eks.describe_access_entry(clusterName=self.name, principalArn=NODE_ROLE)["accessEntry"]
        self.assertEqual(entry["type"], "EC2_LINUX")

    def test_a_deployment_can_tag_the_scaling_group(self):
        name = self.scaling_group()["AutoScalingGroupName"]
        tag = {
            "ResourceId": name,
            "ResourceType": "auto-scaling-group",
            "Key": "k",
            "Value": "v",
            "PropagateAtLaunch": False,
        }
        self.aws("autoscaling").create_or_update_tags(Tags=[tag])
        self.assertEqual({each["Key"]: each["Value"] for each in self.scaling_group()["Tags"]}["k"], "v")
