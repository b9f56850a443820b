"""`poll` and the lists: from a feed to the webhook, and what is said of it."""

from tests.e2e.conftest import PAPER, Home
from tests.servers import Page

NEWS = ("2", "Relatives of mobilized soldiers protest")


def test_a_sign_of_life(home: Home) -> None:
    """A pass over all feeds ends with a request to the heartbeat address, which nobody gets to see."""
    settings = {"allow_private": [home.site.address], "host_interval": "0s", "timezone": "UTC"}
    feeds = {"Paper": home.site.url(PAPER), "Other": home.site.url("/other.xml")}
    home.site.publish("/other.xml", ("1", "Quiet day"))
    home.configure(settings={**settings, "heartbeat": "${HEART}"}, feeds=feeds)
    env = {"HEART": home.site.url("/ping/s3cret")}
    done = home.run("poll", "--verbose", env=env)
    assert home.site.requests[2:] == ["/ping/s3cret"]
    assert "heartbeat failed" in done.stderr  # this site has no such page
    assert "s3cret" not in done.stdout + done.stderr
    assert home.run("poll", "Paper", env=env).returncode == 0
    assert home.site.requests[3:] == [PAPER]


def test_the_whole_way_of_an_entry(home: Home) -> None:
    """A first poll is the baseline; a new entry that matches arrives once, and every list tells of it."""
    assert home.run("poll").returncode == 0
    home.site.publish(PAPER, NEWS, ("1", "Quiet day"))
    assert home.run("poll").returncode == 0
    assert home.run("poll").returncode == 0
    assert home.hook.titles() == [f"[draft] {NEWS[1]}"]
    (alert,) = home.json("alerts")
    assert alert["entry"]["id"] == "2"
    assert alert["entry"]["link"] == "https://paper.example/2"
    assert (alert["watchlist"], alert["feed"], alert["terms"]) == ("draft", "Paper", ["mobilized"])
    sent = {"receiver": "desk", "state": "sent", "attempts": 1, "error": "", "hold_reason": None}
    assert alert["deliveries"] == [sent]
    first, second = home.json("entries")
    assert [each["reason"] for each in first["decisions"]] == ["baseline"]
    assert second["decisions"] == [{"watchlist": "draft", "reason": "matched", "terms": ["mobilized"]}]
    (feed,) = home.json("feeds")
    assert (feed["name"], feed["state"], feed["entries"], feed["failures"]) == ("Paper", "well", 2, 0)
    (delivery,) = home.json("deliveries")
    assert (delivery["alert"], delivery["state"], delivery["next_attempt"]) == (alert["id"], "sent", None)


def test_a_receiver_that_is_down_loses_nothing(home: Home) -> None:
    """A refused delivery is owed and said; requeue sends it when the receiver is back."""
    home.run("poll")
    home.site.publish(PAPER, NEWS)
    home.hook.status = 503
    failed = home.run("poll")
    assert failed.returncode == 1
    assert "503" in failed.stdout
    (delivery,) = home.json("deliveries")
    assert (delivery["state"], delivery["attempts"]) == ("pending", 1)
    home.hook.status = 200
    assert "1 delivery queued" in home.run("deliveries", "requeue", str(delivery["id"])).stdout
    assert home.run("poll").returncode == 0
    assert home.hook.titles() == [f"[draft] {NEWS[1]}"]


def test_a_receiver_that_is_renamed(home: Home) -> None:
    """What waits for a receiver under its old name goes to the new one with one command."""
    home.run("poll")
    home.site.publish(PAPER, NEWS)
    home.hook.status = 503
    home.run("poll")
    home.hook.status = 200
    assert home.run("deliveries", "move", "desk", "room").returncode == 2
    home.configure(receivers={"room": home.hook.url})
    assert home.run("deliveries", "move", "desk", "other").returncode == 2
    assert home.json("deliveries", "move", "desk", "room") == [{"deliveries": 1, "left_alone": 0}]
    home.run("poll")
    assert home.hook.titles() == [f"[draft] {NEWS[1]}"]


def test_what_is_dropped_is_not_owed(home: Home) -> None:
    """A delivery that the user drops is never sent, and stays listed."""
    home.run("poll")
    home.site.publish(PAPER, NEWS)
    home.hook.status = 503
    home.run("poll")
    (delivery,) = home.json("deliveries")
    assert home.json("deliveries", "drop", str(delivery["id"]), "999") == [{"deliveries": 1, "left_alone": 1}]
    home.hook.status = 200
    assert home.run("poll").returncode == 0
    assert home.hook.titles() == []
    (dropped,) = home.json("deliveries", "--state", "dropped")
    assert (dropped["id"], dropped["next_attempt"]) == (delivery["id"], None)


def test_a_server_that_asks_for_rest_gets_it(home: Home) -> None:
    """R5: a Retry-After that still runs is respected and said; --force asks all the same."""
    home.site.pages[PAPER] = Page(status=503, headers={"Retry-After": "3600"})
    assert home.run("poll").returncode == 1
    skipped = home.run("poll")
    assert "Retry-After" in skipped.stdout
    assert len(home.site.requests) == 1
    home.run("poll", "--force")
    assert len(home.site.requests) == 2


def test_r19_robots_txt_is_not_asked_for_a_feed(home: Home) -> None:
    """R19: a feed is published to be read by programs: robots.txt is not even looked at."""
    home.site.pages["/robots.txt"] = Page(b"User-agent: *\nDisallow: /")
    assert home.run("poll").returncode == 0
    assert home.site.requests == [PAPER]


def test_a_dead_feed_harms_no_other(home: Home) -> None:
    """A feed that answers with a web page has its reason; the others go on; the pass ends with 1."""
    home.site.pages["/page.html"] = Page(b"<!doctype html><title>Hello</title><p>no feed")
    feeds = [{"name": "Page", "url": home.site.url("/page.html")}, {"name": "Paper", "url": home.site.url(PAPER)}]
    home.configure(feeds=feeds)
    assert home.run("poll").returncode == 1
    page, paper = home.json("feeds")
    assert (page["state"], paper["state"]) == ("failing", "well")
    assert "not a feed" in page["reason"]


def test_only_the_named_feed_is_polled(home: Home) -> None:
    """`poll NAME` asks that feed alone; an unknown name is a wrong call, with a guess."""
    home.configure(
        feeds=[{"name": "Paper", "url": home.site.url(PAPER)}, {"name": "Other", "url": home.site.url("/other")}]
    )
    assert home.run("poll", "Paper").returncode == 0
    assert home.site.requests == [PAPER]
    wrong = home.run("poll", "Papre")
    assert wrong.returncode == 2
    assert 'did you mean "Paper"?' in wrong.stderr


def test_a_private_address_needs_leave(home: Home) -> None:
    """R58, R59: without settings.allow_private no feed reaches this machine."""
    home.configure(settings={"host_interval": "0s"})
    assert home.run("poll").returncode == 1
    assert home.site.requests == []
    (feed,) = home.json("feeds")
    assert "address not allowed" in feed["reason"]


def test_a_damaged_database_stops_a_pass(home: Home) -> None:
    """R69: `poll` says that the database is damaged and what to do, and sends nothing."""
    home.run("poll")
    database = home.folder / "data" / "rss-monitor.db"
    whole = database.read_bytes()
    middle = len(whole) // 2
    database.write_bytes(whole[:middle] + b"\xa5" * 20_000 + whole[middle + 20_000 :])
    home.site.publish(PAPER, NEWS)
    done = home.run("poll")
    assert done.returncode == 1
    assert "is damaged" in done.stderr
    assert home.hook.titles() == []


def test_lists_are_empty_before_the_first_poll(home: Home) -> None:
    """Asking before anything was polled is no error; the feeds are there, and new."""
    assert [home.json(name) for name in ("alerts", "entries", "deliveries")] == [[], [], []]
    assert [(feed["name"], feed["state"]) for feed in home.json("feeds")] == [("Paper", "new")]


def test_since_takes_a_span_or_a_time(home: Home) -> None:
    """`--since 1h` and `--since DATE` narrow the lists; anything else is a wrong call."""
    home.run("poll")
    assert len(home.json("entries", "--since", "1h")) == 1
    assert home.json("entries", "--since", "2999-01-01") == []
    assert home.run("entries", "--since", "yesterday").returncode == 2
