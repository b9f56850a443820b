"""`alerts export`: alerts with the documents that they were made of, for others to check."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from monitor.cli import lists
from monitor.cli.context import FAILED, WRONG, Json, stored
from monitor.cli.show import answer, err, json_text
from monitor.model.entry import Field
from monitor.model.evidence import Evidence
from monitor.model.record import AlertRecord
from monitor.text.quantities import counted

if TYPE_CHECKING:
    from monitor.store import Store

alerts = typer.Typer(invoke_without_command=True, help="List the alerts; export them with their evidence.")
alerts.callback()(lists.alerts)

#: What a document's file is called after its SHA-256, by its content type.
_ENDINGS = {"html": ".html", "json": ".json", "xml": ".xml"}


@alerts.command()
def export(
    context: typer.Context,
    evidence: Annotated[Path, typer.Option("--evidence", metavar="DIR", help="A directory that is new, or empty.")],
    since: lists.Since = None,
    as_json: Json = False,
) -> None:
    """Write alerts as JSON lines, the bytes that they were found in, and their sums: sha256sum -c SHA256SUMS.

    Nothing that is there is overwritten. Ends with 1 if bytes are missing that were kept once.
    """
    store = stored(context)
    try:
        evidence.mkdir(parents=True, exist_ok=True)
        if any(evidence.iterdir()):
            err.print(f"{evidence} is not empty: name a new directory", markup=False)
            raise typer.Exit(WRONG)
        written = Export(evidence, store)
        for each in store.alerts(since=since) if store else ():
            written.add(each)
        written.close()
    except OSError as fault:
        err.print(f"can not write to {evidence}: {fault.strerror}", markup=False)
        raise typer.Exit(FAILED) from None
    told = counted(written.alerts, "alert", "alerts"), counted(len(written.files), "document", "documents")
    words = f"{evidence}: {' and '.join(told)}. To check: cd {evidence} && sha256sum -c SHA256SUMS"
    if written.missing:
        words += f"\nOf {counted(written.missing, 'alert', 'alerts')} the document is kept no more."
    counts = {"alerts": written.alerts, "documents": len(written.files), "missing": written.missing}
    answer({"directory": str(evidence), **counts}, words, as_json=as_json)


class Export:
    """A directory in the making: `SHA256SUMS` comes last, so that one without it is not whole."""

    def __init__(self, folder: Path, store: "Store | None") -> None:
        self._folder = folder
        self._store = store
        (folder / "documents").mkdir()
        self._lines = (folder / "alerts.jsonl").open("xb")
        self._sum = hashlib.sha256()
        #: Files by the SHA-256 of what they hold, in hexadecimal digits; None for what is kept no more.
        self._known: dict[str, str | None] = {}
        self.alerts = 0
        #: Alerts whose document was kept once, and is no more.
        self.missing = 0

    @property
    def files(self) -> dict[str, str]:
        """The documents that were written: their files by their SHA-256."""
        return {digest: name for digest, name in self._known.items() if name}

    def add(self, record: AlertRecord) -> None:
        """Write an alert, and its document unless that is there already."""
        found = record.evidence
        if found is not None and found.sha256 not in self._known:
            self._known[found.sha256] = self._write(found)
        file = self._known[found.sha256] if found else None
        line = json_text(_line(record, file)).encode()
        self._lines.write(line)
        self._sum.update(line)
        self.alerts += 1
        self.missing += found is not None and file is None

    def close(self) -> None:
        """Write the sums."""
        _end(self._lines)
        sums = {"alerts.jsonl": self._sum.hexdigest(), **{name: digest for digest, name in self.files.items()}}
        with (self._folder / "SHA256SUMS").open("xb") as file:
            file.write("".join(f"{digest}  {name}\n" for name, digest in sums.items()).encode())
            _end(file)

    def _write(self, found: Evidence) -> str | None:
        body = self._store.document(found.sha256) if self._store else None
        if body is None:
            return None
        kind = next((ending for word, ending in _ENDINGS.items() if word in found.content_type.lower()), "")
        name = f"documents/{found.sha256}{kind}"
        with (self._folder / name).open("xb") as file:
            file.write(body)
            _end(file)
        return name


def _end(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())
    file.close()


def _line(record: AlertRecord, file: str | None) -> dict[str, object]:
    """Return all that is known of an alert: what `alerts --json` says, what was matched, and where it is from."""
    line = lists.alert_record(record) | {"follows": record.alert.follows}
    line |= {"matches": list(_matches(record)), "texts": _texts(record)}
    if (found := record.evidence) is not None:
        more = {"etag": found.validators.etag, "last_modified": found.validators.last_modified}
        shown = lists.evidence_record(found) or {}
        line["evidence"] = shown | more | {"content_type": found.content_type, "file": file}
    return line


def _matches(record: AlertRecord) -> Iterator[dict[str, object]]:
    for each in record.alert.matches:
        yield {"term": each.term, "field": each.field, "start": each.start, "end": each.end, "form": each.form}


def _texts(record: AlertRecord) -> dict[str, str]:
    """Return the texts that the alert was made of, but for those that are empty."""
    entry = record.alert.entry.entry
    return {field.value: entry.field(field) for field in Field if entry.field(field)}
