"""A small file, from this computer or from the web: never more than asked for, never for longer, and from nowhere else than was said."""

from __future__ import annotations

import queue
import re
import threading
import urllib.request
from contextlib import suppress
from http.client import HTTPException, HTTPMessage
from pathlib import Path
from time import monotonic
from typing import IO, Any, Final
from urllib.error import HTTPError, URLError
from urllib.parse import urljoin, urlsplit

LARGEST: Final = 10 * 1024 * 1024
"""Bytes."""
LONGEST: Final = 10.0
"""Seconds, for everything: finding the computer, following it elsewhere, and the last byte."""
SCHEMES: Final = ("http", "https")
_ADDRESS: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
"""How an address begins; one letter would be a drive."""
_CHUNK: Final = 1 << 16
_SAID: Final = 200
"""Letters of what another computer answers that are ever shown."""


class NotFetchedError(Exception):
    """It could not be had. The text is the reason: `address`, `scheme`, `credentials`, `status`, `large`, `slow`, `unreachable` or `file`."""

    def __init__(self, reason: str, detail: object = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.detail = "".join(each if each.isprintable() else "?" for each in str(detail))[:_SAID]


def fetched(place: str, within: str = "") -> bytes:
    """Read a file, or what is at an address of the web; of a folder or an address that ends in `/`, the file `within` it. Raises NotFetchedError."""
    if not _ADDRESS.match(place):
        return _of_file(Path(place), within)
    return _in_time(_allowed(urljoin(place, within) if place.endswith("/") else place))


def _of_file(file: Path, within: str) -> bytes:
    try:
        with (file / within if within and file.is_dir() else file).open("rb") as stream:
            content = stream.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        raise NotFetchedError("file", getattr(error, "strerror", None) or error) from error
    return _small(content)


def _small(content: bytes) -> bytes:
    if len(content) > LARGEST:
        raise NotFetchedError("large", LARGEST // 1024 // 1024)
    return content


def _allowed(address: str) -> str:
    """Give an address that may be asked. Raises NotFetchedError for any other: one of another kind could read the files of this computer."""
    try:
        parts = urlsplit(address)
        has_host, _ = bool(parts.hostname), parts.port
    except ValueError as error:
        raise NotFetchedError("address", address) from error
    if parts.scheme not in SCHEMES:
        raise NotFetchedError("scheme", f"{parts.scheme}:")
    if "@" in parts.netloc:
        raise NotFetchedError("credentials")
    if not has_host or re.search(r"[\x00-\x20\x7f]", address):
        raise NotFetchedError("address", address)
    return address


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows nowhere where nobody may ask."""

    def redirect_request(  # noqa: PLR0913, PLR0917 -- as the standard library has it
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> urllib.request.Request | None:
        return super().redirect_request(req, fp, code, msg, headers, _allowed(newurl))

    def http_error_302(self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage) -> Any:
        """Look at the address before the standard library refuses it in its own words."""
        try:
            _allowed(urljoin(req.full_url, headers.get("location") or headers.get("uri") or ""))
        except NotFetchedError:
            fp.close()
            raise
        return super().http_error_302(req, fp, code, msg, headers)

    http_error_301 = http_error_303 = http_error_307 = http_error_308 = http_error_302


def _opener() -> urllib.request.OpenerDirector:
    """Make what asks: nothing in it knows files, FTP, passwords or cookies."""
    opener = urllib.request.OpenerDirector()
    made = (urllib.request.ProxyHandler, urllib.request.HTTPHandler, urllib.request.HTTPSHandler, urllib.request.HTTPDefaultErrorHandler)
    for handler in (*made, urllib.request.HTTPErrorProcessor, _Redirects):
        opener.add_handler(handler())
    opener.addheaders = [("User-Agent", "tusoi"), ("Accept", "application/json")]
    return opener


def _in_time(address: str) -> bytes:
    """Ask in a thread of its own, and go on without it when the time is over: each single wait has its limit, but nobody limits how many there are."""
    answers: queue.SimpleQueue[bytes | NotFetchedError] = queue.SimpleQueue()
    threading.Thread(target=lambda: answers.put(_asked(address)), daemon=True).start()
    try:
        answer = answers.get(timeout=LONGEST)
    except queue.Empty:
        answer = NotFetchedError("slow", f"{LONGEST:.0f}")
    if isinstance(answer, NotFetchedError):
        raise answer
    return answer


def _asked(address: str) -> bytes | NotFetchedError:
    """Give what is at an address, or why not."""
    end = monotonic() + LONGEST
    try:
        with _opener().open(address, timeout=LONGEST) as answer:
            return _read(answer, end)
    except NotFetchedError as error:
        return error
    except HTTPError as error:
        with suppress(OSError):
            error.close()
        return NotFetchedError("status", error.code)
    except TimeoutError:
        return NotFetchedError("slow", f"{LONGEST:.0f}")
    except (URLError, HTTPException, OSError, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        return NotFetchedError("slow", f"{LONGEST:.0f}") if isinstance(reason, TimeoutError) else NotFetchedError("unreachable", reason)


def _read(answer: Any, end: float) -> bytes:
    """Read an answer piece by piece, and stop where it is too large or too slow."""
    pieces, size = [], 0
    while piece := answer.read1(_CHUNK):
        pieces.append(piece)
        size += len(piece)
        if size > LARGEST:
            break
        if monotonic() > end:
            raise NotFetchedError("slow", f"{LONGEST:.0f}")
    content = _small(b"".join(pieces))
    if answer.length:
        raise NotFetchedError("unreachable", "IncompleteRead")
    return content
