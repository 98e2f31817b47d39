"""A headless Chromium, driven by its DevTools protocol: what it asked for and complained of."""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

PROGRAM = shutil.which("chromium")

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1400,900",
    "--remote-debugging-port=0",
    # Seen in the list of requests all the same, but never sent.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


@contextmanager
def chromium(profile: Path) -> Iterator[Page]:
    """A blank page of a browser that has never been anywhere; `profile` is an empty folder."""
    assert PROGRAM, "chromium is not installed"
    process = subprocess.Popen(
        [PROGRAM, *FLAGS, f"--user-data-dir={profile}", "about:blank"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        with connect(devtools(process, profile), max_size=None) as socket:
            yield Page(socket)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def devtools(process: subprocess.Popen[bytes], profile: Path, patience: float = 60) -> str:
    """The address of the browser's DevTools, once it has written it down."""
    written = profile / "DevToolsActivePort"
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline and process.poll() is None:
        lines = written.read_text().split() if written.exists() else []
        if len(lines) == 2:
            return f"ws://127.0.0.1:{lines[0]}{lines[1]}"
        time.sleep(0.05)
    raise RuntimeError(f"chromium did not start (exit code {process.poll()})")


class Page:
    """One page. `requests` are the addresses asked for by it and its workers, in order;
    `complaints` what it said on the console as an error: exceptions, failed loads, refusals of the
    content security policy."""

    def __init__(self, socket: ClientConnection) -> None:
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.socket = socket
        self.sent = 0
        self.session: str | None = None
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)[
            "sessionId"
        ]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")
        self.call(
            "Target.setAutoAttach", autoAttach=True, waitForDebuggerOnStart=True, flatten=True
        )

    def open(self, url: str) -> None:
        self.call("Page.navigate", url=url)

    def wait(self, expression: str, patience: float = 60) -> Any:
        """The value of a JavaScript expression, once it is neither false nor an error."""
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            if value := self.evaluate(expression):
                return value
            time.sleep(0.1)
        raise AssertionError(f"never true in {patience} s: {expression}; {self.complaints}")

    def evaluate(self, expression: str) -> Any:
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        return answer["result"].get("value")

    def click(self, selector: str) -> None:
        """Press the left button on the first element that matches, once there is one."""
        element = f"document.querySelector({json.dumps(selector)})"
        where = self.wait(
            f"(() => {{ const box = {element}?.getBoundingClientRect(); return box?.width "
            "&& {x: box.x + box.width / 2, y: box.y + box.height / 2} })()"
        )
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, button="left", clickCount=1, **where)

    def screenshot(self, file: Path) -> None:
        file.write_bytes(base64.b64decode(self.call("Page.captureScreenshot")["data"]))

    def strangers(self) -> list[str]:
        """Requests that were for another host."""
        return [url for url in self.requests if not LOCAL.match(url)]

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """The answer of the browser to one command; events that come first are noted."""
        number = self.send(method, parameters, self.session)
        while True:
            message = json.loads(self.socket.recv(timeout=60))
            if message.get("id") == number:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']['message']}")
                result: dict[str, Any] = message["result"]
                return result
            if "method" in message:
                self.note(message["method"], message["params"])

    def send(self, method: str, parameters: dict[str, Any], session: str | None) -> int:
        self.sent += 1
        command = {"id": self.sent, "method": method, "params": parameters}
        self.socket.send(json.dumps(command | ({"sessionId": session} if session else {})))
        return self.sent

    def note(self, event: str, said: dict[str, Any]) -> None:
        match event:
            case "Network.requestWillBeSent":
                self.requests.append(said["request"]["url"])
            case "Network.webSocketCreated":
                self.requests.append(said["url"])
            case "Runtime.exceptionThrown":
                details = said["exceptionDetails"]
                self.complaints.append(
                    details.get("exception", {}).get("description", details["text"])
                )
            case "Runtime.consoleAPICalled" if said["type"] in ("error", "assert"):
                self.complaints.append(" ".join(str(arg.get("value")) for arg in said["args"]))
            case "Log.entryAdded" if said["entry"]["level"] == "error":
                entry = said["entry"]
                self.complaints.append(f"{entry['text']} {entry.get('url', '')}")
            case "Target.attachedToTarget":
                # A worker, held until it is listened to: its requests count as well.
                for method in ("Network.enable", "Runtime.enable", "Log.enable"):
                    self.send(method, {}, said["sessionId"])
                self.send("Runtime.runIfWaitingForDebugger", {}, said["sessionId"])


LOCAL = re.compile(r"(https?|wss?)://127\.0\.0\.1[:/]|data:|blob:|about:")
