"""IAM: how moto judges the conditions of a policy."""

from __future__ import annotations

from typing import Any

from moto.iam.access_control import IAMPolicyStatement, PermissionResult


def repair() -> None:
    """Makes a conditional Deny count only when moto knows what it asks for.

    moto treats any condition operator but `StringEquals` as met. The usual TLS-only bucket policy (Deny when
    `aws:SecureTransport` is false) would so deny every object call, the one of Terraform's own S3 backend included.
    """
    judge = IAMPolicyStatement.is_action_permitted

    def judge_known_conditions(
        self: IAMPolicyStatement,
        action: str,
        resource: str = "*",
        principal: str | None = None,
        incoming_condition_values: dict[str, str] | None = None,
    ) -> PermissionResult:
        if _asks_for_unknown(self._statement, incoming_condition_values or {}):
            return PermissionResult.NEUTRAL
        return judge(self, action, resource, principal, incoming_condition_values)

    IAMPolicyStatement.is_action_permitted = judge_known_conditions


def _asks_for_unknown(statement: dict[str, Any], known: dict[str, str]) -> bool:
    conditions = statement.get("Condition", {})
    keys = {key for expected in conditions.values() for key in expected}
    return statement["Effect"] == "Deny" and not keys <= known.keys()
