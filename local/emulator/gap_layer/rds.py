"""RDS: MySQL 8.4 instances, their option and parameter groups, and a managed master password worth the name."""

from __future__ import annotations

import json
import re
import secrets
import uuid
from typing import Any
from xml.sax.saxutils import escape

from moto.rds.models import DBInstance, DBParameterGroup, MasterUserSecret, RDSBackend, rds_backends

from .http import AwsError, Request, Response, xml_response

NAMESPACE = "http://rds.amazonaws.com/doc/2014-10-31/"
DEFAULT_INSIGHTS_DAYS = 7

MONITORING = {
    "monitoring_interval": "monitoring_interval",
    "monitoring_role_arn": "monitoring_role_arn",
    "enable_performance_insights": "performance_insights_enabled",
    "performance_insights_kms_key_id": "performance_insights_kms_key_id",
    "performance_insights_retention_period": "performance_insights_retention_period",
}
"""The options of a request, and the names that an answer has them under."""


def repair() -> None:
    _give_instances_their_own_resource_id_and_monitoring()
    _generate_master_passwords()
    _mark_parameters_as_set_by_the_user()
    _offer_option_groups_for_mysql_84()


def _give_instances_their_own_resource_id_and_monitoring() -> None:
    """moto gives every instance the same resource id, which the provider looks instances up by, and drops enhanced
    monitoring and Performance Insights."""
    make, update = DBInstance.__init__, DBInstance.update

    def make_complete(self: Any, *arguments: Any, **options: Any) -> None:
        make(self, *arguments, **options)
        self.dbi_resource_id = f"db-{uuid.uuid4().hex[:26].upper()}"
        self.monitoring_interval = 0
        self.performance_insights_enabled = False
        self.performance_insights_retention_period = None
        _set_monitoring(self, options)

    def update_complete(self: Any, **options: Any) -> None:
        update(self, **options)
        _set_monitoring(self, options)

    DBInstance.__init__, DBInstance.update = make_complete, update_complete


def _set_monitoring(instance: Any, options: dict[str, Any]) -> None:
    for option, attribute in MONITORING.items():
        if options.get(option) is not None:
            setattr(instance, attribute, options[option])
    if instance.performance_insights_enabled:
        instance.performance_insights_retention_period = (
            instance.performance_insights_retention_period or DEFAULT_INSIGHTS_DAYS
        )


def _generate_master_passwords() -> None:
    """moto's managed secret always says `admin` with one known password; ours has the real user and a random one."""

    def secret_string(self: MasterUserSecret) -> str:
        return json.dumps({"username": self.resource.master_username, "password": secrets.token_urlsafe(24)})

    MasterUserSecret._generate_secret_string = secret_string


def _mark_parameters_as_set_by_the_user() -> None:
    """The provider ignores parameters of any other source, and would set them again with every apply."""
    update = DBParameterGroup.update_parameters

    def update_as_user(self: DBParameterGroup, parameters: Any) -> None:
        update(self, [{**parameter, "Source": "user"} for parameter in parameters])

    DBParameterGroup.update_parameters = update_as_user


def _offer_option_groups_for_mysql_84() -> None:
    """moto's list of MySQL versions ends at 8.0."""
    create = RDSBackend.create_option_group

    def create_for_84(self: RDSBackend, options: dict[str, Any]) -> Any:
        if (options["engine_name"], options["major_engine_version"]) != ("mysql", "8.4"):
            return create(self, options)
        group = create(self, {**options, "major_engine_version": "8.0"})
        group.major_engine_version = "8.4"
        return group

    RDSBackend.create_option_group = create_for_84


def reset_db_parameter_group(request: Request) -> Response:
    """How the provider takes a parameter out of a group; moto lacks it."""
    name = request.form["DBParameterGroupName"]
    group = rds_backends[request.account][request.region].db_parameter_groups.get(name)
    if group is None:
        raise AwsError("DBParameterGroupNotFound", f"DBParameterGroup {name} not found.", 404)
    for parameter in _parameters_to_reset(request) or list(group.parameters):
        group.parameters.pop(parameter, None)
    return _result(request.action, f"<DBParameterGroupName>{escape(name)}</DBParameterGroupName>")


def _parameters_to_reset(request: Request) -> list[str]:
    field = re.compile(r"Parameters\.\w+\.\d+\.ParameterName")
    return [value for name, value in request.form.items() if field.fullmatch(name)]


def _result(action: str, content: str) -> Response:
    result = f"<{action}Result>{content}</{action}Result>"
    return xml_response(f'<{action}Response xmlns="{NAMESPACE}">{result}</{action}Response>')


ANSWERED = {"ResetDBParameterGroup": reset_db_parameter_group}
