"""What the tests share: one server for the whole run, and an account of its own for each test class.

``ANDAMIO_EMULATOR_PLAIN=1 python -m unittest discover -s emulator/tests`` serves moto without the patches. Every patch
test is then expected to fail; one that passes is reported as an unexpected success, and the run fails: that test, or
its patch, is not needed.
"""

from __future__ import annotations

import itertools
import os
import threading
import unittest
from typing import Any, Callable, Dict, List

import boto3
from botocore.client import BaseClient
from botocore.config import Config

from andamio_emulator.server import PLAIN, Emulator

REGION = "us-east-1"
IS_PLAIN = os.environ.get(PLAIN) == "1"

_accounts = itertools.count(100000000001)
_emulator: List[Emulator] = []


def emulator() -> Emulator:
    """The running server; started when the first test asks for it."""
    if not _emulator:
        server = Emulator()
        threading.Thread(target=server.serve_forever, daemon=True).start()
        _emulator.append(server)
    return _emulator[0]


def make_client(service: str, account: str, region: str = REGION) -> BaseClient:
    """A boto3 client that works in the given account (moto reads it from a header, in place of credentials)."""
    client = boto3.client(
        service,
        region_name=region,
        endpoint_url=f"http://127.0.0.1:{emulator().port}",
        aws_access_key_id="emulator",
        aws_secret_access_key="emulator",
        config=Config(retries={"max_attempts": 0}, s3={"addressing_style": "path"}),
    )

    def add_account(request: Any, **_: Any) -> None:
        request.headers["x-moto-account-id"] = account

    client.meta.events.register("before-send", add_account)
    return client


class EmulatorTest(unittest.TestCase):
    """Base of all tests against the running server."""

    account: str

    @classmethod
    def setUpClass(cls) -> None:
        cls.account = str(next(_accounts))
        cls._clients: Dict[str, BaseClient] = {}

    def client(self, service: str) -> BaseClient:
        if service not in self._clients:
            self._clients[service] = make_client(service, self.account)
        return self._clients[service]

    def assert_refused(self, code: str, call: Callable[..., Any], **arguments: Any) -> None:
        """The call is answered with the AWS error of this code."""
        with self.assertRaises(Exception) as caught:
            call(**arguments)
        self.assertEqual(code, getattr(caught.exception, "response", {}).get("Error", {}).get("Code"), caught.exception)


class PatchTest(EmulatorTest):
    """Tests of patches: each says why its patch exists, and fails without it."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if IS_PLAIN:
            for name, method in vars(cls).items():
                if name.startswith("test_"):
                    unittest.expectedFailure(method)


def make_vpc(ec2: BaseClient, cidr: str = "10.0.0.0/16") -> str:
    return ec2.create_vpc(CidrBlock=cidr)["Vpc"]["VpcId"]


def make_subnet(ec2: BaseClient, vpc_id: str, cidr: str = "10.0.0.0/24", zone: str = "a", **arguments: Any) -> str:
    subnet = ec2.create_subnet(VpcId=vpc_id, CidrBlock=cidr, AvailabilityZone=f"{REGION}{zone}", **arguments)
    return subnet["Subnet"]["SubnetId"]


def amazon_image(ec2: BaseClient) -> Dict[str, Any]:
    """An image whose root disk is not /dev/sda1, like Amazon Linux."""
    images = ec2.describe_images(Owners=["amazon"], Filters=[{"Name": "name", "Values": ["amzn2-ami-hvm-*"]}])["Images"]
    return next(image for image in images if image["RootDeviceName"] == "/dev/xvda")
