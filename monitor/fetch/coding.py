"""Bodies put together piece by piece, decoded (RFC 9110 §8.4), and given up as soon as they grow too large.

Decoders hand out at most `_STEP` bytes at a time, so that a bomb costs no more memory than the cap.
"""

import sys
import zlib
from collections.abc import Callable, Iterator
from typing import Protocol

import brotli  # it ships no types

from monitor.fetch.fault import Unusable
from monitor.model.poll import Failure

if sys.version_info >= (3, 14):
    from compression import zstd  # pragma: no cover - on newer Pythons only
else:
    from backports import zstd

ACCEPT_ENCODING = "gzip, deflate, br, zstd"

_STEP = 65536
_GZIP, _ZLIB, _RAW = 31, 15, -15
#: 8 MB, what a decoder of the `zstd` content coding must be ready for (RFC 9659).
_ZSTD_WINDOW: dict[int, int] = {zstd.DecompressionParameter.window_log_max: 23}


class _Decoder(Protocol):
    def decode(self, data: bytes) -> Iterator[bytes]: ...

    def ended(self) -> bool: ...


class Body:
    """One body on its way in."""

    def __init__(self, encoding: str, *, limit: int) -> None:
        """Take the value of Content-Encoding and the most bytes wanted, both as sent and as decoded.

        Raises Unusable for a coding that was not asked for.
        """
        coding = encoding.strip().lower()
        if coding not in _DECODERS:
            raise Unusable(Failure.BAD_ENCODING, "unknown coding")
        self._decoder = _DECODERS[coding]()
        self._limit = limit
        self._received = 0
        self._decoded = bytearray()

    def add(self, data: bytes) -> None:
        """Take the next bytes as they came. Raises Unusable when they are damaged or too many."""
        self._received += len(data)
        self._check(self._received)
        try:
            for piece in self._decoder.decode(data):
                self._check(len(self._decoded) + len(piece))
                self._decoded += piece
        except (zlib.error, brotli.error, zstd.ZstdError):
            raise Unusable(Failure.BAD_ENCODING) from None

    def whole(self) -> bytes:
        """Return the decoded body. Raises Unusable when it is empty, or its coding has not come to an end."""
        if not self._received:
            raise Unusable(Failure.EMPTY)
        if not self._decoder.ended():
            raise Unusable(Failure.BAD_ENCODING, "its end is missing")
        if not self._decoded:
            raise Unusable(Failure.EMPTY)
        return bytes(self._decoded)

    def _check(self, size: int) -> None:
        if size > self._limit:
            raise Unusable(Failure.TOO_LARGE, f"more than {self._limit / 1e6:g} MB")


class _Identity:
    def decode(self, data: bytes) -> Iterator[bytes]:
        yield data

    def ended(self) -> bool:
        return True


class _Gzip:
    """One member or several (RFC 1952 §2.2); what follows them is not ours."""

    def __init__(self) -> None:
        self._stream = zlib.decompressobj(_GZIP)

    def decode(self, data: bytes) -> Iterator[bytes]:
        while data:
            if self._stream.eof:
                if not data.startswith(b"\x1f"):
                    return
                self._stream = zlib.decompressobj(_GZIP)
            yield from _inflate(self._stream, data)
            data = self._stream.unused_data

    def ended(self) -> bool:
        return self._stream.eof


#: The compression method that a zlib header names: deflate (RFC 1950 §2.2).
_METHOD = 8


class _Deflate:
    """The zlib format, as the standard has it, or bare deflate, as some servers have it."""

    def __init__(self) -> None:
        self._stream: zlib._Decompress | None = None

    def decode(self, data: bytes) -> Iterator[bytes]:
        if self._stream is None:
            is_zlib = int.from_bytes(data[:1]) & 0x0F == _METHOD
            self._stream = zlib.decompressobj(_ZLIB if is_zlib else _RAW)
        yield from _inflate(self._stream, data)

    def ended(self) -> bool:
        return self._stream is not None and self._stream.eof


class _Brotli:
    def __init__(self) -> None:
        self._stream = brotli.Decompressor()

    def decode(self, data: bytes) -> Iterator[bytes]:
        piece = self._stream.process(data, output_buffer_limit=_STEP)
        # it may have taken all its input, and then accepts more, and still hold output that did not fit
        while piece or not self._stream.can_accept_more_data():
            yield piece
            piece = self._stream.process(b"", output_buffer_limit=_STEP)

    def ended(self) -> bool:
        return bool(self._stream.is_finished())


class _Zstd:
    """One frame or several (RFC 8878 §3)."""

    def __init__(self) -> None:
        self._stream = zstd.ZstdDecompressor(options=_ZSTD_WINDOW)

    def decode(self, data: bytes) -> Iterator[bytes]:
        while data:
            if self._stream.eof:
                self._stream = zstd.ZstdDecompressor(options=_ZSTD_WINDOW)
            yield self._stream.decompress(data, _STEP)
            while not self._stream.eof and not self._stream.needs_input:
                yield self._stream.decompress(b"", _STEP)
            data = self._stream.unused_data

    def ended(self) -> bool:
        return self._stream.eof


def _inflate(stream: "zlib._Decompress", data: bytes) -> Iterator[bytes]:
    while not stream.eof:
        piece = stream.decompress(data, _STEP)
        yield piece
        data = stream.unconsumed_tail
        # zlib may have taken all its input and still hold output that did not fit
        if not data and len(piece) < _STEP:
            return


_DECODERS: dict[str, Callable[[], _Decoder]] = {
    "": _Identity,
    "identity": _Identity,
    # not codings, but what some servers say of a body that has none
    "none": _Identity,
    "utf-8": _Identity,
    "gzip": _Gzip,
    "x-gzip": _Gzip,
    "deflate": _Deflate,
    "br": _Brotli,
    "zstd": _Zstd,
}
