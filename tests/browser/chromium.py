"""A headless Chromium, driven by its DevTools protocol over a pipe: no package is needed for it."""

from __future__ import annotations

import base64
import contextlib
import fcntl
import json
import os
import select
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

import pytest

_NAMES = ("chromium", "chromium-browser", "google-chrome")
PROGRAM = os.environ.get("SRATTOOL_CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)
needs_chromium = pytest.mark.skipif(PROGRAM is None, reason="no chromium on this machine")
_PATIENCE = 180.0


class BrowserError(Exception):
    """The browser refused a command, or does not answer."""


class Tab:
    """One page of a browser, with everything that it complained about.

    Attributes:
        complaints: errors of the console, exceptions of scripts, and what policies blocked.
        requests: addresses that the page asked for, its own included.
    """

    def __init__(self, program: str) -> None:
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self._folder = tempfile.mkdtemp(prefix="srattool-chromium-")
        commands, self._commands = os.pipe()
        self._answers, answers = os.pipe()
        flags = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-extensions",
            "--disable-background-networking",
            "--hide-scrollbars",
            "--remote-debugging-pipe",
            f"--user-data-dir={self._folder}",
        ]

        def place() -> None:
            # By way of higher numbers: one of ours may be the 3 or the 4 of the other.
            reading = fcntl.fcntl(commands, fcntl.F_DUPFD, 10)
            writing = fcntl.fcntl(answers, fcntl.F_DUPFD, 10)
            os.dup2(reading, 3)
            os.dup2(writing, 4)

        self._process = subprocess.Popen(
            [program, *flags],
            preexec_fn=place,  # noqa: PLW1509 - tests have no threads
            close_fds=False,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(commands)
        os.close(answers)
        self._rest, self._number, self._session = b"", 0, ""
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        attached = self.send("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.send(f"{domain}.enable")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError, BrowserError):
            self._session = ""
            self._write({"id": 0, "method": "Browser.close"})
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(10)
        self._process.kill()
        self._process.wait()
        os.close(self._commands)
        os.close(self._answers)
        shutil.rmtree(self._folder, ignore_errors=True)

    def send(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Give a command, and return its result."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        self._write(message)
        for answer in self._messages():
            if answer.get("id") == self._number:
                if "error" in answer:
                    raise BrowserError(f"{method}: {answer['error']['message']}")
                result: dict[str, Any] = answer["result"]
                return result
        raise BrowserError(f"{method}: no answer")

    def _write(self, message: dict[str, Any]) -> None:
        os.write(self._commands, json.dumps(message).encode() + b"\0")

    def _messages(self) -> Iterator[dict[str, Any]]:
        until = time.monotonic() + _PATIENCE
        while True:
            text, zero, rest = self._rest.partition(b"\0")
            if zero:
                self._rest = rest
                message = json.loads(text)
                self._note(message)
                yield message
                continue
            if not select.select([self._answers], [], [], max(0, until - time.monotonic()))[0]:
                raise BrowserError("the browser does not answer")
            piece = os.read(self._answers, 1 << 20)
            if not piece:
                raise BrowserError("the browser is gone")
            self._rest += piece

    def _note(self, message: dict[str, Any]) -> None:
        method, said = message.get("method"), message.get("params", {})
        if method == "Runtime.exceptionThrown":
            self.complaints.append(json.dumps(said["exceptionDetails"])[:500])
        elif method == "Runtime.consoleAPICalled" and said["type"] in {"error", "warning"}:
            self.complaints.append(json.dumps(said["args"])[:500])
        elif method == "Log.entryAdded" and said["entry"]["level"] in {"error", "warning"}:
            self.complaints.append(said["entry"]["text"])
        elif method == "Network.requestWillBeSent":
            self.requests.append(said["request"]["url"])

    def open(self, url: str, *, wait: str = "document.readyState === 'complete'") -> None:
        """Go to an address, and wait until an expression holds."""
        self.run("window.left = true")
        self.send("Page.navigate", url=url)
        self.wait(f"!window.left && document.documentElement !== null && {wait}")

    def open_file(self, page: Path) -> None:
        """Open a report, and wait until its script has drawn it."""
        self.open(page.as_uri(), wait="document.documentElement.dataset.ready === '1'")

    def run(self, expression: str) -> Any:
        """Return what an expression comes to in the page; promises are waited for."""
        answer = self.send(
            "Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True
        )
        if "exceptionDetails" in answer:
            raise BrowserError(json.dumps(answer["exceptionDetails"])[:500])
        return answer["result"].get("value")

    def wait(self, expression: str, seconds: float = _PATIENCE) -> None:
        """Wait until an expression holds."""
        until = time.monotonic() + seconds
        while not self.run(expression):
            if time.monotonic() > until:
                raise BrowserError(f"waited in vain for {expression}")
            time.sleep(0.05)

    def size(self, width: int, height: int, *, dark: bool = False) -> None:
        """Set the size of the screen, and whether it is dark."""
        self.send(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.send("Emulation.setEmulatedMedia", features=[scheme])

    def point(self, selector: str) -> None:
        """Move the pointer to the middle of an element."""
        x, y = self.run(
            f"(() => {{ const box = document.querySelector({json.dumps(selector)})"
            ".getBoundingClientRect(); return [box.left + box.width / 2, box.top + box.height / 2]"
            " })()"
        )
        self.send("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)

    def hover(self, selector: str, until: str, seconds: float = _PATIENCE) -> None:
        """Move the pointer onto an element until an expression holds: a page may still move."""
        end = time.monotonic() + seconds
        while not self.run(until):
            if time.monotonic() > end:
                raise BrowserError(f"hovered in vain for {until}")
            self.send("Input.dispatchMouseEvent", type="mouseMoved", x=0, y=0)
            self.point(selector)
            time.sleep(0.2)

    def press(self, key: str) -> None:
        """Press and release a key."""
        text = {"text": key} if len(key) == 1 else {}
        for kind in ("keyDown", "keyUp"):
            self.send("Input.dispatchKeyEvent", type=kind, key=key, code=key, **text)

    def metric(self, name: str) -> float:
        """Return one of the browser's own measures of the page, once `Performance` is enabled."""
        metrics = self.send("Performance.getMetrics")["metrics"]
        return float(next(one["value"] for one in metrics if one["name"] == name))

    def picture(self, file: Path, *, whole: bool = False) -> None:
        """Write a screenshot."""
        shot = self.send("Page.captureScreenshot", captureBeyondViewport=whole)
        file.write_bytes(base64.b64decode(shot["data"]))


@contextlib.contextmanager
def browser() -> Iterator[Tab]:
    """Start a browser with one empty page."""
    assert PROGRAM is not None
    with Tab(PROGRAM) as tab:
        yield tab
