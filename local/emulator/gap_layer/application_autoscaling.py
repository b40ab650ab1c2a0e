"""Application Auto Scaling: the tags of scalable targets, which moto neither keeps nor lists and the provider reads."""

from __future__ import annotations

import json

from .http import Document, Request, Response
from .state import Regional

TAGS: Regional[dict[str, dict[str, str]]] = Regional(dict)
"""By the ARN of the scalable target."""


def remember_tags(request: Request, response: Response) -> Response:
    """Registering is also how a target is changed; a change does not touch its tags."""
    arn = json.loads(response.body)["ScalableTargetARN"]
    TAGS.of(request).setdefault(arn, {}).update(request.document.get("Tags") or {})
    return response


def list_tags(request: Request) -> Document:
    return {"Tags": _tags_of(request)}


def tag_resource(request: Request) -> Document:
    _tags_of(request).update(request.document["Tags"])
    return {}


def untag_resource(request: Request) -> Document:
    for key in request.document["TagKeys"]:
        _tags_of(request).pop(key, None)
    return {}


def _tags_of(request: Request) -> dict[str, str]:
    return TAGS.of(request).setdefault(request.document["ResourceARN"], {})


ANSWERED = {"ListTagsForResource": list_tags, "TagResource": tag_resource, "UntagResource": untag_resource}

AMENDED = {"RegisterScalableTarget": remember_tags}
