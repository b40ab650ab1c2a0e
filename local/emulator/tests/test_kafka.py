"""MSK configurations and clusters."""

from __future__ import annotations

import json
from typing import Any

from .emulator import EmulatorTest, unique


class KafkaTest(EmulatorTest):
    """Has one cluster of three zones per test."""

    def setUp(self) -> None:
        self.kafka = self.aws("kafka")
        self.name = unique("cluster")
        self.subnets = self.make_subnets("abc")
        self.arn = self.create()

    def create(self, **options: Any) -> str:
        brokers = {
            "InstanceType": "kafka.m7g.large",
            "ClientSubnets": self.subnets,
            "StorageInfo": {"EbsStorageInfo": {"VolumeSize": 100}},
        }
        wanted = {
            "ClusterName": self.name,
            "KafkaVersion": "3.8.x",
            "NumberOfBrokerNodes": 3,
            "BrokerNodeGroupInfo": brokers,
            **options,
        }
        return self.kafka.create_cluster(**wanted)["ClusterArn"]

    def create_configuration(self, properties: str = "a=1") -> dict[str, Any]:
        made = self.kafka.create_configuration(Name=unique("configuration"), ServerProperties=properties.encode())
        return {"Arn": made["Arn"], "Revision": made["LatestRevision"]["Revision"]}

    def describe(self) -> dict[str, Any]:
        return self.kafka.describe_cluster(ClusterArn=self.arn)["ClusterInfo"]

    def current(self) -> dict[str, str]:
        """What every change has to name."""
        return {"ClusterArn": self.arn, "CurrentVersion": self.describe()["CurrentVersion"]}


class ConfigurationTest(EmulatorTest):
    def setUp(self) -> None:
        self.kafka = self.aws("kafka")
        self.name = unique("configuration")
        self.arn = self.kafka.create_configuration(Name=self.name, ServerProperties=b"a=1")["Arn"]

    def test_the_properties_are_read_back_as_given(self):
        revision = self.kafka.describe_configuration_revision(Arn=self.arn, Revision=1)
        self.assertEqual(revision["ServerProperties"], b"a=1")

    def test_a_change_adds_a_revision_and_keeps_the_old_one(self):
        self.kafka.update_configuration(Arn=self.arn, ServerProperties=b"a=2")
        self.assertEqual(self.kafka.describe_configuration(Arn=self.arn)["LatestRevision"]["Revision"], 2)
        read = [self.kafka.describe_configuration_revision(Arn=self.arn, Revision=number) for number in (1, 2)]
        self.assertEqual([revision["ServerProperties"] for revision in read], [b"a=1", b"a=2"])

    def test_fails_when_the_name_is_taken(self):
        with self.assert_refused("ConflictException"):
            self.kafka.create_configuration(Name=self.name, ServerProperties=b"a=1")

    def test_a_deleted_configuration_is_gone_in_the_words_that_the_provider_looks_for(self):
        self.kafka.delete_configuration(Arn=self.arn)
        with self.assert_refused("BadRequestException", "Configuration ARN does not exist"):
            self.kafka.describe_configuration(Arn=self.arn)


class ClusterTest(KafkaTest):
    def test_a_new_cluster_is_active_at_once(self):
        self.assertEqual(self.describe()["State"], "ACTIVE")

    def test_both_generations_of_the_api_show_the_same_cluster(self):
        old = self.describe()
        new = self.kafka.describe_cluster_v2(ClusterArn=self.arn)["ClusterInfo"]
        self.assertEqual(new["Provisioned"]["NumberOfBrokerNodes"], old["NumberOfBrokerNodes"])
        self.assertEqual((new["ClusterType"], new["ClusterName"]), ("PROVISIONED", old["ClusterName"]))

    def test_clusters_are_listed_by_name(self):
        listed = self.kafka.list_clusters(ClusterNameFilter=self.name)["ClusterInfoList"]
        self.assertEqual([cluster["ClusterArn"] for cluster in listed], [self.arn])

    def test_a_cluster_remembers_its_configuration(self):
        configuration, self.name = self.create_configuration(), unique("configured")
        self.arn = self.create(ConfigurationInfo=configuration)
        software = self.describe()["CurrentBrokerSoftwareInfo"]
        self.assertEqual((software["ConfigurationArn"], software["ConfigurationRevision"]), (configuration["Arn"], 1))

    def test_a_configuration_in_use_cannot_be_deleted(self):
        configuration, self.name = self.create_configuration(), unique("configured")
        self.create(ConfigurationInfo=configuration)
        with self.assert_refused("BadRequestException", "in use"):
            self.kafka.delete_configuration(Arn=configuration["Arn"])

    def test_a_kraft_cluster_has_no_zookeeper(self):
        self.assertIn("ZookeeperConnectString", self.describe())
        self.name = unique("kraft")
        self.arn = self.create(KafkaVersion="3.8.x.kraft")
        self.assertNotIn("ZookeeperConnectString", self.describe())

    def test_fails_when_the_name_is_taken(self):
        with self.assert_refused("ConflictException"):
            self.create()

    def test_fails_when_the_brokers_cannot_be_spread_evenly(self):
        self.name = unique("uneven")
        with self.assert_refused("BadRequestException", "multiple"):
            self.create(NumberOfBrokerNodes=4)

    def test_fails_when_two_subnets_share_a_zone(self):
        self.name, self.subnets = unique("narrow"), self.make_subnets("aab")
        with self.assert_refused("BadRequestException", "distinct Availability Zones"):
            self.create()

    def test_fails_when_the_revision_does_not_exist(self):
        self.name = unique("lost")
        with self.assert_refused("NotFoundException"):
            self.create(ConfigurationInfo={**self.create_configuration(), "Revision": 7})

    def test_tags_are_added_and_removed(self):
        self.kafka.tag_resource(ResourceArn=self.arn, Tags={"a": "1", "b": "2"})
        self.kafka.untag_resource(ResourceArn=self.arn, TagKeys=["a"])
        self.assertEqual(self.kafka.list_tags_for_resource(ResourceArn=self.arn)["Tags"], {"b": "2"})

    def test_a_deleted_cluster_is_gone(self):
        self.kafka.delete_cluster(ClusterArn=self.arn)
        with self.assert_refused("NotFoundException"):
            self.describe()


class ClusterAccessTest(KafkaTest):
    def authenticated(self, **authentication: Any) -> dict[str, Any]:
        self.name = unique("authenticated")
        arn = self.create(ClientAuthentication=authentication)
        answer = self.kafka.get_bootstrap_brokers(ClusterArn=arn)
        return {name: value for name, value in answer.items() if name.startswith("BootstrapBroker")}

    def test_scram_brokers_are_reached_on_port_9096_only(self):
        brokers = self.authenticated(Sasl={"Scram": {"Enabled": True}})
        self.assertEqual(list(brokers), ["BootstrapBrokerStringSaslScram"])
        addresses = brokers["BootstrapBrokerStringSaslScram"].split(",")
        self.assertEqual([address.rpartition(":")[2] for address in addresses], ["9096"] * 3)

    def test_iam_brokers_are_reached_on_port_9098(self):
        brokers = self.authenticated(Sasl={"Iam": {"Enabled": True}})
        self.assertTrue(brokers["BootstrapBrokerStringSaslIam"].endswith(":9098"))

    def test_mutual_tls_brokers_are_reached_on_port_9094(self):
        brokers = self.authenticated(Tls={"CertificateAuthorityArnList": ["arn:aws:acm-pca:::certificate-authority/a"]})
        self.assertEqual(list(brokers), ["BootstrapBrokerStringTls"])
        self.assertTrue(brokers["BootstrapBrokerStringTls"].endswith(":9094"))

    def test_an_open_cluster_over_tls_has_no_plain_port(self):
        self.assertEqual(list(self.authenticated()), ["BootstrapBrokerStringTls"])

    def test_every_broker_is_listed_with_its_host_in_no_order(self):
        self.kafka.update_broker_count(**self.current(), TargetNumberOfBrokerNodes=6)
        nodes = [node["BrokerNodeInfo"] for node in self.kafka.list_nodes(ClusterArn=self.arn)["NodeInfoList"]]
        self.assertEqual([node["BrokerId"] for node in nodes], [6, 5, 4, 3, 2, 1])
        self.assertTrue(nodes[0]["Endpoints"][0].startswith(f"b-6.{self.name}."))
        self.assertEqual([node["ClientSubnet"] for node in nodes], list(reversed(self.subnets)) * 2)

    def test_a_kraft_cluster_lists_its_controllers_too(self):
        self.name = unique("kraft")
        nodes = self.kafka.list_nodes(ClusterArn=self.create(KafkaVersion="3.8.x.kraft"))["NodeInfoList"]
        self.assertEqual(["BrokerNodeInfo" in node for node in nodes], [False] * 3 + [True] * 3)

    def create_secret(self, name: str, **options: Any) -> str:
        return self.aws("secretsmanager").create_secret(Name=name, SecretString="{}", **options)["ARN"]

    def associate(self, secret: str) -> list[dict[str, Any]]:
        answer = self.kafka.batch_associate_scram_secret(ClusterArn=self.arn, SecretArnList=[secret])
        return answer["UnprocessedScramSecrets"]

    def secrets(self) -> list[str]:
        return self.kafka.list_scram_secrets(ClusterArn=self.arn)["SecretArnList"]

    def test_a_secret_with_its_own_key_is_associated_and_disassociated(self):
        secret = self.create_secret(
            unique("AmazonMSK_user"), KmsKeyId=self.aws("kms").create_key()["KeyMetadata"]["Arn"]
        )
        self.assertEqual((self.associate(secret), self.secrets()), ([], [secret]))
        self.kafka.batch_disassociate_scram_secret(ClusterArn=self.arn, SecretArnList=[secret])
        self.assertEqual(self.secrets(), [])

    def test_fails_when_the_secret_has_another_prefix(self):
        problems = self.associate(self.create_secret(unique("user"), KmsKeyId="any"))
        self.assertIn("AmazonMSK_", problems[0]["ErrorMessage"])
        self.assertEqual(self.secrets(), [])

    def test_fails_when_the_secret_has_the_default_key(self):
        problems = self.associate(self.create_secret(unique("AmazonMSK_user")))
        self.assertIn("customer managed key", problems[0]["ErrorMessage"])

    def test_fails_when_the_secret_does_not_exist(self):
        problems = self.associate("arn:aws:secretsmanager:eu-central-1:123456789012:secret:AmazonMSK_none-abcdef")
        self.assertIn("does not exist", problems[0]["ErrorMessage"])

    def test_a_cluster_policy_is_put_read_and_deleted(self):
        policy = json.dumps({"Version": "2012-10-17", "Statement": []})
        self.kafka.put_cluster_policy(ClusterArn=self.arn, Policy=policy)
        self.assertEqual(self.kafka.get_cluster_policy(ClusterArn=self.arn)["Policy"], policy)
        self.kafka.delete_cluster_policy(ClusterArn=self.arn)
        with self.assert_refused("NotFoundException"):
            self.kafka.get_cluster_policy(ClusterArn=self.arn)


class ClusterUpdateTest(KafkaTest):
    def test_disks_grow_in_place(self):
        target = [{"KafkaBrokerNodeId": "All", "VolumeSizeGB": 250}]
        self.kafka.update_broker_storage(**self.current(), TargetBrokerEBSVolumeInfo=target)
        storage = self.describe()["BrokerNodeGroupInfo"]["StorageInfo"]
        self.assertEqual(storage["EbsStorageInfo"]["VolumeSize"], 250)

    def test_fails_when_disks_would_shrink(self):
        target = [{"KafkaBrokerNodeId": "All", "VolumeSizeGB": 50}]
        with self.assert_refused("BadRequestException", "cannot shrink from 100 to 50"):
            self.kafka.update_broker_storage(**self.current(), TargetBrokerEBSVolumeInfo=target)

    def test_throughput_of_the_disks_is_changed_in_place(self):
        throughput = {"Enabled": True, "VolumeThroughput": 250}
        self.kafka.update_storage(**self.current(), ProvisionedThroughput=throughput)
        storage = self.describe()["BrokerNodeGroupInfo"]["StorageInfo"]
        self.assertEqual(storage["EbsStorageInfo"]["ProvisionedThroughput"], throughput)

    def test_brokers_are_added_per_zone(self):
        self.kafka.update_broker_count(**self.current(), TargetNumberOfBrokerNodes=6)
        self.assertEqual(self.describe()["NumberOfBrokerNodes"], 6)

    def test_fails_when_brokers_are_added_unevenly(self):
        with self.assert_refused("BadRequestException", "multiple"):
            self.kafka.update_broker_count(**self.current(), TargetNumberOfBrokerNodes=5)

    def test_the_broker_type_is_changed_in_place(self):
        self.kafka.update_broker_type(**self.current(), TargetInstanceType="kafka.m7g.xlarge")
        self.assertEqual(self.describe()["BrokerNodeGroupInfo"]["InstanceType"], "kafka.m7g.xlarge")

    def test_kafka_is_upgraded_with_a_new_configuration_in_one_step(self):
        configuration = self.create_configuration()
        self.kafka.update_cluster_kafka_version(
            **self.current(), TargetKafkaVersion="3.9.x", ConfigurationInfo=configuration
        )
        software = self.describe()["CurrentBrokerSoftwareInfo"]
        self.assertEqual((software["KafkaVersion"], software["ConfigurationArn"]), ("3.9.x", configuration["Arn"]))

    def test_an_upgrade_without_configuration_keeps_the_one_in_use(self):
        configuration = self.create_configuration()
        self.kafka.update_cluster_configuration(**self.current(), ConfigurationInfo=configuration)
        self.kafka.update_cluster_kafka_version(**self.current(), TargetKafkaVersion="3.9.x")
        self.assertEqual(self.describe()["CurrentBrokerSoftwareInfo"]["ConfigurationArn"], configuration["Arn"])

    def test_fails_when_an_upgrade_would_leave_zookeeper(self):
        with self.assert_refused("BadRequestException", "KRaft"):
            self.kafka.update_cluster_kafka_version(**self.current(), TargetKafkaVersion="3.9.x.kraft")

    def test_monitoring_is_changed_in_place(self):
        logs = {"BrokerLogs": {"CloudWatchLogs": {"Enabled": True, "LogGroup": "brokers"}}}
        self.kafka.update_monitoring(**self.current(), EnhancedMonitoring="PER_BROKER", LoggingInfo=logs)
        described = self.describe()
        self.assertEqual((described["EnhancedMonitoring"], described["LoggingInfo"]), ("PER_BROKER", logs))

    def test_authentication_is_changed_in_place(self):
        authentication = {"Sasl": {"Scram": {"Enabled": True}, "Iam": {"Enabled": True}}}
        self.kafka.update_security(**self.current(), ClientAuthentication=authentication)
        self.assertEqual(self.describe()["ClientAuthentication"], authentication)

    def test_a_change_is_an_operation_that_can_be_polled(self):
        arn = self.kafka.update_broker_count(**self.current(), TargetNumberOfBrokerNodes=6)["ClusterOperationArn"]
        operation = self.kafka.describe_cluster_operation(ClusterOperationArn=arn)["ClusterOperationInfo"]
        self.assertEqual((operation["OperationState"], operation["ClusterArn"]), ("UPDATE_COMPLETE", self.arn))

    def test_fails_when_a_change_names_an_old_version_of_the_cluster(self):
        before = self.current()
        self.kafka.update_broker_count(**before, TargetNumberOfBrokerNodes=6)
        with self.assert_refused("BadRequestException", "not the current version"):
            self.kafka.update_broker_count(**before, TargetNumberOfBrokerNodes=9)
