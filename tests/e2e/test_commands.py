"""`check`, `match`, `test-receiver`, `demo`, and what a wrong call gets."""

import json
import os
import socket
import subprocess

from tests.e2e.conftest import PAPER, Home


def test_a_typo_gets_its_place_and_remedy(home: Home) -> None:
    """A wrong configuration ends every command with 2 and says file, line, column and what was meant."""
    home.config.write_text("feeds: [https://paper.example/rss]\nwatchlist: [x]\nnotify: terminal://\n")
    done = home.run("poll")
    assert done.returncode == 2
    assert f"{home.config}:2:1" in done.stderr
    assert "watchlists" in done.stderr
    assert "Traceback" not in done.stderr
    (checked,) = home.json("check")
    assert checked["ok"] is False
    assert (checked["problems"][0]["line"], checked["problems"][0]["column"]) == (2, 1)


def test_a_receiver_that_apprise_does_not_know_is_found_by_check(home: Home) -> None:
    """R34, R35: a receiver's fault is told with its place, before anything is polled; no secret is shown."""
    home.configure(receivers={"desk": "jsno://user:canary@localhost"})
    done = home.run("check")
    assert done.returncode == 2
    assert "desk" in done.stderr
    assert "canary" not in done.stdout + done.stderr
    (checked,) = home.json("check")
    assert checked["problems"][0]["line"] > 1


def test_all_problems_come_in_one_run(home: Home) -> None:
    """A misspelt key, a wrong duration and a receiver that nobody knows are told together, in the file's order."""
    home.config.write_text(
        "feeds: [https://paper.example/rss]\n"
        "receivers: {desk: jsno://localhost}\n"
        "watchlists: [x]\n"
        "settings: {every: 5, timezon: UTC}\n"
    )
    (checked,) = home.json("check")
    assert [(each["line"], each["column"]) for each in checked["problems"]] == [(2, 19), (4, 19), (4, 22)]


def test_a_good_file_is_in_order(home: Home) -> None:
    """`check` of a good file ends with 0 and says what it understood."""
    (checked,) = home.json("check")
    assert (checked["ok"], checked["problems"]) == (True, [])
    assert "1 feed, 1 watchlist with 1 term, 1 receiver." in home.run("check").stdout


def test_match_answers_every_line_in_order(home: Home) -> None:
    """`match --json` gives an object a line with the places of the words; a bad line gets an error, not silence."""
    lines = [json.dumps({"title": "All Mobilized men"}), "nonsense", json.dumps({"summary": "immobilized"})]
    found, bad, nothing = home.json("match", stdin="\n".join(lines))
    assert found == {
        "matches": [
            {"watchlist": "draft", "term": "mobilized", "field": "title", "start": 4, "end": 13, "form": "Mobilized"}
        ]
    }
    assert "line 2" in bad["error"]
    assert nothing == {"matches": []}


def test_match_takes_plain_text(home: Home) -> None:
    """`match` without --json shows each line with its terms."""
    done = home.run("match", stdin="the mobilized\nnothing here\n")
    assert done.returncode == 0
    assert "draft: mobilized" in done.stdout
    assert "no match" in done.stdout


def test_match_answers_while_lines_still_come(home: Home) -> None:
    """`tail -f log | rss-monitor match` shows each line when it comes, not when there are many."""
    command = home.command("match", "--matching")
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=home.folder
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        print("nothing here\nthe mobilized", file=process.stdin, flush=True)
        assert process.stdout.readline() == "the mobilized\n"
        process.stdin.close()
        assert process.wait(30) == 0


def test_match_stops_when_nobody_listens(home: Home) -> None:
    """`rss-monitor match FILE | head -1` ends without a word when its reader has gone."""
    lines = home.folder / "news.txt"
    lines.write_text("the mobilized\n" * 50_000)
    command = home.command("match", str(lines))
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=home.folder
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == "the mobilized\n"
        process.stdout.close()
        assert process.wait(60) == 1
        assert process.stderr.read() == ""


def test_an_entry_is_explained_as_it_was_and_as_it_would_be(home: Home) -> None:
    """`explain` takes an entry that was polled, and a configuration that has changed since."""
    home.configure(settings={**json.loads(home.config.read_text())["settings"], "first_run": "all"})
    home.site.publish(PAPER, ("1", "All mobilized men"))
    assert home.run("poll").returncode == 0
    number = home.json("entries")[0]["number"]
    home.configure(watchlists={"draft": {"any": ["mobilized"], "none": ["men"]}})
    said = home.run("explain", str(number)).stdout
    assert "draft: excluded; then: matched (mobilized), alert 1" in said
    assert "rules it out  men" in said


def test_a_text_can_be_typed(home: Home) -> None:
    """`explain` on a terminal says what it waits for, and takes what is typed."""
    typed, terminal = os.openpty()
    os.write(typed, b"the mobilized\n\x04")
    done = subprocess.run(home.command("explain"), check=False, stdin=terminal, capture_output=True, text=True)
    os.close(typed)
    os.close(terminal)
    assert "Ctrl-D" in done.stderr
    assert "draft: matched" in done.stdout


def test_a_sample_reaches_the_receiver(home: Home) -> None:
    """`test-receiver` sends an alert as a true one looks, and says that it is none and what became of it."""
    (told,) = home.json("test-receiver", "desk")
    assert (told["receiver"], told["state"]) == ("desk", "sent")
    (message,) = home.hook.received
    assert message["title"].startswith("[test] ")
    assert "a test of rss-monitor, no news" in message["message"]
    assert "*мобилизованных*" in message["message"]
    assert home.run("test-receiver", "nobody").returncode == 2


def test_all_receivers_are_tried(home: Home) -> None:
    """`test-receiver` without a name tries all, and says of each what went wrong and what to do."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    home.hook.status = 401
    home.configure(receivers={"desk": home.hook.url, "phone": f"json://127.0.0.1:{port}", "odd": "nope://x"})
    done = home.run("test-receiver")
    assert done.returncode == 2
    assert sorted(line.partition(";")[0] for line in done.stdout.splitlines()) == [
        "desk: rejected: HTTP 401",
        "odd: wrong: unknown service",
        "phone: failed: connection refused",
    ]
    assert "look at the user and password" in done.stdout
    assert home.run("test-receiver", "desk", "phone").returncode == 1


def test_the_demo_shows_alerts_and_explains_the_rest(home: Home) -> None:
    """`demo` needs nothing, marks the words, says why other entries made no alert, and ends."""
    done = home.run("demo")
    assert done.returncode == 0, done.stderr
    assert "*mobilized*" in done.stdout
    assert "*мобилизованных*" in done.stdout
    assert "*мобілізованих*" in done.stdout
    assert "crane is immobilized by frost: no match" in done.stdout
    assert "excluded (football, foreign agent)" in done.stdout
    assert "rss-monitor" in done.stdout


def test_a_wrong_call_is_not_a_traceback(home: Home) -> None:
    """Unknown commands and options end with 2."""
    assert home.run("pol").returncode == 2
    assert home.run("poll", "--nonsense").returncode == 2


def test_the_configuration_may_be_named_by_the_environment(home: Home) -> None:
    """Without --config, config.yaml in the working directory is taken, else RSS_MONITOR_CONFIG."""
    elsewhere = home.folder / "elsewhere"
    elsewhere.mkdir()
    moved = home.config.rename(elsewhere / "mine.yaml")
    command = home.command("check")
    bare = [*command[:3], *command[5:]]
    named = subprocess.run(
        bare, check=False, capture_output=True, cwd=home.folder, env={**os.environ, "RSS_MONITOR_CONFIG": str(moved)}
    )
    assert named.returncode == 0
    assert subprocess.run(bare, check=False, capture_output=True, cwd=home.folder).returncode == 2
