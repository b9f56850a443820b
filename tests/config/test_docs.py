"""What the documentation says of the configuration is so."""

import re
from pathlib import Path

import pytest

from monitor.config import Loaded, load
from monitor.config.bind import Record
from monitor.config.schema import SECTIONS

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/configuration.md"
PAGES = [page for page in (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))) if page.exists()]
BLOCKS = [
    pytest.param(block, id=f"{page.relative_to(ROOT)}-{number}")
    for page in PAGES
    for number, block in enumerate(
        re.findall(r"^```ya?ml\n(.*?)^```", page.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    )
]
NEEDED = {"feeds": "[https://needed.example/]", "watchlists": "[needed]", "notify": "terminal://"}


class Anything(dict[str, str]):
    """An environment in which every variable is set."""

    def __contains__(self, name: object) -> bool:
        return True

    def __missing__(self, name: str) -> str:
        return "json://receiver.example" if name.endswith("URL") else "word"


def loads(text: str, folder: Path) -> Loaded:
    for name in re.findall(r"\$\{file:([^}]+)\}", text):
        (folder / name).write_text("json://receiver.example\n")
    keys = set(re.findall(r"^(\w+):", text, re.MULTILINE))
    for key, value in NEEDED.items():
        if key not in keys and not (key == "notify" and "receivers" in keys):
            text += f"\n{key}: {value}\n"
    path = folder / "config.yaml"
    path.write_text(text, "utf-8")
    found = load(path, environ=Anything())
    assert isinstance(found, Loaded), "\n".join(map(str, found))
    return found


@pytest.mark.parametrize("block", BLOCKS)
def test_blocks_load(block: str, tmp_path: Path) -> None:
    """Every piece of configuration in the documentation can be used as it is printed."""
    loads(block, tmp_path)


def test_the_example_runs_as_it_stands() -> None:
    """The example needs no secret and no change."""
    found = load(ROOT / "config.example.yaml", environ={})
    assert isinstance(found, Loaded), "\n".join(map(str, found))
    assert [receiver.url.reveal() for receiver in found.configuration.receivers] == ["terminal://"]


def test_what_the_example_leaves_out_works_too(tmp_path: Path) -> None:
    """Every setting in the example's comments can be used by taking the # away."""
    text = (ROOT / "config.example.yaml").read_text("utf-8")
    (tmp_path / "telegram.url").write_text("json://phone.example")
    more = re.sub(r"^( +)# (\w+: )", r"\1\2", text, flags=re.MULTILINE)
    assert more.count("#") < text.count("#")
    loads(more, tmp_path)


@pytest.mark.parametrize("section", SECTIONS)
def test_every_key_is_documented(section: str) -> None:
    """Each section's table names exactly the keys that the program takes."""
    record: Record = SECTIONS[section]
    parts = re.split(r"^## (.+)\n", PAGE.read_text("utf-8"), flags=re.MULTILINE)
    tables = dict(zip(parts[1::2], parts[2::2], strict=True))
    assert sorted(record.keys) == sorted(re.findall(r"^\| `(\w+)` \|", tables[section or "The file"], re.MULTILINE))
