"""Restore testing: plans that restore a recovery point on a schedule, and the selections of what they restore."""

from __future__ import annotations

from ..http import Document, Request
from ..state import now
from .state import RestoreTestingPlan, arn_of, backup_of, found, refuse_existing

POINT_DEFAULTS = {"ExcludeVaults": [], "SelectionWindowDays": 30}


def create_restore_testing_plan(request: Request) -> Document:
    backup, wanted = backup_of(request), request.document["RestoreTestingPlan"]
    name = wanted["RestoreTestingPlanName"]
    refuse_existing(backup.restore_testing_plans.get(name), f"Restore testing plan {name} already exists")
    description = _plan_description(request, wanted)
    backup.restore_testing_plans[name] = RestoreTestingPlan(description)
    backup.tags[description["RestoreTestingPlanArn"]] = request.document.get("Tags") or {}
    return _plan_summary(description)


def get_restore_testing_plan(request: Request) -> Document:
    return {"RestoreTestingPlan": _plan_of(request).description}


def update_restore_testing_plan(request: Request) -> Document:
    description = _plan_of(request).description
    description.update(request.document["RestoreTestingPlan"], LastUpdateTime=now())
    return {**_plan_summary(description), "UpdateTime": description["LastUpdateTime"]}


def delete_restore_testing_plan(request: Request) -> Document:
    description = _plan_of(request).description
    del backup_of(request).restore_testing_plans[description["RestoreTestingPlanName"]]
    del backup_of(request).tags[description["RestoreTestingPlanArn"]]
    return {}


def create_restore_testing_selection(request: Request) -> Document:
    plan, wanted = _plan_of(request), request.document["RestoreTestingSelection"]
    name = wanted["RestoreTestingSelectionName"]
    refuse_existing(plan.selections.get(name), f"Restore testing selection {name} already exists")
    plan.selections[name] = _selection_description(plan, wanted)
    return _selection_summary(plan, plan.selections[name])


def get_restore_testing_selection(request: Request) -> Document:
    return {"RestoreTestingSelection": _selection_of(request)}


def update_restore_testing_selection(request: Request) -> Document:
    selection = _selection_of(request)
    selection.update(request.document["RestoreTestingSelection"])
    return {**_selection_summary(_plan_of(request), selection), "UpdateTime": now()}


def delete_restore_testing_selection(request: Request) -> Document:
    del _plan_of(request).selections[_selection_of(request)["RestoreTestingSelectionName"]]
    return {}


def _plan_of(request: Request) -> RestoreTestingPlan:
    name = request.path_parameters["RestoreTestingPlanName"]
    return found(backup_of(request).restore_testing_plans.get(name), f"Restore testing plan {name} does not exist")


def _selection_of(request: Request) -> Document:
    name = request.path_parameters["RestoreTestingSelectionName"]
    return found(_plan_of(request).selections.get(name), f"Restore testing selection {name} does not exist")


def _plan_description(request: Request, wanted: Document) -> Document:
    return {
        "ScheduleExpressionTimezone": "Etc/UTC",
        "StartWindowHours": 24,
        **wanted,
        "RecoveryPointSelection": {**POINT_DEFAULTS, **wanted["RecoveryPointSelection"]},
        "RestoreTestingPlanArn": arn_of(request, "restore-testing-plan", wanted["RestoreTestingPlanName"]),
        "CreationTime": now(),
    }


def _plan_summary(description: Document) -> Document:
    names = ("RestoreTestingPlanName", "RestoreTestingPlanArn", "CreationTime")
    return {name: description[name] for name in names}


def _selection_description(plan: RestoreTestingPlan, wanted: Document) -> Document:
    return {
        "ValidationWindowHours": 0,
        "RestoreMetadataOverrides": {},
        "ProtectedResourceConditions": {"StringEquals": [], "StringNotEquals": []},
        **wanted,
        "RestoreTestingPlanName": plan.description["RestoreTestingPlanName"],
        "CreationTime": now(),
    }


def _selection_summary(plan: RestoreTestingPlan, selection: Document) -> Document:
    names = ("RestoreTestingPlanName", "RestoreTestingSelectionName", "CreationTime")
    arn = plan.description["RestoreTestingPlanArn"]
    return {**{name: selection[name] for name in names}, "RestoreTestingPlanArn": arn}


ACTIONS = {
    "CreateRestoreTestingPlan": create_restore_testing_plan,
    "GetRestoreTestingPlan": get_restore_testing_plan,
    "UpdateRestoreTestingPlan": update_restore_testing_plan,
    "DeleteRestoreTestingPlan": delete_restore_testing_plan,
    "CreateRestoreTestingSelection": create_restore_testing_selection,
    "GetRestoreTestingSelection": get_restore_testing_selection,
    "UpdateRestoreTestingSelection": update_restore_testing_selection,
    "DeleteRestoreTestingSelection": delete_restore_testing_selection,
}
