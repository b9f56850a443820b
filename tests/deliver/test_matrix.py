"""A real Matrix homeserver (Synapse), where one is installed: what members of the room are sent."""

import json
import os
import shutil
import socket
import subprocess
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from monitor.deliver import Sender
from monitor.model.alert import Result
from tests.deliver.conftest import NOTE, receiver

#: The command of the package matrix-synapse, or of Debian's.
SYNAPSE = shutil.which("synapse_homeserver", path=f"{os.environ.get('PATH', '')}:/opt/venvs/matrix-synapse/bin")

pytestmark = pytest.mark.skipif(SYNAPSE is None, reason="Synapse (the package matrix-synapse) is not installed")

CONFIG = """\
server_name: localhost
pid_file: {folder}/pid
listeners: [{{port: {port}, tls: false, type: http, bind_addresses: [127.0.0.1], resources: [{{names: [client]}}]}}]
database: {{name: sqlite3, args: {{database: {folder}/homeserver.db}}}}
log_config: {folder}/log.yaml
media_store_path: {folder}/media
signing_key_path: {folder}/signing.key
macaroon_secret_key: a
form_secret: b
report_stats: false
enable_registration: true
enable_registration_without_verification: true
trusted_key_servers: []
suppress_key_server_warning: true
"""
LOG = """\
version: 1
formatters: {plain: {format: "%(message)s"}}
handlers: {console: {class: logging.StreamHandler, formatter: plain}}
root: {level: INFO, handlers: [console]}
disable_existing_loggers: false
"""


class Member:
    """Someone in the room #alerts, who has made it."""

    def __init__(self, port: int) -> None:
        self._address, self._token = f"http://127.0.0.1:{port}/_matrix/client/v3", ""
        self._register("bot")
        self._token = self._register("reader")
        self._ask("POST", "/createRoom", {"room_alias_name": "alerts", "preset": "public_chat"})
        self._since = self._ask("GET", "/sync")["next_batch"]

    def sees(self) -> list[dict[str, Any]]:
        """The messages that came since it looked last."""
        new = self._ask("GET", f"/sync?since={self._since}&timeout=1000")
        self._since = new["next_batch"]
        rooms = new.get("rooms", {}).get("join", {}).values()
        events = [event for room in rooms for event in room["timeline"]["events"]]
        return [event for event in events if event["type"] == "m.room.message"]

    def _register(self, name: str) -> str:
        form = {"username": name, "password": "s3cret", "auth": {"type": "m.login.dummy"}}
        return str(self._ask("POST", "/register", form)["access_token"])

    def _ask(self, method: str, path: str, form: Mapping[str, object] | None = None) -> dict[str, Any]:
        headers = {"Content-Type": "application/json"}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        body = None if form is None else json.dumps(form).encode()
        request = urllib.request.Request(self._address + path, method=method, headers=headers, data=body)
        with urllib.request.urlopen(request, timeout=60) as answer:
            told: dict[str, Any] = json.load(answer)
        return told


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    """Where a homeserver listens while the test runs."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    config = tmp_path / "homeserver.yaml"
    config.write_text(CONFIG.format(folder=tmp_path, port=port))
    (tmp_path / "log.yaml").write_text(LOG)
    command = [str(SYNAPSE), "-c", str(config)]
    subprocess.run([*command, "--generate-keys"], check=True, capture_output=True)
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        for line in server.stderr:  # it says when it listens; should it end, so do its lines
            if "Synapse now listening" in line:
                break
        yield port
        server.kill()


async def test_members_see_the_alert_and_its_follow_up_in_a_thread(sender: Sender, port: int) -> None:
    """An alert stands in the room with its words marked and its link whole; a follow-up stands in its thread."""
    member = Member(port)
    room = receiver(f"matrix://bot:s3cret@127.0.0.1:{port}/%23alerts")
    answer = await sender.notify(room, NOTE)
    [first] = member.sees()
    assert (answer.result, answer.receipt) == (Result.SENT, first["event_id"])
    assert "<b>иностранных агентов</b>" in first["content"]["formatted_body"]
    assert first["content"]["body"].startswith(NOTE.title)
    assert "https://meduza.io/news/1?a=1&b=2\nAlert 1234" in first["content"]["body"]
    await sender.notify(room, replace(NOTE, title="News of it", follows=(answer.receipt,)))
    [second] = member.sees()
    relation = second["content"]["m.relates_to"]
    assert (relation["rel_type"], relation["event_id"]) == ("m.thread", first["event_id"])
