"""Calls are told apart by AWS's own service models."""

from __future__ import annotations

import unittest

from gap_layer.http import Request
from gap_layer.operations import REST_SERVICES, identify, operations_of, success_status
from gap_layer.services import AMENDED, ANSWERED, FAKED


def request(service: str, method: str, path: str, **query: str) -> Request:
    values = {name.replace("_", "-"): [value] for name, value in query.items()}
    made = Request(method, path, values, {}, b"", service, "eu-central-1", "123456789012")
    identify(made)
    return made


class OperationsTest(unittest.TestCase):
    def test_every_action_of_a_rest_service_that_we_answer_is_one_that_aws_has(self):
        for table in (FAKED, ANSWERED, AMENDED):
            for service in REST_SERVICES:
                known = {operation.name for operation in operations_of(service)}
                with self.subTest(service):
                    self.assertLessEqual(set(table.get(service, {})), known)

    def test_an_encoded_arn_with_slashes_is_one_parameter(self):
        arn = "arn:aws:kafka:eu-central-1:123456789012:cluster/a/b-2"
        asked = request(
            "kafka", "GET", "/v1/clusters/arn%3Aaws%3Akafka%3Aeu-central-1%3A123456789012%3Acluster%2Fa%2Fb-2"
        )
        self.assertEqual((asked.action, asked.path_parameters), ("DescribeCluster", {"clusterArn": arn}))

    def test_a_longer_path_is_another_call(self):
        self.assertEqual(
            request("eks", "POST", "/clusters/c/node-groups/n/update-version").action, "UpdateNodegroupVersion"
        )

    def test_a_fixed_path_wins_over_a_parameter(self):
        self.assertEqual(request("backup", "GET", "/backup/plans/").action, "ListBackupPlans")
        self.assertEqual(request("backup", "GET", "/backup/plans/p/").action, "GetBackupPlan")

    def test_s3_settings_are_told_apart_by_the_query(self):
        self.assertEqual(request("s3", "PUT", "/b", lifecycle="").action, "PutBucketLifecycleConfiguration")
        self.assertEqual(request("s3", "PUT", "/b").action, "CreateBucket")
        self.assertEqual(request("s3", "GET", "/b", list_type="2").action, "ListObjectsV2")

    def test_an_s3_key_may_contain_slashes(self):
        asked = request("s3", "PUT", "/b/warehouse/t/1.parquet")
        self.assertEqual((asked.action, asked.path_parameters["Key"]), ("PutObject", "warehouse/t/1.parquet"))

    def test_a_part_of_an_upload_is_told_from_a_whole_object(self):
        self.assertEqual(request("s3", "PUT", "/b/k", partNumber="1", uploadId="u").action, "UploadPart")

    def test_success_has_the_status_that_aws_declares(self):
        self.assertEqual(success_status("backup", "CreateRestoreTestingPlan"), 201)
        self.assertEqual(success_status("kafka", "TagResource"), 204)
        self.assertEqual(success_status("eks", "CreateCluster"), 200)
