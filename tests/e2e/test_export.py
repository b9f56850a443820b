"""`alerts export`: what others need to check an alert."""

import hashlib
import json
import subprocess
from pathlib import Path

import pytest

from tests.e2e.conftest import PAPER, Home

NEWS = ("2", "Relatives of mobilized soldiers protest")


@pytest.fixture
def alerted(home: Home) -> Home:
    home.run("poll")
    home.site.publish(PAPER, NEWS, ("1", "Quiet day"))
    home.run("poll")
    return home


def lines(folder: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (folder / "alerts.jsonl").read_text("utf-8").splitlines()]


def test_export(alerted: Home) -> None:
    """Each alert is a line with its texts and its source; its document is there byte by byte; the sums are right."""
    served = alerted.site.pages[PAPER].body
    (listed,) = alerted.json("alerts")
    digest = hashlib.sha256(served).hexdigest()
    assert listed["evidence"] == {"url": alerted.site.url(PAPER), "fetched": listed["created"], "sha256": digest}
    folder = alerted.folder / "evidence"
    (told,) = alerted.json("alerts", "export", "--evidence", str(folder))
    assert told == {"directory": str(folder), "alerts": 1, "documents": 1, "missing": 0}
    (line,) = lines(folder)
    file = f"documents/{digest}.xml"
    assert line["evidence"] == listed["evidence"] | {
        "etag": None, "last_modified": None, "content_type": "application/rss+xml; charset=utf-8", "file": file
    }  # fmt: skip
    assert line["texts"] == {"title": NEWS[1], "link": "https://paper.example/2"}
    assert line["matches"] == [{"term": "mobilized", "field": "title", "start": 13, "end": 22, "form": "mobilized"}]
    assert (folder / file).read_bytes() == served
    check = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=folder, capture_output=True, text=True, check=False)
    assert (check.returncode, check.stdout) == (0, f"alerts.jsonl: OK\n{file}: OK\n")


def test_nothing_is_overwritten(alerted: Home) -> None:
    """A directory with anything in it is refused; without any alert there is an empty list."""
    done = alerted.run("alerts", "export", "--evidence", ".")
    assert (done.returncode, done.stderr) == (2, ". is not empty: name a new directory\n")
    done = alerted.run("alerts", "export", "--evidence", "config.yaml/x")
    assert (done.returncode, done.stderr) == (1, "can not write to config.yaml/x: Not a directory\n")
    done = alerted.run("alerts", "export", "--evidence", "none", "--since", "2100-01-01")
    assert done.stdout == "none: 0 alerts and 0 documents. To check: cd none && sha256sum -c SHA256SUMS\n"
    assert (alerted.folder / "none" / "alerts.jsonl").read_bytes() == b""


def test_no_secret_is_exported(home: Home) -> None:
    """The secret in a feed's address is nowhere in an export."""
    home.configure(feeds=[home.site.url("/${KEY}/paper.xml")])
    env = {"KEY": "s3cret"}
    for items in ([("1", "Quiet day")], [NEWS, ("1", "Quiet day")]):
        home.site.publish("/s3cret/paper.xml", *items)
        assert home.run("poll", env=env).returncode == 0
    assert home.run("alerts", "export", "--evidence", "out", env=env).returncode == 0
    assert len(lines(home.folder / "out")) == 1
    assert all(b"s3cret" not in each.read_bytes() for each in (home.folder / "out").rglob("*") if each.is_file())


def test_an_archive_is_asked(home: Home) -> None:
    """With an archive configured, it is asked for the page of an alerted entry, and the alert says where it is."""
    save = home.site.url("/save/")
    home.configure(
        settings={"allow_private": ["127.0.0.1"], "host_interval": "0s", "timezone": "UTC", "archive": save + "{url}"}
    )
    home.run("poll")
    home.site.publish(PAPER, NEWS, ("1", "Quiet day"))
    home.site.pages["/save/https://paper.example/2"] = home.site.pages[PAPER]
    assert home.run("poll").returncode == 0
    (alert,) = home.json("alerts")
    assert alert["snapshot"] == {"state": "taken", "url": save + "https://paper.example/2"}
