"""`discover`: what a user gets for the address of a site."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from monitor import clock
from monitor.cli.app import app
from monitor.config import Loaded, load
from monitor.model.configuration import Configuration
from tests.servers import Page, Site, rss

SETTINGS = "settings: {allow_private: [127.0.0.1], host_interval: 0s}\n"
TITLES = (
    "Министр сказал, что армия будет там же, где была",
    "Их не видели с тех пор, как началась война",
    "Что мы знаем об этом ударе по городу",
    "Ему сказали, что он не может выехать из страны",
    "Вот как они готовятся к этой зиме",
)


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as site:
        yield site


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    """A configuration that is only begun: settings, and nothing else yet."""
    path = tmp_path / "begun.yaml"
    path.write_text(SETTINGS)
    return path


def discover(settings: Path, *words: str) -> Result:
    done = CliRunner().invoke(app, ["--config", str(settings), "discover", *words])
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return done


def front(*links: str) -> Page:
    return Page(f"<html><head>{''.join(links)}".encode(), headers={"Content-Type": "text/html"})


def declared(path: str) -> str:
    return f"<link rel=alternate type=application/rss+xml href='{path}'>"


def dated(title: str, *, hours: float = 1) -> Page:
    """A feed in Russian with an entry every so many hours."""
    items = "".join(
        f"<item><title>{each}</title><guid>{number}</guid>"
        f"<pubDate>{format_datetime(clock.now() - timedelta(hours=number * hours))}</pubDate></item>"
        for number, each in enumerate(TITLES)
    )
    return Page(f"<rss version='2.0'><channel><title>{title}</title>{items}</channel></rss>".encode())


def pasted(done: Result, folder: Path) -> Configuration:
    """What comes of pasting the output under `feeds:`."""
    path = folder / "pasted.yaml"
    path.write_text(f"feeds:\n{done.stdout}watchlists: [x]\nnotify: terminal://\n", encoding="utf-8")
    loaded = load(path, environ={})
    assert isinstance(loaded, Loaded), "\n".join(map(str, loaded))
    return loaded.configuration


def test_r19_robots_txt_does_not_stop_a_search(site: Site, settings: Path) -> None:
    """R19: a few pages that a person asks for are no crawl: robots.txt is not looked at."""
    site.pages |= {
        "/robots.txt": Page(b"User-agent: *\nDisallow: /"),
        "/": front(declared("/rss.xml")),
        "/rss.xml": dated("Paper"),
    }
    assert site.url("/rss.xml") in discover(settings, site.url("/")).stdout
    assert site.requests == ["/", "/rss.xml"]


def test_what_the_configuration_has_is_told_and_not_printed(site: Site, tmp_path: Path) -> None:
    """A feed that is in the configuration already is named, and only the others are there to be pasted."""
    site.pages |= {
        "/": front(declared("/one.xml"), declared("/two.xml")),
        "/one.xml": dated("One"),
        "/two.xml": Page(rss(("9", "Two"))),
    }
    path = tmp_path / "config.yaml"
    path.write_text(f"feeds: {{Mine: {site.url('/one.xml/')}}}\nwatchlists: [x]\nnotify: terminal://\n{SETTINGS}")
    done = discover(path, site.url("/"))
    assert f"{site.url('/one.xml')}: in your configuration already, as Mine" in done.stderr
    assert re.findall(r"url: (\S+)", done.stdout) == [site.url("/two.xml")]
    assert json.loads(discover(path, site.url("/one.xml"), "--json").stdout)["url"] == site.url("/one.xml")


def test_a_password_is_not_printed(site: Site, settings: Path) -> None:
    """Who gives an address with user and password is told to write them under auth, and sees the password nowhere."""
    site.pages["/one.xml"] = dated("One")
    address = site.url("/one.xml").replace("//", "//me:s3cret@")
    for words in ([address], [address, "--json"], [address.replace("one", "none"), "--requests", "2"]):
        done = discover(settings, *words)
        assert "s3cret" not in done.stdout + done.stderr
    assert "auth" in discover(settings, address).stdout


def test_the_output_can_be_pasted(site: Site, settings: Path, tmp_path: Path) -> None:
    """What is printed loads under `feeds:`, with names, and the language where it is sure."""
    site.pages |= {
        "/": front(declared("/ru.xml"), declared("/other.xml")),
        "/ru.xml": dated("Газета: &quot;Слово&quot; # 1"),
    }
    site.publish("/other.xml", ("1", "One"))
    done = discover(settings, site.url("/"))
    assert done.exit_code == 0
    assert re.search(r"# about (29|30|31|32) entries a day$", done.stdout.splitlines()[0])
    assert "# entries a day not known, language perhaps en" in done.stdout
    first, second = pasted(done, tmp_path).feeds
    assert (first.url.reveal(), first.name, first.language) == (site.url("/ru.xml"), 'Газета: "Слово" # 1', ("ru",))
    assert (second.url.reveal(), second.name, second.language) == (site.url("/other.xml"), "Paper", ())


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("a&#10;    url: http://evil.example/", "a url"),
        ("a&#10;  - b", "a - b"),
        ("\\ &quot;${HOME}&quot; 'x' \u202egnp\u200b", "\\ \"${HOME}\" 'x' gnp"),
        ("", "127.0.0.1"),
        ("null", "null"),
        ("Слово " * 40, ("Слово " * 40)[:129].strip() + "…"),
    ],
)
def test_titles_of_strangers(site: Site, settings: Path, tmp_path: Path, title: str, name: str) -> None:
    """Whatever a feed is called, the output stays one feed with one address."""
    site.pages["/"] = dated(title)
    done = discover(settings, site.url("/"))
    (feed,) = pasted(done, tmp_path).feeds
    assert (feed.url.reveal(), feed.name.partition(":")[0]) == (site.url("/"), name)


@pytest.mark.parametrize(
    ("hours", "remark"),
    [
        (24 * 5, "about 2 entries a week"),
        (24 * 20, "about 2 entries a month"),
        (24 * 120, "about 4 entries a year"),
        (24 * 2000, "less than one entry a year"),
    ],
)
def test_seldom(site: Site, settings: Path, hours: float, remark: str) -> None:
    """How often something comes is said in a span that means something."""
    site.pages["/"] = dated("Газета", hours=hours)
    assert discover(settings, site.url("/")).stdout.splitlines()[0].endswith(f"  # {remark}")


def test_silent_and_empty(site: Site, settings: Path) -> None:
    """A feed that fell silent says since when, an empty one that it is."""
    item = "<item><title>One</title><pubDate>Mon, 03 Jun 2019 12:00:00 GMT</pubDate></item>"
    site.pages |= {"/": front(declared("/empty"), declared("/old")), "/old": Page(f"<rss><channel>{item}".encode())}
    site.publish("/empty")
    old, empty, _ = discover(settings, site.url("/")).stdout.splitlines()
    assert "# no entry since 2019-06-03" in old
    assert empty.endswith("# no entries")


def test_two_feeds_with_one_title(site: Site, settings: Path, tmp_path: Path) -> None:
    """A name is given once; the second feed is called by its address."""
    site.pages["/"] = front(declared("/a.xml"), declared("/b,: #.xml"))
    site.publish("/a.xml", ("1", "One"))
    site.publish("/b,:%20", ("2", "Two"))
    first, second = pasted(discover(settings, site.url("/")), tmp_path).feeds
    assert (first.name, second.url.reveal()) == ("Paper", site.url("/b,:%20"))


def test_for_programs(site: Site, settings: Path) -> None:
    """--json gives an object a feed; what is not known is null or empty."""
    site.pages |= {"/": front(declared("/ru.xml"), declared("/other.xml")), "/ru.xml": dated("Газета")}
    site.publish("/other.xml")
    done = discover(settings, site.url("/"), "--json")
    first, second = map(json.loads, done.stdout.splitlines())
    assert (first["url"], first["title"], first["language"]) == (site.url("/ru.xml"), "Газета", "ru")
    assert first["entries_per_day"] == pytest.approx(32, abs=0.5)
    assert second == {"url": site.url("/other.xml"), "title": "Paper", "language": "", "entries_per_day": None}


def test_without_a_scheme(site: Site, settings: Path) -> None:
    """An address is completed: https first, then http."""
    site.publish("/rss", ("1", "One"))
    done = discover(settings, f"{site.address}/rss")
    assert site.url("/rss") in done.stdout
    assert f"https://{site.address}/rss: certificate not accepted" in done.stderr


def test_no_feed(site: Site, settings: Path) -> None:
    """A site without feeds ends with 1, and every address that was asked is told with what came of it."""
    site.pages["/"] = front("<title>Paper</title>")
    done = discover(settings, site.url("/"))
    assert (done.exit_code, done.stdout) == (1, "")
    assert f"{site.url('/')}: not a feed: an HTML page: Paper" in done.stderr
    assert [each for each in site.requests if f"{site.url(each)}: " in done.stderr] == site.requests
    assert f"no feed found after {len(site.requests)} requests" in done.stderr
    assert len(site.requests) <= 12


def test_requests_are_few(site: Site, settings: Path) -> None:
    """--requests says how many there may be; what was not asked is named."""
    site.pages["/"] = front(*(declared(f"/{number}.xml") for number in range(30)))
    for number in range(30):
        site.publish(f"/{number}.xml", (str(number), "x"))
    done = discover(settings, site.url("/"), "--requests", "3")
    assert site.requests == ["/", "/0.xml", "/1.xml"]
    assert "not asked after 3 requests" in done.stderr
    assert site.url("/21.xml") + "\n  and 8 more" in done.stderr
    assert len(discover(settings, site.url("/"), "--json").stdout.splitlines()) == 11


def test_a_private_address(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a configuration no private address is asked, and it is said what would allow it."""
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, ["discover", site.url("/")])
    assert (done.exit_code, site.requests) == (1, [])
    assert "private: 127.0.0.1 (see settings.allow_private)" in done.stderr


def test_by_proxy(site: Site, settings: Path) -> None:
    """With a proxy in the settings nothing is asked but by it (R60)."""
    settings.write_text(SETTINGS.replace("{", "{proxy: 'http://127.0.0.1:1', "))
    done = discover(settings, site.url("/"))
    assert (done.exit_code, site.requests) == (1, [])
    assert "proxy failed" in done.stderr


@pytest.mark.parametrize("text", [SETTINGS.replace("0s", "no"), SETTINGS.replace("settings", "setings"), "- x", ""])
def test_wrong_settings(site: Site, settings: Path, text: str) -> None:
    """Settings that are wrong are not passed over: nothing is asked."""
    settings.write_text(text)
    done = discover(settings, site.url("/"))
    assert (done.exit_code, site.requests) == (2, [])
    assert "begun.yaml:" in done.stderr


def test_a_configuration_that_is_not_there(site: Site, tmp_path: Path) -> None:
    """A file that was named must be there."""
    done = discover(tmp_path / "nowhere.yaml", site.url("/"))
    assert (done.exit_code, site.requests) == (2, [])
    assert "there is no such file" in done.stderr


@pytest.mark.parametrize("typed", ["two words", "ftp://paper.example", "https://paper.example:99999", "http://[::1"])
def test_no_address(settings: Path, typed: str) -> None:
    """What can be no address is a wrong call."""
    assert discover(settings, typed).exit_code == 2


def test_a_challenge(site: Site, settings: Path) -> None:
    """A page that asks whether one is human is called that."""
    site.pages["/"] = Page(b"<html><title>Just a moment...</title><script>_cf_chl_opt</script>")
    done = discover(settings, site.url("/"))
    assert done.exit_code == 1
    assert "not a feed: challenge page: Cloudflare" in done.stderr


def test_passwords_are_not_told(site: Site, settings: Path) -> None:
    """A password in the address is used, but not shown among what was asked."""
    site.publish("/rss", ("1", "One"))
    done = discover(settings, site.url("/rss").replace("://", "://press:canary@"))
    assert done.exit_code == 0
    assert "canary" not in done.stderr


def test_feeds_of_a_header(site: Site, settings: Path) -> None:
    """A feed that only the page's headers name is found."""
    site.pages["/"] = Page(b"<html>", headers={"Link": '</f>; rel="alternate"; type="application/rss+xml"'})
    site.pages["/f"] = Page(rss(("1", "One")))
    assert site.url("/f") in discover(settings, site.url("/")).stdout
