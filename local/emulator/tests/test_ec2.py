"""EC2: security group rules and launch templates."""

from __future__ import annotations

from typing import Any

from .emulator import EmulatorTest, unique

HTTPS = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443}


class SecurityGroupRuleTest(EmulatorTest):
    def setUp(self) -> None:
        self.ec2 = self.aws("ec2")
        self.vpc = self.ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
        self.group, self.peer = self.create_group(), self.create_group()

    def create_group(self) -> str:
        return self.ec2.create_security_group(GroupName=unique("group"), Description="d", VpcId=self.vpc)["GroupId"]

    def allow(self, tags: dict[str, str] | None = None, **permission: Any) -> str:
        specification = [
            {"ResourceType": "security-group-rule", "Tags": [{"Key": key, "Value": value}]}
            for key, value in (tags or {}).items()
        ]
        answer = self.ec2.authorize_security_group_ingress(
            GroupId=self.group, IpPermissions=[{**HTTPS, **permission}], TagSpecifications=specification
        )
        return answer["SecurityGroupRules"][0]["SecurityGroupRuleId"]

    def allow_peer(self, description: str, **permission: Any) -> str:
        return self.allow(UserIdGroupPairs=[{"GroupId": self.peer, "Description": description}], **permission)

    def read(self, rule: str) -> dict[str, Any]:
        return self.ec2.describe_security_group_rules(SecurityGroupRuleIds=[rule])["SecurityGroupRules"][0]

    def test_a_rule_from_a_group_keeps_its_description(self):
        rule = self.read(self.allow_peer("from the nodes"))
        self.assertEqual((rule["Description"], rule["ReferencedGroupInfo"]["GroupId"]), ("from the nodes", self.peer))

    def test_a_rule_from_a_prefix_list_keeps_its_description(self):
        prefixes = self.ec2.describe_managed_prefix_lists()["PrefixLists"][0]["PrefixListId"]
        rule = self.read(self.allow(PrefixListIds=[{"PrefixListId": prefixes, "Description": "gateway"}]))
        self.assertEqual((rule["Description"], rule["PrefixListId"]), ("gateway", prefixes))

    def test_a_rule_from_a_range_keeps_its_description(self):
        rule = self.read(self.allow(IpRanges=[{"CidrIp": "10.0.0.0/16", "Description": "network"}]))
        self.assertEqual(rule["Description"], "network")

    def test_a_rule_without_a_description_has_none(self):
        self.assertNotIn("Description", self.read(self.allow(UserIdGroupPairs=[{"GroupId": self.peer}])))

    def test_a_rule_keeps_its_tags(self):
        rule = self.read(self.allow(tags={"Name": "s3"}, IpRanges=[{"CidrIp": "10.0.0.0/16"}]))
        self.assertEqual(rule["Tags"], [{"Key": "Name", "Value": "s3"}])

    def test_fails_when_a_rule_differs_from_another_only_by_its_description(self):
        self.allow_peer("first")
        with self.assert_refused("InvalidPermission.Duplicate"):
            self.allow_peer("second")

    def test_rules_from_the_same_peer_to_other_ports_are_no_duplicates(self):
        rules = {self.allow_peer("https"), self.allow_peer("mysql", FromPort=3306, ToPort=3306)}
        self.assertEqual(len(rules), 2)

    def modify(self, rule: str, **wanted: Any) -> None:
        update = {"SecurityGroupRuleId": rule, "SecurityGroupRule": {**HTTPS, **wanted}}
        self.ec2.modify_security_group_rules(GroupId=self.group, SecurityGroupRules=[update])

    def test_the_description_of_a_rule_from_a_group_is_changed_in_place(self):
        rule = self.allow_peer("before")
        self.modify(rule, ReferencedGroupId=self.peer, Description="after")
        self.assertEqual(self.read(rule)["Description"], "after")

    def test_a_rule_over_all_protocols_is_changed_in_place_without_ports(self):
        rule = self.allow_peer("before", IpProtocol="-1")
        update = {"IpProtocol": "-1", "ReferencedGroupId": self.peer, "Description": "after"}
        changes = [{"SecurityGroupRuleId": rule, "SecurityGroupRule": update}]
        self.ec2.modify_security_group_rules(GroupId=self.group, SecurityGroupRules=changes)
        self.assertEqual((self.read(rule)["Description"], self.read(rule)["IpProtocol"]), ("after", "-1"))

    def test_a_rule_takes_another_group(self):
        rule, other = self.allow_peer("any"), self.create_group()
        self.modify(rule, ReferencedGroupId=other)
        self.assertEqual(self.read(rule)["ReferencedGroupInfo"]["GroupId"], other)

    def test_a_revoked_rule_is_gone(self):
        rule = self.allow_peer("any")
        self.ec2.revoke_security_group_ingress(GroupId=self.group, SecurityGroupRuleIds=[rule])
        filters = [{"Name": "group-id", "Values": [self.group]}]
        rules = self.ec2.describe_security_group_rules(Filters=filters)["SecurityGroupRules"]
        self.assertEqual([each for each in rules if not each["IsEgress"]], [])


class LaunchTemplateTest(EmulatorTest):
    def test_the_tags_of_a_template_are_not_tags_of_its_instances(self):
        ec2, tags = self.aws("ec2"), [{"Key": "Project", "Value": "trino"}]
        instances = {"ResourceType": "instance", "Tags": [{"Key": "Name", "Value": "node"}]}
        made = ec2.create_launch_template(
            LaunchTemplateName=unique("template"),
            LaunchTemplateData={"InstanceType": "m7g.large", "TagSpecifications": [instances]},
            TagSpecifications=[{"ResourceType": "launch-template", "Tags": tags}],
        )["LaunchTemplate"]
        versions = ec2.describe_launch_template_versions(LaunchTemplateId=made["LaunchTemplateId"])
        data = versions["LaunchTemplateVersions"][0]["LaunchTemplateData"]
        self.assertEqual((made["Tags"], data["TagSpecifications"]), (tags, [instances]))
