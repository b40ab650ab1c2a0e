"""AWS Backup: vaults, plans and restore testing."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from .emulator import EmulatorTest, unique

ROLE = "arn:aws:iam::123456789012:role/backup"


class VaultTest(EmulatorTest):
    def setUp(self) -> None:
        self.backup = self.aws("backup")
        self.vault = {"BackupVaultName": unique("vault")}
        self.arn = self.backup.create_backup_vault(**self.vault, BackupVaultTags={"a": "1"})["BackupVaultArn"]

    def describe(self) -> dict[str, Any]:
        return self.backup.describe_backup_vault(**self.vault)

    def test_a_new_vault_is_not_locked(self):
        self.assertEqual((self.describe()["BackupVaultArn"], self.describe()["Locked"]), (self.arn, False))

    def test_tags_given_at_creation_are_listed_and_changed(self):
        self.backup.tag_resource(ResourceArn=self.arn, Tags={"b": "2"})
        self.backup.untag_resource(ResourceArn=self.arn, TagKeyList=["a"])
        self.assertEqual(self.backup.list_tags(ResourceArn=self.arn)["Tags"], {"b": "2"})

    def test_a_lock_without_a_grace_time_can_be_removed(self):
        self.backup.put_backup_vault_lock_configuration(**self.vault, MinRetentionDays=7, MaxRetentionDays=90)
        locked = self.describe()
        self.assertEqual((locked["Locked"], locked["MinRetentionDays"], locked["MaxRetentionDays"]), (True, 7, 90))
        self.assertNotIn("LockDate", locked)
        self.backup.delete_backup_vault_lock_configuration(**self.vault)
        self.assertFalse(self.describe()["Locked"])

    def test_a_lock_with_a_grace_time_becomes_final_after_it(self):
        self.backup.put_backup_vault_lock_configuration(**self.vault, ChangeableForDays=3)
        self.assertGreater(self.describe()["LockDate"], datetime.now(UTC) + timedelta(days=2))

    def test_a_policy_is_put_read_and_deleted(self):
        policy = json.dumps({"Version": "2012-10-17", "Statement": []})
        self.backup.put_backup_vault_access_policy(**self.vault, Policy=policy)
        self.assertEqual(self.backup.get_backup_vault_access_policy(**self.vault)["Policy"], policy)
        self.backup.delete_backup_vault_access_policy(**self.vault)
        with self.assert_refused("ResourceNotFoundException"):
            self.backup.get_backup_vault_access_policy(**self.vault)

    def test_notifications_are_put_read_and_deleted(self):
        wanted = {"SNSTopicArn": "arn:aws:sns:::topic", "BackupVaultEvents": ["BACKUP_JOB_FAILED"]}
        self.backup.put_backup_vault_notifications(**self.vault, **wanted)
        read = self.backup.get_backup_vault_notifications(**self.vault)
        self.assertEqual({name: read[name] for name in wanted}, wanted)
        self.backup.delete_backup_vault_notifications(**self.vault)
        with self.assert_refused("ResourceNotFoundException"):
            self.backup.get_backup_vault_notifications(**self.vault)

    def test_fails_when_the_name_is_taken(self):
        with self.assert_refused("AlreadyExistsException"):
            self.backup.create_backup_vault(**self.vault)

    def test_a_vault_is_empty_and_can_be_deleted(self):
        self.assertEqual(self.backup.list_recovery_points_by_backup_vault(**self.vault)["RecoveryPoints"], [])
        self.backup.delete_backup_vault(**self.vault)
        with self.assert_refused("ResourceNotFoundException"):
            self.describe()


class PlanTest(EmulatorTest):
    def setUp(self) -> None:
        self.backup = self.aws("backup")
        made = self.backup.create_backup_plan(BackupPlan=self.plan(days=35), BackupPlanTags={"a": "1"})
        self.plan_id, self.arn = made["BackupPlanId"], made["BackupPlanArn"]

    def plan(self, days: int) -> dict[str, Any]:
        rule = {"RuleName": "daily", "TargetBackupVaultName": "v", "Lifecycle": {"DeleteAfterDays": days}}
        return {"BackupPlanName": "plan", "Rules": [rule]}

    def rule(self) -> dict[str, Any]:
        return self.backup.get_backup_plan(BackupPlanId=self.plan_id)["BackupPlan"]["Rules"][0]

    def select(self) -> str:
        selection = {"SelectionName": "all", "IamRoleArn": ROLE, "Resources": ["*"]}
        return self.backup.create_backup_selection(BackupPlanId=self.plan_id, BackupSelection=selection)["SelectionId"]

    def test_a_rule_gets_the_windows_of_aws(self):
        self.assertEqual((self.rule()["StartWindowMinutes"], self.rule()["CompletionWindowMinutes"]), (480, 10_080))

    def test_tags_given_at_creation_are_listed(self):
        self.assertEqual(self.backup.list_tags(ResourceArn=self.arn)["Tags"], {"a": "1"})

    def test_a_change_makes_a_new_version_with_the_new_rule(self):
        before = self.backup.get_backup_plan(BackupPlanId=self.plan_id)["VersionId"]
        changed = self.backup.update_backup_plan(BackupPlanId=self.plan_id, BackupPlan=self.plan(days=90))
        self.assertNotEqual(changed["VersionId"], before)
        self.assertEqual(self.rule()["Lifecycle"]["DeleteAfterDays"], 90)

    def test_a_selection_is_listed_read_and_deleted(self):
        key = {"BackupPlanId": self.plan_id, "SelectionId": self.select()}
        listed = self.backup.list_backup_selections(BackupPlanId=self.plan_id)["BackupSelectionsList"]
        self.assertEqual([each["SelectionName"] for each in listed], ["all"])
        self.assertEqual(self.backup.get_backup_selection(**key)["BackupSelection"]["Resources"], ["*"])
        self.backup.delete_backup_selection(**key)
        with self.assert_refused("InvalidParameterValueException", "Cannot find Backup plan"):
            self.backup.get_backup_selection(**key)

    def test_fails_when_a_plan_with_selections_is_deleted(self):
        self.select()
        with self.assert_refused("InvalidRequestException", "selections must be deleted"):
            self.backup.delete_backup_plan(BackupPlanId=self.plan_id)

    def test_a_deleted_plan_is_gone(self):
        self.backup.delete_backup_plan(BackupPlanId=self.plan_id)
        with self.assert_refused("ResourceNotFoundException"):
            self.backup.get_backup_plan(BackupPlanId=self.plan_id)


class RestoreTestingTest(EmulatorTest):
    def setUp(self) -> None:
        self.backup = self.aws("backup")
        self.name = unique("plan").replace("-", "_")
        self.arn = self.backup.create_restore_testing_plan(RestoreTestingPlan=self.plan())["RestoreTestingPlanArn"]
        self.selection = {"RestoreTestingPlanName": self.name, "RestoreTestingSelectionName": "databases"}

    def plan(self) -> dict[str, Any]:
        points = {"Algorithm": "LATEST_WITHIN_WINDOW", "IncludeVaults": ["*"], "RecoveryPointTypes": ["SNAPSHOT"]}
        schedule = "cron(0 5 ? * SUN *)"
        return {"RestoreTestingPlanName": self.name, "ScheduleExpression": schedule, "RecoveryPointSelection": points}

    def read_plan(self) -> dict[str, Any]:
        return self.backup.get_restore_testing_plan(RestoreTestingPlanName=self.name)["RestoreTestingPlan"]

    def read_selection(self) -> dict[str, Any]:
        return self.backup.get_restore_testing_selection(**self.selection)["RestoreTestingSelection"]

    def select(self) -> None:
        selection = {
            "RestoreTestingSelectionName": "databases",
            "ProtectedResourceType": "RDS",
            "IamRoleArn": ROLE,
            "ProtectedResourceArns": ["*"],
        }
        self.backup.create_restore_testing_selection(
            RestoreTestingPlanName=self.name, RestoreTestingSelection=selection
        )

    def test_a_plan_gets_the_windows_of_aws(self):
        plan = self.read_plan()
        self.assertEqual((plan["StartWindowHours"], plan["RecoveryPointSelection"]["SelectionWindowDays"]), (24, 30))

    def test_a_plan_is_changed_in_place(self):
        change = {"ScheduleExpression": "cron(0 6 ? * SUN *)"}
        self.backup.update_restore_testing_plan(RestoreTestingPlanName=self.name, RestoreTestingPlan=change)
        plan = self.read_plan()
        self.assertEqual({**plan, **change}, plan)
        self.assertEqual(plan["RestoreTestingPlanArn"], self.arn)

    def test_a_selection_is_changed_in_place(self):
        self.select()
        change = {"IamRoleArn": ROLE, "ValidationWindowHours": 8}
        self.backup.update_restore_testing_selection(**self.selection, RestoreTestingSelection=change)
        selection = self.read_selection()
        self.assertEqual((selection["ValidationWindowHours"], selection["ProtectedResourceType"]), (8, "RDS"))

    def test_selection_and_plan_are_deleted_in_that_order(self):
        self.select()
        self.backup.delete_restore_testing_selection(**self.selection)
        with self.assert_refused("ResourceNotFoundException"):
            self.read_selection()
        self.backup.delete_restore_testing_plan(RestoreTestingPlanName=self.name)
        with self.assert_refused("ResourceNotFoundException"):
            self.read_plan()
