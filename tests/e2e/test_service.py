"""`run`: the service polls, alerts, follows its configuration and stops when told."""

import json
import signal
from datetime import UTC, datetime, timedelta

from tests.e2e.conftest import PAPER, Home, wait_for_event

NEWS = ("2", "Relatives of mobilized soldiers protest")


def test_the_service_alerts_and_stops_when_told(home: Home) -> None:
    """A new entry becomes an alert without anyone asking; SIGTERM ends the service with 0 (R80)."""
    with home.service() as service:
        wait_for_event(service, "started")
        wait_for_event(service, "first poll")
        home.site.publish(PAPER, NEWS, ("1", "Quiet day"))
        assert home.hook.wait_for(1) == [f"[draft] {NEWS[1]}"]


def test_a_saved_configuration_is_live(home: Home) -> None:
    """R82: a new term counts without a restart, and the log says what changed."""
    with home.service() as service:
        wait_for_event(service, "first poll")
        home.configure(watchlists={"draft": ["mobilized", "library", "museum"]})
        assert wait_for_event(service, "configuration reloaded")["changes"] == ["+2 terms in draft"]
        home.site.publish(PAPER, ("3", "A library opens"), ("1", "Quiet day"))
        assert home.hook.wait_for(1) == ["[draft] A library opens"]


def test_a_broken_configuration_changes_nothing_and_is_told(home: Home) -> None:
    """R82: the last good configuration stays, the log and the receivers are told; a mended file is told too."""
    with home.service() as service:
        wait_for_event(service, "first poll")
        home.config.write_text(home.config.read_text().replace('"every"', '"evry"'))
        assert "did you mean" in wait_for_event(service, "configuration not accepted")["problem"]
        assert home.hook.wait_for(1) == ["[rss-monitor] The configuration file has a fault"]
        home.site.publish(PAPER, NEWS, ("1", "Quiet day"))
        assert home.hook.wait_for(2)[1] == f"[draft] {NEWS[1]}"
        home.configure()
        assert home.hook.wait_for(3)[2] == "[rss-monitor] The configuration file is in order again"


def test_sighup_reads_secrets_again(home: Home) -> None:
    """A secret's file is not watched; SIGHUP has it read."""
    secret = home.folder / "hook"
    secret.write_text(home.hook.url)
    home.configure(receivers={"desk": "${file:hook}"})
    with home.service() as service:
        wait_for_event(service, "first poll")
        secret.write_text(home.hook.url + "2")
        service.send_signal(signal.SIGHUP)
        assert wait_for_event(service, "configuration reloaded")["changes"] == ["receiver desk changed: url"]


def test_what_is_held_outlives_a_kill_and_goes_when_it_may(home: Home) -> None:
    """A service killed in quiet hours goes on with them; when they are taken out of the file, one message comes."""
    now = datetime.now(UTC)
    quiet = f"{now - timedelta(hours=1):%H:%M}-{now + timedelta(hours=3):%H:%M}"
    home.configure(receivers={"desk": {"url": home.hook.url, "quiet": quiet}})
    with home.service(end=signal.SIGKILL) as service:
        wait_for_event(service, "first poll")
        home.site.publish(PAPER, ("3", "The mobilized return"), NEWS, ("1", "Quiet day"))
        assert wait_for_event(service, "deliveries held")["reason"] == "quiet"
    with home.service() as service:
        wait_for_event(service, "started")
        assert {each["hold_reason"] for each in home.json("deliveries")} == {"quiet"}
        home.configure()
        assert home.hook.wait_for(1) == ["[rss-monitor] 2 alerts: draft 2"]
    assert [(each["state"], each["message_id"]) for each in home.json("deliveries")] == [("sent", "1-2")] * 2


def test_two_instances_do_not_share_data(home: Home) -> None:
    """R74: a second instance on the same data says who is first, and ends."""
    with home.service() as service:
        wait_for_event(service, "started")
        second = home.run("poll")
        assert second.returncode == 1
        assert str(service.pid) in second.stderr


def test_a_restart_does_not_poll_early(home: Home) -> None:
    """R6: the next poll time is kept; a restarted service waits for it."""
    settings = {"allow_private": ["127.0.0.1"], "host_interval": "0s", "every": "1h"}
    home.configure(settings=settings)
    with home.service() as service:
        wait_for_event(service, "first poll")
    with home.service() as service:
        wait_for_event(service, "started")
        home.configure(settings=settings, watchlists={"draft": ["mobilized", "library"]})
        wait_for_event(service, "configuration reloaded")  # a second of ticks later
    assert home.site.requests == [PAPER]


def test_no_secret_is_shown(home: Home) -> None:
    """R61: log, lists, errors and messages show names, never a piece of a receiver's URL."""
    home.configure(receivers={"desk": f"json://user:canary1@{home.hook.address}/canary2?+x=canary3"})
    home.hook.status = 500
    home.run("poll")
    home.site.publish(PAPER, NEWS)
    said = [home.run("poll", "-v"), home.run("deliveries"), home.run("alerts", "--json"), home.run("check")]
    text = "".join(done.stdout + done.stderr for done in said)
    assert "canary" not in text
    assert "desk" in text
    assert json.loads(home.run("deliveries", "--json").stdout)["error"] == "HTTP 500"
