"""S3: settings kept as they were put, and policies that do not lock the owner out."""

from __future__ import annotations

import json
from typing import Any

from .emulator import REGION, EmulatorTest, unique

TLS_ONLY = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Sid": "TlsOnly",
            "Effect": "Deny",
            "Principal": "*",
            "Action": "s3:*",
            "Resource": "*",
            "Condition": {"Bool": {"aws:SecureTransport": "false"}},
        },
        {
            "Sid": "NewTlsOnly",
            "Effect": "Deny",
            "Principal": {"AWS": "*"},
            "Action": "s3:*",
            "Resource": "*",
            "Condition": {"NumericLessThan": {"s3:TlsVersion": "1.2"}},
        },
    ],
}


class BucketTest(EmulatorTest):
    def setUp(self) -> None:
        self.s3 = self.aws("s3")
        self.bucket = unique("bucket")
        self.create()

    def create(self) -> None:
        self.s3.create_bucket(Bucket=self.bucket, CreateBucketConfiguration={"LocationConstraint": REGION})

    def put_rules(self, *rules: dict[str, Any]) -> None:
        complete = [{"Status": "Enabled", "Filter": {}, **rule} for rule in rules]
        self.s3.put_bucket_lifecycle_configuration(Bucket=self.bucket, LifecycleConfiguration={"Rules": complete})

    def rules(self) -> list[dict[str, Any]]:
        return self.s3.get_bucket_lifecycle_configuration(Bucket=self.bucket)["Rules"]

    def test_lifecycle_rules_are_read_back_in_full(self):
        matching = {"And": {"Prefix": "tmp/", "ObjectSizeGreaterThan": 1, "Tags": [{"Key": "k", "Value": "v"}]}}
        noncurrent = {"NoncurrentDays": 90, "NewerNoncurrentVersions": 3}
        self.put_rules(
            {"ID": "tmp", "Filter": matching, "Expiration": {"Days": 4}},
            {"ID": "old", "NoncurrentVersionExpiration": noncurrent},
            {"ID": "parts", "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 7}},
        )
        tmp, old, parts = self.rules()
        self.assertEqual((tmp["Filter"], tmp["Expiration"]), (matching, {"Days": 4}))
        self.assertEqual(old["NoncurrentVersionExpiration"], noncurrent)
        self.assertEqual(parts["AbortIncompleteMultipartUpload"], {"DaysAfterInitiation": 7})

    def test_the_smallest_object_that_is_moved_is_told_with_the_rules(self):
        self.put_rules({"ID": "any", "Expiration": {"Days": 1}})
        answer = self.s3.get_bucket_lifecycle_configuration(Bucket=self.bucket)
        self.assertEqual(answer["TransitionDefaultMinimumObjectSize"], "all_storage_classes_128K")

    def test_deleted_lifecycle_rules_are_gone(self):
        self.put_rules({"ID": "any", "Expiration": {"Days": 1}})
        self.s3.delete_bucket_lifecycle(Bucket=self.bucket)
        with self.assert_refused("NoSuchLifecycleConfiguration"):
            self.rules()

    def test_a_bucket_made_anew_has_no_rules_of_its_predecessor(self):
        self.put_rules({"ID": "any", "Expiration": {"Days": 1}})
        self.s3.delete_bucket(Bucket=self.bucket)
        self.create()
        with self.assert_refused("NoSuchLifecycleConfiguration"):
            self.rules()

    def test_fails_when_the_bucket_does_not_exist(self):
        self.bucket = unique("nowhere")
        with self.assert_refused("NoSuchBucket"):
            self.put_rules({"ID": "any", "Expiration": {"Days": 1}})

    def test_a_bucket_tells_that_it_notifies_eventbridge(self):
        configuration = {"EventBridgeConfiguration": {}}
        self.s3.put_bucket_notification_configuration(Bucket=self.bucket, NotificationConfiguration=configuration)
        self.assertIn("EventBridgeConfiguration", self.s3.get_bucket_notification_configuration(Bucket=self.bucket))

    def test_a_new_bucket_notifies_nobody(self):
        self.assertNotIn("EventBridgeConfiguration", self.s3.get_bucket_notification_configuration(Bucket=self.bucket))

    def test_a_tls_only_policy_lets_objects_through(self):
        self.s3.put_bucket_policy(Bucket=self.bucket, Policy=json.dumps(TLS_ONLY))
        self.s3.put_object(Bucket=self.bucket, Key="a/b c", Body=b"1")
        self.assertEqual(self.s3.get_object(Bucket=self.bucket, Key="a/b c")["Body"].read(), b"1")

    def test_fails_when_a_policy_denies_without_a_condition(self):
        deny = {"Effect": "Deny", "Principal": "*", "Action": "s3:PutObject", "Resource": "*"}
        self.s3.put_bucket_policy(Bucket=self.bucket, Policy=json.dumps({"Version": "2012-10-17", "Statement": [deny]}))
        with self.assert_refused("403"):  # what moto says for AccessDenied
            self.s3.put_object(Bucket=self.bucket, Key="a", Body=b"1")

    def test_a_bucket_can_be_emptied_of_delete_markers_after_its_versioning_was_suspended(self):
        self.s3.put_bucket_versioning(Bucket=self.bucket, VersioningConfiguration={"Status": "Enabled"})
        for _ in range(2):
            self.s3.put_object(Bucket=self.bucket, Key="a", Body=b"1")
            self.s3.delete_object(Bucket=self.bucket, Key="a")
        self.s3.put_bucket_versioning(Bucket=self.bucket, VersioningConfiguration={"Status": "Suspended"})
        found = self.s3.list_object_versions(Bucket=self.bucket)
        versions = [*found["Versions"], *found["DeleteMarkers"]]
        objects = [{"Key": version["Key"], "VersionId": version["VersionId"]} for version in versions]
        self.s3.delete_objects(Bucket=self.bucket, Delete={"Objects": objects})
        self.assertNotIn("Versions", self.s3.list_object_versions(Bucket=self.bucket))
        self.s3.delete_bucket(Bucket=self.bucket)

    def test_only_one_of_two_holders_gets_terraforms_lock(self):
        lock = {"Bucket": self.bucket, "Key": "terraform.tfstate.tflock", "IfNoneMatch": "*"}
        self.s3.put_object(**lock, Body=b"first")
        with self.assert_refused("PreconditionFailed"):
            self.s3.put_object(**lock, Body=b"second")
