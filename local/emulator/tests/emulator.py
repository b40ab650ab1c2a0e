"""One really started emulator for all tests, and the base class through which they call it as any AWS client would."""

from __future__ import annotations

import atexit
import json
import subprocess
import sys
import tempfile
import unittest
import uuid
from functools import lru_cache
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from .conformance import refuse_fields_that_aws_lacks

FOLDER = Path(__file__).parent.parent
REGION = "eu-central-1"


class RunningEmulator:
    """A server process on a free port, with a request log."""

    def __init__(self) -> None:
        self.log_file = Path(tempfile.mkdtemp()) / "requests.jsonl"
        command = [sys.executable, "-m", "gap_layer", "--port", "0", "--log", str(self.log_file)]
        self.process = subprocess.Popen(command, cwd=FOLDER, stdout=subprocess.PIPE, text=True)
        self.url = self.process.stdout.readline().split()[-1]

    def stop(self) -> int:
        self.process.terminate()
        self.process.stdout.close()
        return self.process.wait(timeout=10)

    def client(self, service: str, region: str = REGION) -> Any:
        client = boto3.client(
            service,
            region_name=region,
            endpoint_url=self.url,
            aws_access_key_id="test",
            aws_secret_access_key="test",
            config=Config(retries={"max_attempts": 0}, s3={"addressing_style": "path"}),
        )
        client.meta.events.register(f"after-call.{service}", refuse_fields_that_aws_lacks)
        return client

    def logged(self, action: str) -> list[dict[str, Any]]:
        lines = map(json.loads, self.log_file.read_text().splitlines())
        return [line for line in lines if line["action"] == action]


@lru_cache
def shared_emulator() -> RunningEmulator:
    emulator = RunningEmulator()
    atexit.register(emulator.stop)
    return emulator


@lru_cache
def shared_client(service: str, region: str = REGION) -> Any:
    return shared_emulator().client(service, region)


def unique(prefix: str) -> str:
    """Names that no other test uses."""
    return f"{prefix}-{uuid.uuid4().hex[:8]}"


class EmulatorTest(unittest.TestCase):
    def aws(self, service: str, region: str = REGION) -> Any:
        return shared_client(service, region)

    def make_subnets(self, zones: str = "ab") -> list[str]:
        """One subnet per zone letter in a VPC of its own."""
        ec2 = self.aws("ec2")
        vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
        return [
            ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{number}.0/24", AvailabilityZone=f"{REGION}{zone}")["Subnet"][
                "SubnetId"
            ]
            for number, zone in enumerate(zones)
        ]

    def assert_refused(self, code: str, text: str = ""):
        """A `with` block in which AWS refuses a call with this code and a message that contains the text."""
        return _Refusal(self, code, text)


class _Refusal:
    def __init__(self, test: unittest.TestCase, code: str, text: str) -> None:
        self._test, self._code, self._text = test, code, text

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: Any, error: Any, _trace: Any) -> bool:
        self._test.assertIsInstance(error, ClientError, f"the call was not refused with {self._code}")
        self._test.assertEqual(error.response["Error"]["Code"], self._code, error)
        self._test.assertIn(self._text, error.response["Error"]["Message"])
        return True
