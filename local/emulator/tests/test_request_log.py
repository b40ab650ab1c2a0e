"""The request log names every call and keeps no secret."""

from __future__ import annotations

import unittest

from gap_layer.request_log import MASK, masked

from .emulator import EmulatorTest, shared_emulator, unique


class RequestLogTest(EmulatorTest):
    def last(self, action: str):
        return shared_emulator().logged(action)[-1]

    def test_a_line_names_service_action_body_and_status(self):
        name = unique("vault")
        self.aws("backup").create_backup_vault(BackupVaultName=name, BackupVaultTags={"a": "b"})
        line = self.last("CreateBackupVault")
        self.assertEqual((line["service"], line["status"]), ("backup", 200))
        self.assertEqual(line["body"]["BackupVaultTags"], {"a": "b"})

    def test_a_refusal_is_logged_with_its_text(self):
        with self.assert_refused("ResourceNotFoundException"):
            self.aws("eks").describe_cluster(name="nowhere")
        self.assertIn("No cluster found for name: nowhere", self.last("DescribeCluster")["error"])

    def test_the_value_of_a_secret_is_masked(self):
        self.aws("secretsmanager").create_secret(Name=unique("secret"), SecretString="hunter2")
        self.assertEqual(self.last("CreateSecret")["body"]["SecretString"], MASK)
        self.assertNotIn("hunter2", shared_emulator().log_file.read_text())

    def test_a_password_in_a_form_is_masked(self):
        self.aws("rds").create_db_instance(
            DBInstanceIdentifier=unique("db"),
            DBInstanceClass="db.m7g.large",
            Engine="mysql",
            MasterUsername="root",
            MasterUserPassword="hunter3-hunter3",
        )
        line = self.last("CreateDBInstance")
        self.assertEqual((line["body"]["MasterUserPassword"], line["body"]["MasterUsername"]), (MASK, "root"))

    def test_objects_are_not_logged(self):
        s3, bucket = self.aws("s3"), unique("bucket")
        s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
        s3.put_object(Bucket=bucket, Key="state.tfstate", Body=b"hunter4")
        self.assertNotIn("hunter4", shared_emulator().log_file.read_text())


class MaskedTest(unittest.TestCase):
    def test_secrets_are_found_at_any_depth(self):
        self.assertEqual(masked({"a": [{"Password": "x", "b": 1}]}), {"a": [{"Password": MASK, "b": 1}]})

    def test_a_switch_about_passwords_is_no_secret(self):
        self.assertEqual(masked({"ManageMasterUserPassword": "true"}), {"ManageMasterUserPassword": "true"})
