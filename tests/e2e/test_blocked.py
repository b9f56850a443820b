"""A paper that is blocked is read all the same, and nobody learns what is none of his business."""

import json

from tests.e2e.conftest import PAPER, Home
from tests.servers import Page, rss

CANARY = "hunter2canary"
NEWS = ("2", "Relatives of mobilized soldiers protest")
OLD = ("1", "Quiet day")
BLOCKED = Page(b"<!doctype html><title>Blocked</title><p>This site is blocked by order", headers={"Server": "nginx"})


def test_a_paper_gets_blocked_and_comes_back(home: Home) -> None:
    """The mirror stands in, is listed, alerts of what is new alone, and is remembered by the next run."""
    mirror = home.site.url("/mirror.xml?key=${KEY}")
    home.configure(feeds=[{"name": "Paper", "url": home.site.url(PAPER), "mirrors": mirror}])
    env = {"KEY": CANARY}
    home.run("poll", env=env)
    home.site.pages[PAPER] = BLOCKED
    home.site.pages[f"/mirror.xml?key={CANARY}"] = Page(_relative(NEWS, OLD))
    polled = home.run("poll", env=env)
    assert home.hook.titles() == [f"[draft] {NEWS[1]}"]
    listed = home.run("feeds", "--json", env=env)
    (feed,) = [json.loads(line) for line in listed.stdout.splitlines()]
    assert (feed["state"], feed["address"], feed["proxy"]) == ("well", mirror, None)
    assert home.site.url("/articles/2") in home.run("alerts", "--json", env=env).stdout
    home.site.requests.clear()
    again = home.run("poll", env=env)
    assert home.site.requests == [f"/mirror.xml?key={CANARY}"]
    assert len(home.hook.titles()) == 1
    for said in (polled, listed, again):
        assert CANARY not in said.stdout + said.stderr


def test_no_secret_is_shown(home: Home) -> None:
    """R61: what a proxy's address, a header and a password hold appears in no list, check, log or database."""
    secret = "${KEY}"
    home.configure(
        feeds=[
            {"name": "A", "url": home.site.url(PAPER), "headers": {"X-Key": secret}, "proxy": "none"},
            {"name": "B", "url": home.site.url("/b"), "auth": {"user": secret, "password": secret}},
        ],
        settings={
            "allow_private": ["127.0.0.1"],
            "host_interval": "0s",
            "timezone": "UTC",
            "proxy": f"http://{secret}:{secret}@127.0.0.1:9",
        },
    )
    env = {"KEY": CANARY}
    commands = (("poll",), ("feeds",), ("check",))
    said = "".join(done.stdout + done.stderr for done in (home.run(*words, env=env) for words in commands))
    assert "proxy failed" in said
    assert "headers X-Key" in said
    assert CANARY not in said
    assert not any(CANARY.encode() in path.read_bytes() for path in (home.folder / "data").iterdir())


def _relative(*items: tuple[str, str]) -> bytes:
    return rss(*items).replace(b"https://paper.example/", b"/articles/")
