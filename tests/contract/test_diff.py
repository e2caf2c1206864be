# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The diff of a task says which object changes, and what becomes of it, in a dry run as in a real one."""

from __future__ import annotations

import pytest


@pytest.fixture
def both(tasks):
    """Plays a task dry and for real; the diff, which is the same."""

    def play(module, **arguments):
        foreseen = tasks.ok(module, check=True, **arguments)
        made = tasks.ok(module, **arguments)
        assert made["diff"] == foreseen["diff"]
        return made

    return play


def headers(result):
    return result["diff"]["before_header"], result["diff"]["after_header"]


def sides(result):
    return result["diff"]["before"], result["diff"]["after"]


def test_an_assistant_by_its_name_and_id(both):
    made = both("assistant", name="Support", model="gpt-4o", instructions="One.\nTwo.\n")
    assert headers(made) == ("no assistant Support", "new assistant Support")
    assert sides(made) == ("", "instructions: |\n  One.\n  Two.\nmodel: gpt-4o\nname: Support\n")
    named = f"assistant Support ({made['assistant']['id']})"
    changed = both("assistant", name="Support", instructions="One.\nThree.\n")
    assert headers(changed) == (named, named)
    assert sides(changed) == ("instructions: |\n  One.\n  Two.\n", "instructions: |\n  One.\n  Three.\n")
    assert changed["diff"]["fields"]["after"] == {"instructions": "One.\nThree.\n"}
    same = both("assistant", name="Support")
    assert (headers(same), sides(same)) == ((named, named), ("", ""))
    renamed = both("assistant", assistant_id=made["assistant"]["id"], name="Help")
    assert headers(renamed) == (named, named.replace("Support", "Help"))
    removed = both("assistant", name="Help", state="absent")
    assert headers(removed) == (named.replace("Support", "Help"), f"no {named.replace('Support', 'Help')}")
    assert "name: Help\n" in removed["diff"]["before"]
    assert removed["diff"]["after"] == ""
    assert sides(both("assistant", name="Help", state="absent")) == ("", "")


def test_what_is_created_empty_still_shows(both, tasks):
    made = both("thread")
    assert (headers(made), sides(made)) == (("no thread", "new thread"), ("", "{}\n"))
    gone = tasks.ok("thread", check=True, thread_id="(known after apply)", state="absent")
    assert headers(gone) == ("thread ((known after apply))", "no thread ((known after apply))")
    assert sides(gone) == ("{}\n", "")


def test_what_lives_in_a_thread_says_in_which(both, tasks):
    thread = tasks.ok("thread")["thread"]["id"]
    said = both("thread_message", thread_id=thread, role="user", content="Hello")
    assert headers(said) == (f"no message in thread {thread}", f"new message in thread {thread}")
    assistant = tasks.ok("assistant", name="a", model="gpt-4o")["assistant"]["id"]
    run = tasks.ok("thread_run", thread_id=thread, assistant_id=assistant, run_key="nightly")
    assert headers(run)[1] == f"new run nightly in thread {thread}"
    changed = both("thread_run", thread_id=thread, run_key="nightly", metadata={"team": "a"})
    assert headers(changed)[0] == f"run nightly ({run['run']['id']}) in thread {thread}"


def test_what_is_cancelled_stays(tasks):
    made = tasks.ok("chatkit_session", workflow={"id": "wf_1"}, user="u-1")["session"]
    gone = tasks.ok("chatkit_session", session_id=made["id"], state="absent")
    assert headers(gone) == (f"session u-1 ({made['id']})", f"session u-1 ({made['id']})")
    assert sides(gone) == ("status: active\n", "status: cancelled\n")


def test_the_outputs_of_tools_stand_beside_what_else_changes(both, tasks, local_api):
    local_api.control(
        "POST", "/next_run", {"outcome": "requires_action", "tool_calls": [{"name": "f", "arguments": "{}"}]}
    )
    assistant = tasks.ok("assistant", name="a", model="gpt-4o")["assistant"]["id"]
    run = tasks.ok("thread_run", assistant_id=assistant, thread={})["run"]
    call = run["required_action"]["submit_tool_outputs"]["tool_calls"][0]["id"]
    where = {"thread_id": run["thread_id"], "run_id": run["id"]}
    outputs = [{"tool_call_id": call, "output": "up"}]
    foreseen = tasks.ok("thread_run", check=True, **where, metadata={"team": "a"}, tool_outputs=outputs)
    assert set(foreseen["diff"]["fields"]["after"]) == {"metadata", "tool_outputs"}
    given = both("thread_run", **where, tool_outputs=outputs)
    assert headers(given)[0] == f"run ({run['id']}) in thread {run['thread_id']}"
    assert sides(given) == ("tool_outputs: []\n", f"tool_outputs:\n  - output: up\n    tool_call_id: {call}\n")


def test_a_failure_after_the_outputs_were_handed_in_holds_the_diff_too(tasks, local_api):
    local_api.control(
        "POST", "/next_run", {"outcome": "requires_action", "tool_calls": [{"name": "f", "arguments": "{}"}]}
    )
    assistant = tasks.ok("assistant", name="a", model="gpt-4o")["assistant"]["id"]
    run = tasks.ok("thread_run", assistant_id=assistant, thread={})["run"]
    call = run["required_action"]["submit_tool_outputs"]["tool_calls"][0]["id"]
    local_api.control("POST", "/faults", {"method": "GET", "path": "/messages", "times": 1, "status": 500})
    failed = tasks.failed(
        "thread_run",
        thread_id=run["thread_id"],
        run_id=run["id"],
        tool_outputs=[{"tool_call_id": call, "output": "up"}],
    )
    assert failed["changed"]
    assert headers(failed)[0] == f"run ({run['id']}) in thread {run['thread_id']}"


def test_what_a_server_says_moves_no_cursor_and_breaks_no_header(tasks, local_api):
    local_api.assistant(name="a\x1b[2Jb\nc" + "d" * 100, instructions="x\x1b[1m\ny")
    (found,) = tasks.ok("assistant_info")["assistants"]
    removed = tasks.ok("assistant", assistant_id=found["id"], state="absent")
    assert "\x1b" not in "".join(sides(removed)) + "".join(headers(removed))
    assert headers(removed)[0] == rf"assistant a\x1b[2Jb c{'d' * 49}... ({found['id']})"


@pytest.mark.parametrize(
    ("module", "arguments"), [("assistant", {"name": "a"}), ("assistant_info", {"find_one": True})]
)
def test_a_dry_run_that_cannot_know_says_so(tasks, module, arguments):
    hint = "this dry run finds what is there now"
    assert hint in tasks.failed(module, check=True, **arguments)["msg"]
    assert hint not in tasks.failed(module, **arguments)["msg"]
