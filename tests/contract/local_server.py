# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A real local_api in a process of its own, for tests."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import requests

FILES = Path(__file__).resolve().parents[2] / "roles" / "local_api" / "files"
ASSISTANTS = "assistants=v2"
CHATKIT = "chatkit_beta=v1"
AGENTS = "agents=v1"
PATIENCE = 60  # seconds: what has not come by then hangs, also on a busy machine
Json = dict[str, Any]


def beta_of(path: str) -> str:
    """The beta header that a path needs."""
    if path.startswith(("/agents", "/vaults")):
        return AGENTS
    return CHATKIT if path.startswith("/chatkit") else ASSISTANTS


class LocalApi:
    """A server on a free port, and how tests talk to it."""

    def __init__(self, *arguments: str) -> None:
        environment = {**os.environ, "PYTHONPATH": str(FILES), "PYTHONDONTWRITEBYTECODE": "1"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "local_api", "--port", "0", *arguments],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        self.ready_line = self.process.stdout.readline()
        self.url = self.ready_line.rpartition(" ")[2].strip()
        assert self.url.startswith("http://"), f"local_api did not start: {self.stop()}"
        self.root = "/".join(self.url.split("/")[:3])
        self.port = int(self.root.rpartition(":")[2])
        self.session = requests.Session()
        self.session.trust_env = False

    def stop(self, number: int = signal.SIGTERM) -> tuple[int, str, str]:
        """End it by a signal; its exit status, and what it said on both outputs after the ready line."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        output, errors = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, output, errors

    def call(
        self, method: str, path: str, body: Any = None, *, headers: dict[str, str] | None = None, **more: Any
    ) -> requests.Response:
        """One request to the API, with a key and the beta header its path needs."""
        sent = {"Authorization": "Bearer sk-test", "OpenAI-Beta": beta_of(path)} if headers is None else headers
        return self.session.request(method, self.url + path, json=body, headers=sent, **{"timeout": PATIENCE, **more})

    def ok(self, method: str, path: str, body: Any = None) -> Json:
        """One request that must succeed; the object answered."""
        answer = self.call(method, path, body)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def error(self, method: str, path: str, body: Any = None, *, status: int = 400) -> Json:
        """One request that must be refused; the error answered."""
        answer = self.call(method, path, body)
        assert answer.status_code == status, answer.text
        return answer.json()["error"]

    def control(self, method: str, path: str, body: Any = None, *, status: int = 200) -> Json:
        """One request under /_control."""
        answer = self.session.request(method, f"{self.root}/_control{path}", json=body, timeout=PATIENCE)
        assert answer.status_code == status, answer.text
        return answer.json()

    def requests(self) -> list[tuple[str, str]]:
        """Method and path of every request seen."""
        return [(each["method"], each["path"]) for each in self.control("GET", "/requests")["requests"]]

    def assistant(self, **fields: Any) -> str:
        """The id of a new assistant."""
        return self.ok("POST", "/assistants", {"model": "gpt-4o", **fields})["id"]

    def agent(self, **fields: Any) -> str:
        """The id of a new agent."""
        return self.ok("POST", "/agents", {"model": "gpt-5", **fields})["id"]

    def file(
        self, name: str = "notes.md", content: bytes = b"Hello", purpose: str = "assistants", **fields: str
    ) -> Json:
        """A new file."""
        form: Json = {"data": {"purpose": purpose, **fields}, "files": {"file": (name, content)}}
        answer = self.call("POST", "/files", **form)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def vector_store(self, **fields: Any) -> str:
        """The id of a new vector store."""
        return self.ok("POST", "/vector_stores", fields)["id"]

    def thread(self, *texts: str) -> str:
        """The id of a new thread that holds user messages."""
        messages = [{"role": "user", "content": text} for text in texts]
        return self.ok("POST", "/threads", {"messages": messages})["id"]

    def run(self, thread: str, **fields: Any) -> Json:
        """A new run."""
        body = {"assistant_id": fields.pop("assistant_id", None) or self.assistant(), **fields}
        return self.ok("POST", f"/threads/{thread}/runs", body)

    def until(self, run: Json, *statuses: str) -> Json:
        """The run once it has reached one of the statuses."""
        end = time.monotonic() + PATIENCE
        while run["status"] not in statuses:
            assert time.monotonic() < end, f"the run stays {run['status']}"
            time.sleep(0.005)
            run = self.ok("GET", f"/threads/{run['thread_id']}/runs/{run['id']}")
        return run

    def ended(self, run: Json) -> Json:
        """The run at its end."""
        return self.until(run, "completed", "failed", "incomplete", "expired", "cancelled")
