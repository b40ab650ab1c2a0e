"""EKS clusters."""

from __future__ import annotations

from typing import Any

from .emulator import EmulatorTest, unique

ROLE = "arn:aws:iam::123456789012:role/cluster"


class EksTest(EmulatorTest):
    """Has one cluster per test."""

    def setUp(self) -> None:
        self.eks = self.aws("eks")
        self.name = unique("cluster")
        self.subnets = self.make_subnets()
        self.cluster = self.create()

    def create(self, **options: Any) -> dict[str, Any]:
        wanted = {
            "name": self.name,
            "roleArn": ROLE,
            "version": "1.33",
            "resourcesVpcConfig": {"subnetIds": self.subnets},
            "accessConfig": {"authenticationMode": "API"},
            **options,
        }
        return self.eks.create_cluster(**wanted)["cluster"]

    def describe(self) -> dict[str, Any]:
        return self.eks.describe_cluster(name=self.name)["cluster"]


class ClusterTest(EksTest):
    def test_a_new_cluster_is_active_at_once(self):
        self.assertEqual((self.cluster["status"], self.cluster["version"]), ("ACTIVE", "1.33"))

    def test_what_was_chosen_is_read_back(self):
        self.name = unique("chosen")
        chosen = {
            "accessConfig": {"authenticationMode": "API", "bootstrapClusterCreatorAdminPermissions": False},
            "upgradePolicy": {"supportType": "STANDARD"},
            "zonalShiftConfig": {"enabled": True},
            "encryptionConfig": [{"resources": ["secrets"], "provider": {"keyArn": "arn:aws:kms:::key/k"}}],
        }
        self.create(**chosen)
        described = self.describe()
        self.assertEqual({name: described[name] for name in chosen}, chosen)

    def test_the_cluster_security_group_exists_in_the_vpc_of_the_subnets(self):
        config = self.cluster["resourcesVpcConfig"]
        group = self.aws("ec2").describe_security_groups(GroupIds=[config["clusterSecurityGroupId"]])["SecurityGroups"][
            0
        ]
        self.assertEqual(group["VpcId"], config["vpcId"])

    def test_log_types_are_told_as_on_and_off(self):
        logging = {"clusterLogging": [{"types": ["api", "audit"], "enabled": True}]}
        self.eks.update_cluster_config(name=self.name, logging=logging)
        on, off = self.describe()["logging"]["clusterLogging"]
        self.assertEqual((on["types"], on["enabled"]), (["api", "audit"], True))
        self.assertEqual((off["types"], off["enabled"]), (["authenticator", "controllerManager", "scheduler"], False))

    def test_a_change_of_one_endpoint_setting_keeps_the_others(self):
        self.eks.update_cluster_config(name=self.name, resourcesVpcConfig={"endpointPrivateAccess": True})
        config = self.describe()["resourcesVpcConfig"]
        self.assertEqual((config["endpointPrivateAccess"], config["subnetIds"]), (True, self.subnets))

    def test_a_change_is_an_update_that_can_be_polled(self):
        update = self.eks.update_cluster_config(name=self.name, zonalShiftConfig={"enabled": True})["update"]
        polled = self.eks.describe_update(name=self.name, updateId=update["id"])["update"]
        self.assertEqual((polled["status"], polled["type"]), ("Successful", "ConfigUpdate"))

    def test_the_version_goes_up_by_one_minor(self):
        self.eks.update_cluster_version(name=self.name, version="1.34")
        self.assertEqual(self.describe()["version"], "1.34")

    def test_fails_when_an_upgrade_skips_a_minor_version(self):
        with self.assert_refused("InvalidParameterException", "from 1.33 to 1.35"):
            self.eks.update_cluster_version(name=self.name, version="1.35")

    def test_fails_when_the_version_goes_back(self):
        with self.assert_refused("InvalidParameterException", "from 1.33 to 1.32"):
            self.eks.update_cluster_version(name=self.name, version="1.32")

    def test_fails_when_the_name_is_taken(self):
        with self.assert_refused("ResourceInUseException", self.name):
            self.create()

    def test_fails_when_all_subnets_are_in_one_zone(self):
        self.name, self.subnets = unique("narrow"), self.make_subnets("aa")
        with self.assert_refused("InvalidParameterException", "two different AZs"):
            self.create()

    def test_fails_when_a_subnet_does_not_exist(self):
        self.name, self.subnets = unique("lost"), ["subnet-0000000000"]
        with self.assert_refused("InvalidParameterException", "subnet-0000000000"):
            self.create()

    def test_deleting_removes_the_cluster_and_its_security_group(self):
        self.eks.delete_cluster(name=self.name)
        with self.assert_refused("ResourceNotFoundException"):
            self.describe()
        with self.assert_refused("InvalidGroup.NotFound"):
            group = self.cluster["resourcesVpcConfig"]["clusterSecurityGroupId"]
            self.aws("ec2").describe_security_groups(GroupIds=[group])

    def test_tags_are_added_and_removed(self):
        arn = self.cluster["arn"]
        self.eks.tag_resource(resourceArn=arn, tags={"a": "1", "b": "2"})
        self.eks.untag_resource(resourceArn=arn, tagKeys=["a"])
        self.assertEqual(self.eks.list_tags_for_resource(resourceArn=arn)["tags"], {"b": "2"})
        self.assertEqual(self.describe()["tags"], {"b": "2"})
