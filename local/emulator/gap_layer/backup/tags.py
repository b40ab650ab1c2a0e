"""Tags of every AWS Backup resource."""

from __future__ import annotations

from ..http import Document, Request
from .state import backup_of, found


def list_tags(request: Request) -> Document:
    return {"Tags": _tags_of(request)}


def tag_resource(request: Request) -> Document:
    _tags_of(request).update(request.document["Tags"])
    return {}


def untag_resource(request: Request) -> Document:
    for key in request.document["TagKeyList"]:
        _tags_of(request).pop(key, None)
    return {}


def _tags_of(request: Request) -> dict[str, str]:
    arn = request.path_parameters["resourceArn"]
    return found(backup_of(request).tags.get(arn), f"Resource {arn} does not exist")


ACTIONS = {"ListTags": list_tags, "TagResource": tag_resource, "UntagResource": untag_resource}
