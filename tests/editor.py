"""An editor, as far as the YAML language server can tell: it opens files, is asked for its settings, and asks what to say and what to offer."""

from __future__ import annotations

import itertools
import json
import os
import queue
import subprocess
import tempfile
import threading
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

ROOT = Path(__file__).parents[1]
SETTINGS = ROOT / ".vscode/settings.json"
SERVER = ROOT / "node_modules/yaml-language-server/bin/yaml-language-server"
PATIENCE = 60
"""Seconds; a busy machine needs several for the first answer."""

_OFFLINE = """
import net from "node:net";
net.Socket.prototype.connect = () => { process.stderr.write("the server wants the network"); process.exit(9); };
"""
_CAN = {
    "workspace": {"configuration": True, "workspaceFolders": True},
    "textDocument": {
        "completion": {"completionItem": {"snippetSupport": True, "documentationFormat": ["markdown", "plaintext"]}},
        "hover": {"contentFormat": ["markdown", "plaintext"]},
    },
}


class ServerEndedError(Exception):
    """The server is gone; what it complained of."""


class Editor:
    """A running server with the settings of this folder, and what a test changes in them. Whatever it asks of the network ends it."""

    def __init__(self, **changes: Any) -> None:
        self.settings = nested(json.loads(SETTINGS.read_text(encoding="utf-8")) | changes)
        self.numbers = itertools.count(1)
        self.knows_settings = False
        self.said: dict[str, list[dict[str, Any]]] = {}
        self.answers: queue.Queue[dict[str, Any]] = queue.Queue()
        words = ["node", "--import", f"data:text/javascript,{_OFFLINE}", str(SERVER), "--stdio"]
        self.complaints = tempfile.TemporaryFile()  # noqa: SIM115 -- closed when the server ends
        self.server = subprocess.Popen(words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.complaints)
        self.ear = threading.Thread(target=self._listen, daemon=True)

    def __enter__(self) -> Self:
        """Start, as an editor does with a folder open."""
        self.ear.start()
        address = ROOT.as_uri()
        self.ask("initialize", processId=os.getpid(), rootUri=address, workspaceFolders=[{"uri": address, "name": "records"}], capabilities=_CAN)
        self.tell("initialized")
        self.tell("workspace/didChangeConfiguration", settings={})
        while not self.knows_settings:
            self._take(self._next())
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """End the server."""
        self.server.kill()
        self.server.wait()
        self.ear.join()
        for stream in (self.server.stdin, self.server.stdout, self.complaints):
            with suppress(BrokenPipeError):
                stream.close()  # type: ignore[union-attr]

    def open(self, file: str, text: str) -> list[dict[str, Any]]:
        """Open a file with this text, be it on the disk or not, and give what the server finds wrong with it."""
        address = self._show(file, text)
        while address not in self.said:
            self._take(self._next())
        return self.said[address]

    def offers(self, file: str, text: str) -> dict[str, dict[str, Any]]:
        """Give what the server offers where `|` stands in the text, by its label."""
        before, _, after = text.partition("|")
        at = {"line": before.count("\n"), "character": len(before) - before.rfind("\n") - 1}
        answer = self.ask("textDocument/completion", textDocument={"uri": self._show(file, before + after)}, position=at)
        return {item["label"]: item for item in (answer["items"] if isinstance(answer, dict) else answer or [])}

    def _show(self, file: str, text: str) -> str:
        """Show a file to the server, each time in a folder of its own: what is said about one can never be taken for what is said about another."""
        number = next(self.numbers)
        address = (ROOT / f"lan-{number}" / file).as_uri()
        self.tell("textDocument/didOpen", textDocument={"uri": address, "languageId": "yaml", "version": number, "text": text})
        return address

    def ask(self, method: str, **params: Any) -> Any:
        """Ask the server and wait for its answer."""
        number = next(self.numbers)
        self._send({"id": number, "method": method, "params": params})
        while True:
            message = self._next()
            if message.get("id") == number and "method" not in message:
                assert "error" not in message, message
                return message["result"]
            self._take(message)

    def tell(self, method: str, **params: Any) -> None:
        """Tell the server something."""
        self._send({"method": method, "params": params})

    def _take(self, message: dict[str, Any]) -> None:
        """Keep what the server says, and answer what it asks."""
        if message.get("method") == "textDocument/publishDiagnostics":
            self.said[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif message.get("method") == "workspace/configuration":
            self._send({"id": message["id"], "result": [self.settings.get(each["section"]) for each in message["params"]["items"]]})
            self.knows_settings = True
        elif "id" in message and "method" in message:
            self._send({"id": message["id"], "result": None})

    def _next(self) -> dict[str, Any]:
        message = self.answers.get(timeout=PATIENCE)
        if not message:
            self.complaints.seek(0)
            raise ServerEndedError(self.complaints.read().decode(errors="replace"))
        return message

    def _send(self, message: dict[str, Any]) -> None:
        content = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.server.stdin is not None
        self.server.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(content), content))
        self.server.stdin.flush()

    def _listen(self) -> None:
        """Hand on every message; an empty one where the server has ended."""
        stream = self.server.stdout
        assert stream is not None
        while head := stream.readline():
            length = int(head.partition(b":")[2])
            while stream.readline().strip():
                pass
            self.answers.put(json.loads(stream.read(length)))
        self.answers.put({})


def nested(settings: dict[str, Any]) -> dict[str, Any]:
    """Give settings as the editor hands them out: `yaml.hover` is `hover` in `yaml`; a section in brackets keeps its name."""
    found: dict[str, Any] = {}
    for name, value in settings.items():
        *sections, last = [name] if name.startswith("[") else name.split(".")
        here = found
        for section in sections:
            here = here.setdefault(section, {})
        here[last] = value
    return found
