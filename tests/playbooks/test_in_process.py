# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Each condition of docs/in_process_execution.md, by playbooks.

A host's tasks were in process if no Python was started for it: its `ansible_python_interpreter` counts.
"""

from __future__ import annotations

import getpass
import os
import shutil
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from recorder import SLOW, WRONG, Recorder
from stage import Stage

CORE = tuple(int(part) for part in version("ansible-core").split(".")[:2])
ASYNC_KEYS = {
    "ansible_job_id",
    "finished",
    "results_file",
    "started",
    "stderr",
    "stderr_lines",
    "stdout",
    "stdout_lines",
}


def comparable(result: Any) -> Any:
    """A result without what the server makes anew each time, and without the line of code a timeout has met."""
    if isinstance(result, dict):
        return {key: comparable(value) for key, value in result.items() if key not in ("id", "created_at", "frame")}
    if isinstance(result, list):
        return [comparable(value) for value in result]
    return result


def clean(result: Any) -> Any:
    """A comparable result without what only an asynchronous task has."""
    return {key: comparable(value) for key, value in result.items() if key not in ASYNC_KEYS and key[0] != "_"}


# --- where a task runs ---

SUDO = """\
while [ "$1" != /bin/sh ]; do shift; done
exec "$@"
"""

WHERE = """\
- hosts: all:!localhost
  gather_facts: false
  tasks:
    - name: Declare
      aiops.openai.openai_assistant:
        name: Tutor {{ inventory_hostname }}
        model: gpt-4o
        base_url: "{{ url }}"
        api_key: sk-{{ inventory_hostname }}
      async: "{{ seconds | default(0) }}"
      poll: 1
      diff: true
      register: declared

    - name: Use what was registered
      ansible.builtin.assert:
        that: declared.assistant.name == 'Tutor ' ~ inventory_hostname
"""


def test_where_a_task_runs(stage: Stage, recorder: Recorder) -> None:
    """In process on a local connection; by a module where the host, the user or the time is another."""
    in_process = {
        "here": {},
        "here_by_full_name": {"ansible_connection": "ansible.builtin.local"},
        "switched_on": {"aiops_openai_in_process": "yes"},
    }
    by_module = {
        "elsewhere": {"ansible_connection": "elsewhere"},
        "becoming": {"ansible_become": True, "ansible_become_exe": str(stage.script("sudo", SUDO))},
        "asynchronous": {"seconds": 600},
        "switched_off": {"aiops_openai_in_process": False},
        "switched_off_by_template": {"aiops_openai_in_process": "{{ switch }}", "switch": "no"},
    }
    hosts = {**in_process, **by_module}
    played = stage.play(WHERE, hosts).succeeded()
    assert {host for host in hosts if played.pythons[host]} == set(by_module), played.output
    assert Counter(one.key for one in recorder.written()) == Counter(f"sk-{host}" for host in hosts)
    expected = clean(played.results["here", "Declare"])
    assert expected["changed"]
    assert set(expected["diff"]) == {"after", "after_header", "before", "before_header", "fields"}
    for host in hosts:
        result = played.results[host, "Declare"]
        assert str(clean(result)).replace(f"Tutor {host}", "Tutor here") == str(expected), host


def test_delegated(stage: Stage, recorder: Recorder) -> None:
    """What counts is the connection to the host that a task is delegated to."""
    playbook = WHERE.replace("      diff: true\n", '      delegate_to: "{{ to }}"\n')
    hosts = {
        "away": {"ansible_connection": "elsewhere", "to": "localhost"},
        "home": {"to": "other"},
        "other": {"ansible_connection": "elsewhere", "to": "other"},
        "localhost": {},
    }
    played = stage.play(playbook, hosts).succeeded()
    assert set(played.pythons) == {"other"}
    assert sorted(one.key for one in recorder.written()) == ["sk-away", "sk-home", "sk-other"]


@pytest.fixture
def ssh_variables(tmp_path: Path) -> Iterator[dict[str, Any]]:
    """The variables of a host behind an ssh server of our own."""
    search = os.pathsep.join([os.environ["PATH"], "/usr/sbin", "/usr/local/sbin"])
    daemon = shutil.which("sshd", path=search)
    if daemon is None or not shutil.which("ssh") or not shutil.which("ssh-keygen"):
        pytest.skip("needs ssh, ssh-keygen and sshd (Debian: openssh-server)")
    for name in ("host", "user"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(tmp_path / name)], check=True)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings = {
        "ListenAddress": f"127.0.0.1:{port}",
        "HostKey": tmp_path / "host",
        "AuthorizedKeysFile": tmp_path / "user.pub",
        "PidFile": "none",
        "StrictModes": "no",
        "UsePAM": "no",
    }
    configuration = tmp_path / "sshd_config"
    configuration.write_text("".join(f"{name} {value}\n" for name, value in settings.items()))
    log = tmp_path / "sshd.log"
    with log.open("w") as errors:
        server = subprocess.Popen([daemon, "-D", "-e", "-f", str(configuration)], stderr=errors)
    try:
        if not answers(port, server):
            pytest.skip(f"sshd does not start here: {log.read_text().strip()}")
        yield {
            "ansible_connection": "ssh",
            "ansible_host": "127.0.0.1",
            "ansible_port": port,
            "ansible_user": getpass.getuser(),
            "ansible_ssh_private_key_file": str(tmp_path / "user"),
            "ansible_ssh_args": "-F none -o ControlMaster=no -o UserKnownHostsFile=/dev/null",
        }
    finally:
        server.terminate()
        server.wait()


def answers(port: int, server: subprocess.Popen[bytes]) -> bool:
    """Whether the server listens, once it does or has ended."""
    while server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return True
    return False


def test_behind_ssh(stage: Stage, ssh_variables: dict[str, Any]) -> None:
    played = stage.play(WHERE, {"behind_ssh": ssh_variables, "here": {}}).succeeded()
    assert set(played.pythons) == {"behind_ssh"}
    assert played.results["behind_ssh", "Declare"]["changed"]


@pytest.mark.parametrize("library", ["pydantic", "requests"])
def test_without_a_library(stage: Stage, recorder: Recorder, library: str) -> None:
    """A module does it, where the host's Python has the library; else it says what it misses."""
    shadows = stage.folder / "shadows"
    shadows.mkdir()
    (shadows / f"{library}.py").write_text(f"raise ImportError('No module named {library}')\n")
    stage.environment["PYTHONPATH"] = str(shadows)
    played = stage.play(WHERE, {"complete": {"before": "unset PYTHONPATH"}, "lacking": {}})
    assert set(played.pythons) == {"complete", "lacking"}
    assert played.results["complete", "Declare"]["assistant"]["name"] == "Tutor complete"
    failure = played.results["lacking", "Declare"]
    assert failure["ending"] == "failed"
    assert failure["msg"].startswith(f"Failed to import the required Python library ({library})")
    assert [one.key for one in recorder.written()] == ["sk-complete"]


# --- what a task can say ---

KEYWORDS = """\
- hosts: all
  gather_facts: false
  module_defaults:
    group/aiops.openai.openai:
      base_url: "{{ url }}"
      api_key: sk-{{ inventory_hostname }}
  vars:
    vaulted: !vault |
      VAULTED
  tasks:
    - name: Group defaults
      aiops.openai.openai_thread:
        metadata: {task: defaults}

    - name: Loop
      aiops.openai.openai_thread:
        metadata: {task: loop, item: "{{ item }}"}
      loop: [1, 2, 3]
      register: looped

    - name: Check mode
      aiops.openai.openai_thread:
        metadata: {task: check}
      check_mode: true
      diff: true

    - name: Diff
      aiops.openai.openai_thread:
        metadata: {task: diff}
      diff: true

    - name: Ignored
      aiops.openai.openai_thread:
        thread_id: thread_none
        metadata: {task: ignored}
      ignore_errors: true
      register: ignored

    - name: Hidden
      aiops.openai.openai_thread:
        metadata: {task: hidden}
      no_log: true
      register: hidden

    - name: Vaulted
      aiops.openai.openai_thread:
        api_key: "{{ vaulted }}"
        metadata: {task: vaulted, same: "{{ (vaulted == 'sk-vaulted') | string }}"}

    - name: Vaulted in place
      aiops.openai.openai_thread:
        api_key: !vault |
          VAULTED
        metadata: {task: vaulted in place}

    - name: Unsafe
      aiops.openai.openai_assistant:
        model: gpt-4o
        name: Unsafe {{ inventory_hostname }}
        instructions: !unsafe "{{ not }} {% a %} template {# at all #}"
        metadata:
          task: unsafe
          deep: !unsafe "{{ as it is }}"

    - name: Scalars
      aiops.openai.openai_thread:
        metadata:
          task: scalars
          text: !!str yes
          nothing_special: "1"

    - name: Scalars of other types
      aiops.openai.openai_thread:
        metadata:
          task: other scalars
          day: 2026-03-01
          moment: 2026-03-01 12:30:00
          whole: 3
          octal: 0o14
          part: 1.50
          large: 1e3
          truth: yes
          void: null
      ignore_errors: true

    - name: Scalars that options convert
      aiops.openai.openai_assistant:
        name: 12{{ inventory_hostname }}
        model: gpt-4o
        description: 2026-03-01
        temperature: "0.5"
        metadata: "task=converted"

    - name: Arguments that are none
      aiops.openai.openai_thread:
        colour: red
      ignore_errors: true

    - name: Arguments of a wrong type
      aiops.openai.openai_assistant:
        temperature: warm
        model: gpt-4o
      ignore_errors: true

    - name: Short name
      openai_thread:
        colour: red
      collections: [aiops.openai]
      ignore_errors: true

    - name: Environment
      aiops.openai.openai_thread:
        metadata: {task: environment}
      module_defaults: &no_defaults
        group/aiops.openai.openai: {}
      environment:
        OPENAI_API_KEY: sk-environment-{{ inventory_hostname }}
        OPENAI_BASE_URL: "{{ url }}"

    - name: No environment
      aiops.openai.openai_thread:
        metadata: {task: no environment}
      module_defaults: *no_defaults
      ignore_errors: true

    - name: Environment of items
      aiops.openai.openai_thread:
        metadata: {task: items}
      module_defaults: *no_defaults
      environment:
        OPENAI_API_KEY: sk-item-{{ item }}
        OPENAI_BASE_URL: "{{ url }}"
      loop: [a, b]

    - name: Timeout
      aiops.openai.openai_thread:
        api_key: SLOW
        metadata: {task: timeout}
      timeout: 1
      ignore_errors: true
      register: slow

    - name: After the timeout
      aiops.openai.openai_thread:
        metadata: {task: after}

    - name: What was registered
      ansible.builtin.assert:
        that:
          - looped.results | map(attribute='thread.metadata.item') | list == ['1', '2', '3']
          - ignored is failed
          - hidden.thread.metadata.task == 'hidden'
          - slow is failed
"""


@pytest.fixture(scope="module")
def vaulted() -> tuple[str, str]:
    """A password, and the key sk-vaulted encrypted with it."""
    from ansible.parsing.vault import VaultLib, VaultSecret

    encrypted = VaultLib([("default", VaultSecret(b"password"))]).encrypt(b"sk-vaulted")
    return "password", encrypted.decode()


@pytest.fixture(scope="module")
def keywords(tmp_path_factory: pytest.TempPathFactory, playbook_api: Any, vaulted: tuple[str, str]) -> Iterator[Any]:
    """The playbook above, played for a host in process and for one by modules, at the same time."""
    password, encrypted = vaulted
    lines = []
    for line in KEYWORDS.replace("SLOW", SLOW).splitlines():
        indent = line.removesuffix("VAULTED")
        lines += [line] if indent == line else [indent + part for part in encrypted.splitlines()]
    with Recorder(playbook_api.root) as recorder:
        stage = Stage(tmp_path_factory.mktemp("keywords"), recorder.url)
        stage.environment["ANSIBLE_VAULT_PASSWORD_FILE"] = str(stage.file("password", password))
        hosts = {"in_process": {}, "by_module": {"aiops_openai_in_process": False}}
        yield stage.play("\n".join(lines), hosts), list(recorder.exchanges)


def task_names() -> list[str]:
    """All tasks of the playbook but the last."""
    marker = "    - name: "
    return [line.removeprefix(marker) for line in KEYWORDS.splitlines() if line.startswith(marker)][:-1]


def threads(keywords: Any, task: str) -> list[tuple[str, Any]]:
    """The key and the metadata of each creation that a task sent."""
    return [
        (one.key, one.body["metadata"]) for one in keywords[1] if one.body and one.body["metadata"].get("task") == task
    ]


def both(*keys: str) -> list[str]:
    """The keys that a task of both hosts sent, sorted."""
    return sorted(key.format(host) for host in ("in_process", "by_module") for key in keys)


def test_keywords_leave_the_way_as_it_is(keywords: Any) -> None:
    played, _exchanges = keywords
    assert played.status == 0, played.output
    assert set(played.pythons) == {"by_module"}


@pytest.mark.parametrize("task", task_names())
def test_same_result_both_ways(keywords: Any, task: str) -> None:
    results = keywords[0].results
    in_process, by_module = results["in_process", task], results["by_module", task]
    assert str(comparable(in_process)).replace("in_process", "by_module") == str(comparable(by_module))


def test_defaults_loop_and_check_mode(keywords: Any) -> None:
    assert sorted(key for key, _metadata in threads(keywords, "defaults")) == both("sk-{}")
    assert sorted(metadata["item"] for _key, metadata in threads(keywords, "loop")) == ["1", "1", "2", "2", "3", "3"]
    assert threads(keywords, "check") == []
    results = keywords[0].results
    assert results["in_process", "Check mode"]["changed"]
    assert "diff" in results["in_process", "Check mode"]
    assert "diff" in results["in_process", "Diff"]
    assert "diff" not in results["in_process", "Group defaults"]


def test_failures_and_hidden_results(keywords: Any) -> None:
    results = keywords[0].results
    assert results["in_process", "Ignored"]["ending"] == "failed"
    assert "thread_none" in results["in_process", "Ignored"]["msg"]
    assert "thread" not in results["in_process", "Hidden"]
    assert "censored" in results["in_process", "Hidden"]
    assert len(threads(keywords, "hidden")) == 2
    unsupported = results["in_process", "Arguments that are none"]["msg"]
    assert unsupported.startswith("Unsupported parameters for (aiops.openai.openai_thread) module: colour.")
    assert results["in_process", "Short name"]["msg"] == unsupported


def test_values_arrive_as_they_are(keywords: Any) -> None:
    assert [key for key, _metadata in threads(keywords, "vaulted")] == ["sk-vaulted"] * 2
    assert [metadata["same"] for _key, metadata in threads(keywords, "vaulted")] == ["True"] * 2
    assert [key for key, _metadata in threads(keywords, "vaulted in place")] == ["sk-vaulted"] * 2
    unsafe = [one.body for one in keywords[1] if one.body and one.body["metadata"].get("task") == "unsafe"]
    assert [body["instructions"] for body in unsafe] == ["{{ not }} {% a %} template {# at all #}"] * len(unsafe)
    assert {body["metadata"]["deep"] for body in unsafe} == {"{{ as it is }}"}


def test_environment_is_the_tasks_own(keywords: Any) -> None:
    assert sorted(key for key, _metadata in threads(keywords, "environment")) == both("sk-environment-{}")
    assert threads(keywords, "no environment") == []
    assert "OPENAI_API_KEY" in keywords[0].results["in_process", "No environment"]["msg"]
    assert sorted(key for key, _metadata in threads(keywords, "items")) == both("sk-item-a", "sk-item-b")


def test_timeout(keywords: Any) -> None:
    result = keywords[0].results["in_process", "Timeout"]
    assert result["ending"] == "failed"
    assert result.get("timedout", {"period": 1})["period"] == 1  # ansible-core 2.16 has none
    assert sorted(key for key, _metadata in threads(keywords, "after")) == both("sk-{}")


# --- many hosts ---

MANY = """\
- hosts: all:!localhost
  gather_facts: false
  module_defaults:
    group/aiops.openai.openai:
      base_url: "{{ url }}"
  tasks:
    - name: Declare
      aiops.openai.openai_assistant:
        name: "{{ inventory_hostname }}"
        model: gpt-4o
        api_key: sk-{{ inventory_hostname }}
        metadata: {host: "{{ inventory_hostname }}"}
      delegate_to: localhost
      register: declared

    - name: Create
      aiops.openai.openai_thread:
        metadata: {host: "{{ inventory_hostname }}", item: "{{ item }}"}
      delegate_to: localhost
      loop: [1, 2]
      register: created
      environment:
        OPENAI_API_KEY: sk-{{ inventory_hostname }}

    - name: Compare
      ansible.builtin.assert:
        that:
          - declared.assistant.metadata.host == inventory_hostname
          - created.results | map(attribute='thread.metadata.host') | unique == [inventory_hostname]
        quiet: true
"""


def test_many_hosts_share_nothing(stage: Stage, recorder: Recorder) -> None:
    """Each host speaks with its own key over its own connection, which the items of its loop share."""
    hosts = [f"host{number}" for number in range(40)]
    away = {"ansible_connection": "elsewhere"}
    played = stage.play(MANY, {**dict.fromkeys(hosts, away), "localhost": {}}).succeeded()
    assert not played.pythons
    assert all(one.key == f"sk-{one.body['metadata']['host']}" for one in recorder.written())
    assert Counter(one.key for one in recorder.written()) == {f"sk-{host}": 3 for host in hosts}
    clients: dict[tuple[str, int], list[Any]] = {}
    for one in recorder.exchanges:
        clients.setdefault(one.client, []).append(one)
    assert all(len({one.key for one in said}) == 1 for said in clients.values())
    created = [one for one in recorder.written() if one.path == "/v1/threads"]
    assert len({one.client for one in created}) == len(hosts)


# --- secrets ---

SECRETS = """\
- hosts: all
  gather_facts: false
  vars:
    by_module: "{{ not aiops_openai_in_process | default(true) }}"
  module_defaults:
    group/aiops.openai.openai:
      base_url: "{{ url }}"
      api_key: "{{ key }}"
  tasks:
    - name: Begin a session
      aiops.openai.openai_chatkit_session:
        workflow: {id: wf_1}
        user: someone
      diff: true
      no_log: "{{ by_module }}"
      register: session

    - name: Begin sessions
      aiops.openai.openai_chatkit_session:
        workflow: {id: wf_1}
        user: "{{ item }}"
      diff: true
      loop: [one, other]
      no_log: "{{ by_module }}"
      register: sessions

    - name: Begin a session until it has begun
      aiops.openai.openai_chatkit_session:
        workflow: {id: wf_1}
        user: someone
      no_log: "{{ by_module }}"
      register: patient
      until: patient.attempts > 1
      retries: 3
      delay: 0

    - name: Use what was registered
      ansible.builtin.assert:
        that:
          - session.session.client_secret | length > 10
          - sessions.results | map(attribute='session.client_secret') | map('length') | min > 10
          - patient.session.client_secret | length > 10
        quiet: true

    - name: End it
      aiops.openai.openai_chatkit_session:
        session_id: "{{ session.session.id }}"
        state: absent
      diff: true
      no_log: "{{ by_module }}"

    - name: Succeed
      aiops.openai.openai_thread:
        extra_headers: {X-Secret: "{{ header }}"}

    - name: Be refused by a server that repeats the key
      aiops.openai.openai_thread:
        api_key: "{{ wrong }}"
      ignore_errors: true
      register: refused

    - name: Take the key from the environment
      aiops.openai.openai_thread:
        api_key: "{{ omit }}"
      environment:
        OPENAI_API_KEY: "{{ wrong }}"
      when: not by_module  # Ansible shows the environment of a process that it starts
      ignore_errors: true

    - name: Take a password in the URL
      aiops.openai.openai_thread:
        base_url: http://user:{{ password }}@127.0.0.1/v1
      ignore_errors: true

    - name: Reach no proxy
      aiops.openai.openai_thread:
        base_url: https://api.example.invalid/v1
        max_retries: 0
      environment:
        HTTPS_PROXY: http://user:{{ password }}@127.0.0.1:1
      when: not by_module
      ignore_errors: true

    - name: Say something wrong
      aiops.openai.openai_thread:
        colour: red
      ignore_errors: true

    - name: Reach no server
      aiops.openai.openai_thread:
        base_url: http://127.0.0.1:1/v1
        max_retries: 0
      ignore_errors: true

    - name: Take a key that no header can carry
      aiops.openai.openai_thread:
        api_key: "{{ wrong }}\\n"
      ignore_errors: true

    - name: Begin no session
      aiops.openai.openai_chatkit_session:
        api_key: "{{ wrong }}"
        workflow: {id: wf_1}
        user: someone
"""
SECRET_VARIABLES = {
    "key": "sk-b7d1f3a9",
    "wrong": f"{WRONG}-e5c2a8d4",
    "header": "h-9f4b6c1e",
    "password": "p-3c8e5d7b",
}


def secrets_of(recorder: Recorder) -> list[str]:
    """All that must not be shown: what the playbook has, and what the server gave away."""
    given = {one.answer["client_secret"] for one in recorder.exchanges if "client_secret" in one.answer}
    assert len(given) == 5
    return [*given, *SECRET_VARIABLES.values()]


@pytest.mark.parametrize("in_process", [True, False])
def test_secrets_are_not_shown(stage: Stage, recorder: Recorder, in_process: bool) -> None:
    played = stage.play(SECRETS, {"here": {**SECRET_VARIABLES, "aiops_openai_in_process": in_process}}, "-vvvv")
    assert played.status == 2
    assert played.results["here", "Begin no session"]["ending"] == "failed", played.output
    assert bool(played.pythons) != in_process
    shown = dict(played.results)
    if CORE < (2, 19):  # it hides each item, and gives callbacks all of them together; no log of Ansible's own has them
        assert "censored" not in shown.pop(("here", "Begin sessions"))
    for secret in secrets_of(recorder):
        assert secret not in played.output
        assert secret not in str(shown)


@pytest.mark.parametrize("in_process", [True, False])
def test_secrets_are_not_in_job_events(
    stage: Stage, recorder: Recorder, monkeypatch: pytest.MonkeyPatch, in_process: bool
) -> None:
    runner = pytest.importorskip("ansible_runner", reason="needs ansible-runner")
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    stage.prepare(SECRETS, {"here": {**SECRET_VARIABLES, "aiops_openai_in_process": in_process}})
    ended = runner.run(
        private_data_dir=str(stage.folder),
        playbook=str(stage.folder / "playbook.yml"),
        inventory=str(stage.folder / "hosts.json"),
        envvars=stage.environment,
        verbosity=4,
        quiet=True,
    )
    assert ended.rc == 2
    events = str(list(ended.events))
    assert "Begin a session" in events
    for secret in secrets_of(recorder):
        assert secret not in events
    # What is left on the disk, but for the inventory.
    for path in (stage.folder / "artifacts").rglob("*"):
        if path.is_file() and "fact_cache" not in path.parts:
            assert not any(secret in path.read_text(errors="replace") for secret in secrets_of(recorder)), path
