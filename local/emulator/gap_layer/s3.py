"""S3: bucket settings of which moto keeps only a part are kept as the XML that was put.

moto drops `newer_noncurrent_versions`, object sizes and tags from lifecycle rules (the provider then waits three
minutes for them to appear) and the EventBridge switch from notifications.
"""

from __future__ import annotations

from dataclasses import dataclass

from moto.s3.models import FakeDeleteMarker, s3_backends

from .http import AwsError, Request, Response, xml_response

MINIMUM_SIZE_HEADER = "x-amz-transition-default-minimum-object-size"
DEFAULT_MINIMUM_SIZE = "all_storage_classes_128K"
NO_NOTIFICATIONS = '<NotificationConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"/>'


def repair() -> None:
    """Lets delete markers go from a bucket whose versioning was suspended, as Terraform empties it before deleting it.

    moto then frees the memory of every version of an object; a marker holds none, and has no way to.
    """
    FakeDeleteMarker.dispose = lambda self: None


@dataclass
class BucketSettings:
    lifecycle: str | None = None
    minimum_size: str = DEFAULT_MINIMUM_SIZE
    """Belongs to the lifecycle, but travels as a header."""
    notification: str = NO_NOTIFICATIONS


def put_lifecycle(request: Request) -> Response:
    settings = _settings_of(request)
    settings.lifecycle = request.body.decode()
    settings.minimum_size = request.headers.get(MINIMUM_SIZE_HEADER, DEFAULT_MINIMUM_SIZE)
    return xml_response("", headers={MINIMUM_SIZE_HEADER: settings.minimum_size})


def get_lifecycle(request: Request) -> Response:
    settings = _settings_of(request)
    if settings.lifecycle is None:
        raise AwsError("NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist", 404)
    return xml_response(settings.lifecycle, headers={MINIMUM_SIZE_HEADER: settings.minimum_size})


def delete_lifecycle(request: Request) -> Response:
    _settings_of(request).lifecycle = None
    return xml_response("", 204)


def put_notification(request: Request) -> Response:
    _settings_of(request).notification = request.body.decode()
    return xml_response("")


def get_notification(request: Request) -> Response:
    return xml_response(_settings_of(request).notification)


def _settings_of(request: Request) -> BucketSettings:
    """Kept on moto's own bucket, so that they are gone when it is."""
    bucket = s3_backends[request.account]["aws"].buckets.get(request.path_parameters["Bucket"])
    if bucket is None:
        raise AwsError("NoSuchBucket", "The specified bucket does not exist", 404)
    return vars(bucket).setdefault("gap_layer_settings", BucketSettings())


ANSWERED = {
    "PutBucketLifecycleConfiguration": put_lifecycle,
    "GetBucketLifecycleConfiguration": get_lifecycle,
    "DeleteBucketLifecycle": delete_lifecycle,
    "PutBucketNotificationConfiguration": put_notification,
    "GetBucketNotificationConfiguration": get_notification,
}
