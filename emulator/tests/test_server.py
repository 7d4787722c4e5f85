"""The server itself and the framework: how it starts, says that it is ready, answers and stops."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.request
from pathlib import Path
from typing import Any, Dict, List

from andamio_emulator import extension, server
from tests.support import IS_PLAIN, EmulatorTest, emulator

PACKAGE_ROOT = str(Path(server.__file__).parent.parent)
START_SECONDS = 30


def start(*arguments: str, path: str = "") -> "subprocess.Popen[str]":
    search_path = os.pathsep.join(filter(None, [path, PACKAGE_ROOT]))
    command = [sys.executable, "-m", "andamio_emulator", *arguments]
    environment = {**os.environ, "PYTHONPATH": search_path}
    return subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)


def wait_for(path: Path) -> Dict[str, Any]:
    deadline = time.time() + START_SECONDS
    while not path.exists():
        if time.time() > deadline:
            raise TimeoutError(f"{path} was not written")
        time.sleep(0.05)
    return json.loads(path.read_text())


class ProcessTest(unittest.TestCase):
    def setUp(self) -> None:
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.directory = Path(directory.name)

    @unittest.skipIf(IS_PLAIN, "moto prints a trace for what it does not implement")
    def test_life_of_a_server(self) -> None:
        """It takes a free port, says so in the ready file, answers, logs no signature, and stops when told to."""
        ready, log = self.directory / "ready.json", self.directory / "requests.log"
        process = start("--ready-file", str(ready), "--log-file", str(log))
        try:
            identity = wait_for(ready)
            self.assertEqual(process.pid, identity["pid"])
            connection = http.client.HTTPConnection("127.0.0.1", identity["port"])
            connection.request("GET", "/andamio/health")
            self.assertEqual(identity, json.load(connection.getresponse()))
            signature = "AWS4-HMAC-SHA256 Credential=key/20260101/us-east-1/ec2/aws4_request, Signature=do-not-log"
            headers = {"Authorization": signature, "Content-Type": "application/x-www-form-urlencoded"}
            connection.request("POST", "/", body="Action=NoSuchAction&Version=2016-11-15", headers=headers)
            self.assertEqual(400, connection.getresponse().status)
        finally:
            process.send_signal(signal.SIGTERM)
            _, errors = process.communicate(timeout=60)
        self.assertEqual((0, ""), (process.returncode, errors))
        lines = [json.loads(line) for line in log.read_text().splitlines()]
        described = tuple(lines[-1][key] for key in ("service", "operation", "status"))
        self.assertEqual(("ec2", "NoSuchAction", 400), described)
        self.assertNotIn("do-not-log", log.read_text())

    def test_port_in_use_is_said_in_one_line(self) -> None:
        process = start("--port", str(emulator().port))
        _, errors = process.communicate(timeout=START_SECONDS)
        self.assertEqual(1, process.returncode)
        self.assertRegex(errors, r"^andamio_emulator: cannot listen on 127\.0\.0\.1:\d+: .+\n$")

    def test_other_moto_is_refused_with_the_fix(self) -> None:
        """The patches reach into moto: another version is another moto."""
        metadata = self.directory / "moto-4.0.0.dist-info"
        metadata.mkdir()
        (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: moto\nVersion: 4.0.0\n")
        process = start(path=str(self.directory))
        _, errors = process.communicate(timeout=START_SECONDS)
        self.assertEqual(server.EXIT_NO_MOTO, process.returncode)
        self.assertIn("moto 4.0.0 is installed", errors)
        self.assertIn("pip install 'moto[server]==5.2.1'", errors)


class AnswerTest(EmulatorTest):
    def get(self, path: str) -> Any:
        return urllib.request.urlopen(f"http://127.0.0.1:{emulator().port}{path}", timeout=60)

    def test_motos_own_page_answers(self) -> None:
        self.assertEqual(200, self.get("/moto-api/").status)

    def test_connection_stays_open(self) -> None:
        """A provider makes hundreds of requests; one after another on a connection, each must end where it should."""
        connection = http.client.HTTPConnection("127.0.0.1", emulator().port, timeout=60)
        statuses: List[int] = []
        for _ in range(3):
            connection.request("PUT", "/andamio/health", body=b"x" * 1000)
            answer = connection.getresponse()
            answer.read()
            statuses.append(answer.status)
            self.assertFalse(answer.will_close)
        self.assertEqual([200, 200, 200], statuses)

    def test_body_without_a_length_is_read(self) -> None:
        """``Transfer-Encoding: chunked``: moto reads as many bytes as the length says."""
        connection = http.client.HTTPConnection("127.0.0.1", emulator().port, timeout=60)
        signature = "AWS4-HMAC-SHA256 Credential=key/20260101/us-east-1/ec2/aws4_request, Signature=s"
        headers = {"Authorization": signature, "Content-Type": "application/x-www-form-urlencoded"}
        parts = iter([b"Action=Describe", b"Vpcs&Version=2016-11-15"])
        connection.request("POST", "/", body=parts, headers=headers, encode_chunked=True)
        self.assertEqual(200, connection.getresponse().status)

    @unittest.skipIf(IS_PLAIN, "moto answers with an HTML page")
    def test_what_is_missing_is_refused_at_once(self) -> None:
        """moto's HTML page with status 500 is retried by the provider, for minutes; this is not."""
        self.assert_refused("NotImplementedByEmulator", self.client("ec2").describe_ipams)


class RegistrationTest(unittest.TestCase):
    def test_an_operation_has_one_answer(self) -> None:
        extension.operation("imagined", "Operation")(lambda call, params: {})
        with self.assertRaisesRegex(ValueError, "imagined Operation is answered twice"):
            extension.operation("imagined", "Operation")(lambda call, params: {})

    def test_reset_forgets_what_the_extension_remembers(self) -> None:
        """Without the server: moto's own reset of all the accounts that the other tests made takes half a minute."""
        extension.STORE.table("account", "region", "imagined", "kind")["key"] = "value"
        application = extension.extend(lambda environ, start_response: [])
        application({"PATH_INFO": "/moto-api/reset"}, lambda *_: None)
        self.assertEqual({}, extension.STORE.table("account", "region", "imagined", "kind"))
