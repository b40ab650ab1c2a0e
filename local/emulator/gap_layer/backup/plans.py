"""Backup plans and the selections of resources that they apply to."""

from __future__ import annotations

from ..http import AwsError, Document, Request
from ..state import new_id, now
from .state import Plan, arn_of, backup_of, found

RULE_DEFAULTS = {"StartWindowMinutes": 480, "CompletionWindowMinutes": 10_080, "ScheduleExpressionTimezone": "Etc/UTC"}


def create_backup_plan(request: Request) -> Document:
    backup, plan_id = backup_of(request), new_id()
    description = {
        "BackupPlanId": plan_id,
        "BackupPlanArn": arn_of(request, "backup-plan", plan_id),
        "CreationDate": now(),
        **_content(request),
    }
    backup.plans[plan_id] = Plan(description)
    backup.tags[description["BackupPlanArn"]] = request.document.get("BackupPlanTags") or {}
    return _summary(description)


def list_backup_plans(request: Request) -> Document:
    plans = backup_of(request).plans.values()
    return {"BackupPlansList": [_list_entry(plan.description) for plan in plans]}


def get_backup_plan(request: Request) -> Document:
    return _plan_of(request).description


def update_backup_plan(request: Request) -> Document:
    """A change makes a new version with new rules."""
    description = _plan_of(request).description
    description.update(_content(request))
    return _summary(description)


def delete_backup_plan(request: Request) -> Document:
    """AWS refuses while selections exist: the order of a destroy is part of what is proven."""
    plan = _plan_of(request)
    if plan.selections:
        message = "Related backup plan selections must be deleted prior to backup plan deletion"
        raise AwsError("InvalidRequestException", message, 400)
    description = plan.description
    del backup_of(request).plans[description["BackupPlanId"]]
    del backup_of(request).tags[description["BackupPlanArn"]]
    identity = {name: description[name] for name in ("BackupPlanId", "BackupPlanArn", "VersionId")}
    return {**identity, "DeletionDate": now()}


def create_backup_selection(request: Request) -> Document:
    plan, selection_id = _plan_of(request), new_id()
    plan.selections[selection_id] = {
        "SelectionId": selection_id,
        "BackupPlanId": plan.description["BackupPlanId"],
        "CreationDate": now(),
        "BackupSelection": request.document["BackupSelection"],
    }
    return {name: value for name, value in plan.selections[selection_id].items() if name != "BackupSelection"}


def list_backup_selections(request: Request) -> Document:
    return {"BackupSelectionsList": [_selection_entry(each) for each in _plan_of(request).selections.values()]}


def get_backup_selection(request: Request) -> Document:
    return _selection_of(request)


def delete_backup_selection(request: Request) -> Document:
    del _plan_of(request).selections[_selection_of(request)["SelectionId"]]
    return {}


def _plan_of(request: Request) -> Plan:
    plan_id = request.path_parameters["backupPlanId"]
    return found(backup_of(request).plans.get(plan_id), f"Cannot find Backup plan with ID {plan_id}")


def _selection_of(request: Request) -> Document:
    """The provider tells that a selection is gone from the words `Cannot find Backup plan`, under this code."""
    selection = _plan_of(request).selections.get(request.path_parameters["selectionId"])
    if selection is None:
        raise AwsError("InvalidParameterValueException", "Cannot find Backup plan with the given selection", 400)
    return selection


def _content(request: Request) -> Document:
    wanted = request.document["BackupPlan"]
    rules = [{**RULE_DEFAULTS, **rule, "RuleId": new_id()} for rule in wanted["Rules"]]
    return {"VersionId": new_id(), "BackupPlan": {**wanted, "Rules": rules}}


def _summary(description: Document) -> Document:
    return {name: description[name] for name in ("BackupPlanId", "BackupPlanArn", "CreationDate", "VersionId")}


def _list_entry(description: Document) -> Document:
    return {**_summary(description), "BackupPlanName": description["BackupPlan"]["BackupPlanName"]}


def _selection_entry(selection: Document) -> Document:
    chosen = {name: selection["BackupSelection"][name] for name in ("SelectionName", "IamRoleArn")}
    return {**chosen, "SelectionId": selection["SelectionId"], "BackupPlanId": selection["BackupPlanId"]}


ACTIONS = {
    "CreateBackupPlan": create_backup_plan,
    "ListBackupPlans": list_backup_plans,
    "GetBackupPlan": get_backup_plan,
    "UpdateBackupPlan": update_backup_plan,
    "DeleteBackupPlan": delete_backup_plan,
    "CreateBackupSelection": create_backup_selection,
    "ListBackupSelections": list_backup_selections,
    "GetBackupSelection": get_backup_selection,
    "DeleteBackupSelection": delete_backup_selection,
}
