"""Addresses of the place where the records are kept: a file as it is there, and its new-file page with path and text filled in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlencode

_FILE: Final = {"github": "{url}/blob/{branch}/{path}", "gitlab": "{url}/-/blob/{branch}/{path}", "gitea": "{url}/src/branch/{branch}/{path}"}
_COMMIT: Final = {"github": "{url}/commit/{id}", "gitlab": "{url}/-/commit/{id}", "gitea": "{url}/commit/{id}"}
_LONGEST_ADDRESS: Final = 7500
"""Servers and browsers refuse longer ones: the text then has to be copied."""


@dataclass(frozen=True, slots=True)
class Host:
    """Where the records are kept."""

    kind: str
    """`github`, `gitlab` or `gitea`."""
    url: str
    branch: str
    folder: str = ""


@dataclass(frozen=True, slots=True)
class NewFile:
    """A record that somebody may want to write: what for, where, with what text, and the page that opens it ready to be filled in."""

    words: str
    path: str
    text: str
    address: str = ""
    """Empty where the project does not say where its records are kept."""
    is_filled: bool = False
    """Whether the text is in the address; a longer one has to be copied."""
    is_rare: bool = False
    """Whether nothing waits for it now."""
    there: str = ""
    """The id of the record that is there already: there is nothing to make, and its own file is opened instead."""
    is_report: bool = False
    """Whether it is the report of a running plan: what a clerk writes most often."""


def file_address(host: Host | None, path: str) -> str:
    """Give the page of a file; empty without a host."""
    if host is None or host.kind not in _FILE:
        return ""
    return _FILE[host.kind].format(url=host.url, branch=quote(host.branch), path=quote(_whole(host, path)))


def commit_address(host: Host | None, commit: str) -> str:
    """Give the page of what was recorded at once; empty without a host."""
    return _COMMIT[host.kind].format(url=host.url, id=commit) if host and host.kind in _COMMIT else ""


def new_file(host: Host | None, words: str, path: str, text: str, *, is_rare: bool = False) -> NewFile:
    """Prepare a new record. Where the text would make the address too long, only the path is filled in."""
    whole = _new_address(host, path, text)
    is_filled = bool(whole) and len(whole) <= _LONGEST_ADDRESS
    return NewFile(words, path, text, whole if is_filled else _new_address(host, path, ""), is_filled, is_rare)


def _new_address(host: Host | None, path: str, text: str) -> str:
    if host is None:
        return ""
    whole, branch = _whole(host, path), quote(host.branch)
    if host.kind == "github":
        return f"{host.url}/new/{branch}?{_query(filename=whole, value=text)}"
    if host.kind == "gitlab":
        return f"{host.url}/-/new/{branch}?{_query(file_name=whole, content=text)}"
    if host.kind == "gitea":
        folder, _, name = whole.rpartition("/")
        return f"{host.url}/_new/{branch}/{quote(folder)}?{_query(filename=name, value=text)}"
    return ""


def _query(**words: str) -> str:
    return urlencode({name: value for name, value in words.items() if value}, quote_via=quote, safe="/")


def _whole(host: Host, path: str) -> str:
    return f"{host.folder}/{path}" if host.folder else path
