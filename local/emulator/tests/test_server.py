"""The server itself: start, stop, what it does not know, and many callers at once."""

from __future__ import annotations

import json
import unittest
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import boto3
from botocore.config import Config

from .emulator import REGION, EmulatorTest, RunningEmulator, shared_emulator, unique


class ServerTest(EmulatorTest):
    def test_health_says_that_it_is_ready(self):
        with urllib.request.urlopen(f"{shared_emulator().url}/_gap_layer/health") as answer:
            self.assertEqual(json.load(answer), {"status": "ready"})

    def test_what_the_layer_does_not_know_is_answered_by_moto(self):
        identity = self.aws("sts").get_caller_identity()
        self.assertEqual(identity["Account"], "123456789012")

    def test_every_package_that_moto_needs_is_there(self):
        """To list the services that have endpoints, moto loads all that it knows."""
        services = self.aws("ec2").describe_vpc_endpoint_services()["ServiceNames"]
        self.assertIn(f"com.amazonaws.{REGION}.s3", services)

    def test_attaching_a_policy_of_aws_itself_works(self):
        iam, role = self.aws("iam"), unique("role")
        iam.create_role(RoleName=role, AssumeRolePolicyDocument='{"Version": "2012-10-17", "Statement": []}')
        iam.attach_role_policy(RoleName=role, PolicyArn="arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy")
        attached = iam.list_attached_role_policies(RoleName=role)["AttachedPolicies"]
        self.assertEqual([policy["PolicyName"] for policy in attached], ["AmazonEKSWorkerNodePolicy"])

    def test_many_callers_at_once_all_get_what_they_asked_for(self):
        ec2 = self.aws("ec2")
        vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]

        def make(number: int) -> str:
            return ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{number}.0/24")["Subnet"]["CidrBlock"]

        with ThreadPoolExecutor(16) as pool:
            made = list(pool.map(make, range(64)))
        found = ec2.describe_subnets(Filters=[{"Name": "vpc-id", "Values": [vpc]}])["Subnets"]
        self.assertCountEqual([subnet["CidrBlock"] for subnet in found], made)

    def test_a_call_that_is_sent_again_is_not_done_again(self):
        ec2 = self.aws_calling("ec2", unique("call"))
        first, second = (ec2.create_vpc(CidrBlock="10.0.0.0/16") for _ in range(2))
        self.assertEqual(first["Vpc"]["VpcId"], second["Vpc"]["VpcId"])

    def test_a_refused_call_that_is_sent_again_is_tried_again(self):
        kms = self.aws_calling("kms", unique("call"))
        alias = f"alias/{unique('key')}"
        with self.assert_refused("NotFoundException"):
            kms.create_alias(AliasName=alias, TargetKeyId="00000000-0000-0000-0000-000000000000")
        kms.create_alias(AliasName=alias, TargetKeyId=self.aws("kms").create_key()["KeyMetadata"]["KeyId"])

    def aws_calling(self, service: str, call: str):
        """A client that gives every call the same id, as if it were one that is repeated."""
        client = shared_emulator().client(service)
        client.meta.events.register(
            f"before-send.{service}", lambda request, **_: request.headers.__setitem__("amz-sdk-invocation-id", call)
        )
        return client

    def test_regions_are_apart(self):
        name = unique("vault")
        self.aws("backup").create_backup_vault(BackupVaultName=name)
        with self.assert_refused("ResourceNotFoundException"):
            self.aws("backup", "us-east-1").describe_backup_vault(BackupVaultName=name)


class UnimplementedTest(EmulatorTest):
    def test_an_action_missing_in_a_faked_service_is_named(self):
        with self.assert_refused("EmulatorGap", "eks ListCapabilities"):
            self.aws("eks").list_capabilities(clusterName="any")

    def test_an_action_missing_in_moto_is_named_for_the_json_dialect(self):
        with self.assert_refused("EmulatorGap", "logs ListIntegrations"):
            self.aws("logs").list_integrations()

    def test_an_action_missing_in_moto_is_named_for_the_query_dialect(self):
        with self.assert_refused("EmulatorGap", "rds DescribeReservedDBInstances"):
            self.aws("rds").describe_reserved_db_instances()

    def test_an_action_missing_in_moto_is_named_for_the_ec2_dialect(self):
        with self.assert_refused("EmulatorGap", "ec2 DescribeFastLaunchImages"):
            self.aws("ec2").describe_fast_launch_images()

    def test_a_missing_action_is_not_repeated_by_the_sdk(self):
        config = Config(retries={"max_attempts": 5, "mode": "standard"})
        credentials = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
        url = shared_emulator().url
        eks = boto3.client("eks", region_name=REGION, endpoint_url=url, config=config, **credentials)
        with self.assert_refused("EmulatorGap"):
            eks.describe_insight(clusterName="once", id="any")
        calls = shared_emulator().logged("DescribeInsight")
        self.assertEqual([line["status"] for line in calls], [501])


class LifetimeTest(unittest.TestCase):
    def test_sigterm_ends_the_server_cleanly(self):
        self.assertEqual(RunningEmulator().stop(), 0)

    def test_a_reset_of_moto_forgets_the_faked_services_too(self):
        emulator = RunningEmulator()
        self.addCleanup(emulator.stop)
        emulator.client("backup").create_backup_vault(BackupVaultName="gone")
        urllib.request.urlopen(f"{emulator.url}/moto-api/reset", data=b"").close()
        self.assertEqual(emulator.client("backup").list_backup_vaults()["BackupVaultList"], [])
