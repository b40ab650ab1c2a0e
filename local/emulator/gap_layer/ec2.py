"""EC2: security group rules and launch templates as AWS returns them."""

from __future__ import annotations

from typing import Any

from moto.ec2.models import EC2Backend
from moto.ec2.models.security_groups import SecurityGroupRule

ALL_PROTOCOLS = "-1"


def repair() -> None:
    _keep_rule_descriptions()
    _compare_rules_by_what_they_allow()
    _modify_every_kind_of_rule()
    _keep_template_tags_out_of_its_data()


def _keep_rule_descriptions() -> None:
    """moto forgets the description of a rule whose source is a group or a prefix list."""
    make = SecurityGroupRule.__init__

    def make_with_description(
        self: Any,
        ec2_backend: Any,
        ip_protocol: str,
        group_id: str,
        from_port: str | None,
        to_port: str | None,
        ip_range: dict[str, str] | None,
        source_group: dict[str, str] | None = None,
        prefix_list_id: dict[str, str] | None = None,
        **options: Any,
    ) -> None:
        sources = (ip_range, source_group, prefix_list_id)
        make(self, ec2_backend, ip_protocol, group_id, from_port, to_port, *sources, **options)
        self.given_description = next((each["Description"] for each in sources if each and "Description" in each), None)

    SecurityGroupRule.__init__ = make_with_description
    SecurityGroupRule.description = property(lambda rule: rule.given_description)


def _compare_rules_by_what_they_allow() -> None:
    """AWS refuses a second rule for the same peer and ports whatever its description says; moto compares that too."""

    def identity(rule: Any) -> tuple:
        peer = (rule.cidr_ipv4, rule.cidr_ipv6, rule.source_group.get("GroupId"), rule.prefix_list_id)
        return (rule.ip_protocol, rule.from_port, rule.to_port, *peer)

    SecurityGroupRule.__eq__ = lambda rule, other: identity(rule) == identity(other)


def _modify_every_kind_of_rule() -> None:
    """moto can modify rules from an IPv4 range only, and wants ports even for a rule over all protocols."""
    modify = EC2Backend.modify_security_group_rules

    def modify_any(backend: Any, group_id: str, rules: dict[str, dict[str, Any]]) -> None:
        modify(backend, group_id, {rule_id: _with_ports(wanted) for rule_id, wanted in rules.items()})
        group = backend.get_security_group_by_name_or_id(group_id)
        for rule_id, wanted in rules.items():
            _apply(group.get_rule(rule_id), wanted)

    EC2Backend.modify_security_group_rules = modify_any


def _with_ports(wanted: dict[str, Any]) -> dict[str, Any]:
    return {"FromPort": -1, "ToPort": -1, **wanted} if wanted.get("IpProtocol") == ALL_PROTOCOLS else wanted


def _apply(rule: Any, wanted: dict[str, Any]) -> None:
    """A description left out is removed, as on AWS."""
    rule.given_description = wanted.get("Description")
    if rule.ip_protocol == ALL_PROTOCOLS:
        rule.from_port = rule.to_port = None
    if "CidrIpv6" in wanted:
        rule.ip_range["CidrIpv6"] = wanted["CidrIpv6"]
    if "PrefixListId" in wanted:
        rule.prefix_list_id = wanted["PrefixListId"]
    if "ReferencedGroupId" in wanted:
        rule.source_group["GroupId"] = wanted["ReferencedGroupId"]


def _keep_template_tags_out_of_its_data() -> None:
    """moto adds the template's own tags to the tags of what is launched from it, so every plan would remove them."""
    create = EC2Backend.create_launch_template

    def create_without_own_tags(backend: Any, name: str, description: str, data: dict[str, Any], tags: Any) -> Any:
        specifications = data.get("TagSpecifications", [])
        others = [each for each in specifications if each["ResourceType"] != "launch-template"]
        if specifications:
            data = {**data, "TagSpecifications": others}
        return create(backend, name, description, data, tags)

    EC2Backend.create_launch_template = create_without_own_tags
