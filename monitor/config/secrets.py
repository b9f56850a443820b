"""`${NAME}` and `${file:PATH}` in addresses and settings; what they stand for is never shown."""

import codecs
import re
from pathlib import Path

from monitor.config.bind import Context, scalar
from monitor.config.fault import Place, Wrong
from monitor.config.nodes import Node, Scalar

_HOLE = re.compile(r"\$\{([^{}]*)(\}?)")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_FILE = "file:"
#: Characters of a secret file that we read at most.
_LARGEST = 65536


def filled(node: Node, context: Context) -> str:
    """Take a node as a text with its secrets filled in; a `$` without `{` is a `$`.

    Raises `Wrong` for a secret that is not there, or is empty or more than one line.
    """
    text = scalar(node)

    def value(hole: re.Match[str]) -> str:
        return _value(hole, text, context)

    return _HOLE.sub(value, text.text)


def _value(hole: re.Match[str], node: Scalar, context: Context) -> str:
    inside, place = hole[1], node.at(hole.start())
    if not hole[2]:
        raise Wrong(place, "this ${ is not closed", "write ${NAME}, or ${file:PATH}")
    if inside.startswith(_FILE):
        value = _read(inside.removeprefix(_FILE), place, context)
    elif not _NAME.fullmatch(inside):
        raise Wrong(place, f"${{{inside}}} is no name of a variable", "write ${NAME}, or ${file:PATH}")
    elif inside not in context.environ:
        hint = f"set it before the start: export {inside}=..., or use ${{file:PATH}}"
        raise Wrong(place, f"the environment variable {inside} is not set", hint)
    else:
        value = context.environ[inside]
    if not value:
        raise Wrong(place, f"{hole[0]} is empty", "give it a value")
    if not value.isprintable():
        raise Wrong(place, f"{hole[0]} holds a line break or an invisible character", "it must be one line of text")
    return value


def _read(name: str, place: Place, context: Context) -> str:
    text = text_of(context.folder / name, place, most=_LARGEST)
    if len(text) > _LARGEST:
        raise Wrong(place, f"{context.folder / name} is too large for a secret", "it must be one line of text")
    return text.rstrip("\n")


def text_of(path: Path, place: Place, *, most: int) -> str:
    """Return the text of a file that is named at a place; of one with more than `most` characters, the beginning."""
    size = 4 * most
    raw = contents(path, place, most=size)
    try:
        text = codecs.getincrementaldecoder("utf-8-sig")().decode(raw, final=len(raw) <= size)
    except UnicodeDecodeError:
        raise Wrong(place, f"{path} is not text in UTF-8", "save it as UTF-8") from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def contents(path: Path, place: Place, *, most: int) -> bytes:
    """Return what a file holds that is named at a place, and of one with more than `most` bytes, one more than that."""
    try:
        # Nothing but a file: a pipe would wait, a device would never end.
        if not path.is_file():
            raise Wrong(place, f"there is no file {path}", "the path counts from the directory of the configuration")
        with path.open("rb") as file:
            return file.read(most + 1)
    except OSError as error:
        raise Wrong(place, f"{path} can not be read: {error.strerror}", "look at its owner and mode") from None
