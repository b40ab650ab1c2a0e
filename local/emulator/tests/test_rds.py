"""RDS: instances, parameter groups and option groups of MySQL 8.4."""

from __future__ import annotations

import json
from typing import Any

from .emulator import EmulatorTest, unique


class InstanceTest(EmulatorTest):
    def setUp(self) -> None:
        self.rds = self.aws("rds")

    def create(self, **options: Any) -> dict[str, Any]:
        self.name = unique("db")
        wanted = {
            "DBInstanceIdentifier": self.name,
            "DBInstanceClass": "db.m7g.large",
            "Engine": "mysql",
            "EngineVersion": "8.4.5",
            "MasterUsername": "root",
            "ManageMasterUserPassword": True,
            **options,
        }
        return self.rds.create_db_instance(**wanted)["DBInstance"]

    def read(self) -> dict[str, Any]:
        return self.rds.describe_db_instances(DBInstanceIdentifier=self.name)["DBInstances"][0]

    def modify(self, **options: Any) -> None:
        self.rds.modify_db_instance(DBInstanceIdentifier=self.name, ApplyImmediately=True, **options)

    def test_every_instance_has_a_resource_id_of_its_own(self):
        self.assertNotEqual(self.create()["DbiResourceId"], self.create()["DbiResourceId"])

    def test_an_instance_is_found_by_its_resource_id(self):
        resource_id = self.create()["DbiResourceId"]
        filters = [{"Name": "dbi-resource-id", "Values": [resource_id]}]
        found = self.rds.describe_db_instances(Filters=filters)["DBInstances"]
        self.assertEqual([each["DBInstanceIdentifier"] for each in found], [self.name])

    def managed_secret(self) -> dict[str, str]:
        arn = self.create()["MasterUserSecret"]["SecretArn"]
        return json.loads(self.aws("secretsmanager").get_secret_value(SecretId=arn)["SecretString"])

    def test_the_managed_secret_has_the_master_user_and_a_password_of_its_own(self):
        one, other = self.managed_secret(), self.managed_secret()
        self.assertEqual(one["username"], "root")
        self.assertNotEqual(one["password"], other["password"])

    def test_enhanced_monitoring_is_read_back(self):
        made = self.create(MonitoringInterval=60, MonitoringRoleArn="arn:aws:iam::123456789012:role/m")
        self.assertEqual((made["MonitoringInterval"], made["MonitoringRoleArn"][-7:]), (60, ":role/m"))

    def test_performance_insights_are_read_back(self):
        made = self.create(EnablePerformanceInsights=True, PerformanceInsightsRetentionPeriod=31)
        self.assertEqual((made["PerformanceInsightsEnabled"], made["PerformanceInsightsRetentionPeriod"]), (True, 31))

    def test_performance_insights_keep_a_week_unless_told_otherwise(self):
        self.assertEqual(self.create(EnablePerformanceInsights=True)["PerformanceInsightsRetentionPeriod"], 7)

    def test_an_instance_without_them_has_neither(self):
        made = self.create()
        self.assertEqual((made["MonitoringInterval"], made["PerformanceInsightsEnabled"]), (0, False))

    def test_monitoring_is_switched_on_and_off_in_place(self):
        self.create()
        self.modify(MonitoringInterval=30, EnablePerformanceInsights=True)
        self.assertEqual((self.read()["MonitoringInterval"], self.read()["PerformanceInsightsEnabled"]), (30, True))
        self.modify(MonitoringInterval=0, EnablePerformanceInsights=False)
        self.assertEqual((self.read()["MonitoringInterval"], self.read()["PerformanceInsightsEnabled"]), (0, False))

    def test_another_change_keeps_the_retention_of_performance_insights(self):
        self.create(EnablePerformanceInsights=True, PerformanceInsightsRetentionPeriod=31)
        self.modify(EngineVersion="8.4.6")
        self.assertEqual(
            (self.read()["EngineVersion"], self.read()["PerformanceInsightsRetentionPeriod"]), ("8.4.6", 31)
        )


class ParameterGroupTest(EmulatorTest):
    def setUp(self) -> None:
        self.rds = self.aws("rds")
        self.group = {"DBParameterGroupName": unique("parameters")}
        self.rds.create_db_parameter_group(**self.group, DBParameterGroupFamily="mysql8.4", Description="d")
        self.set(slow_query_log="1", log_output="FILE")

    def set(self, **values: str) -> None:
        parameters = [
            {"ParameterName": name, "ParameterValue": value, "ApplyMethod": "immediate"}
            for name, value in values.items()
        ]
        self.rds.modify_db_parameter_group(**self.group, Parameters=parameters)

    def read(self) -> dict[str, str]:
        parameters = self.rds.describe_db_parameters(**self.group)["Parameters"]
        return {each["ParameterName"]: each["Source"] for each in parameters}

    def test_parameters_say_that_the_user_set_them(self):
        self.assertEqual(self.read(), {"slow_query_log": "user", "log_output": "user"})

    def test_a_parameter_is_taken_out(self):
        gone = [{"ParameterName": "slow_query_log", "ApplyMethod": "immediate"}]
        self.rds.reset_db_parameter_group(**self.group, Parameters=gone)
        self.assertEqual(list(self.read()), ["log_output"])

    def test_all_parameters_are_taken_out(self):
        self.rds.reset_db_parameter_group(**self.group, ResetAllParameters=True)
        self.assertEqual(self.read(), {})

    def test_fails_when_the_group_does_not_exist(self):
        with self.assert_refused("DBParameterGroupNotFound", "nowhere"):
            self.rds.reset_db_parameter_group(DBParameterGroupName="nowhere", ResetAllParameters=True)


class OptionGroupTest(EmulatorTest):
    def create(self, version: str) -> dict[str, Any]:
        made = self.aws("rds").create_option_group(
            OptionGroupName=unique("options"),
            EngineName="mysql",
            MajorEngineVersion=version,
            OptionGroupDescription="d",
        )
        return made["OptionGroup"]

    def test_an_option_group_for_mysql_84_can_be_made(self):
        self.assertEqual(self.create("8.4")["MajorEngineVersion"], "8.4")

    def test_fails_when_mysql_never_had_the_version(self):
        with self.assert_refused("InvalidParameterCombination", "9.9"):
            self.create("9.9")
