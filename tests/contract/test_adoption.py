# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The options of what exists change nothing in it, whatever the server has added."""

from __future__ import annotations

import pytest
from ansible.errors import AnsibleFilterError

from ansible_collections.aiops.openai.plugins.filter.to_options import to_options

SEARCH = {"type": "bing_grounding", "bing_grounding": {"search_configurations": [{"connection_id": "c"}]}}
CODE = {"type": "code_interpreter"}


@pytest.fixture
def assistant(tasks):
    """An assistant as a module shows it."""
    made = tasks.ok("assistant", name="a", model="gpt-4o", tools=[CODE], metadata={"team": "x"})
    return made["assistant"]


def test_an_assistant(assistant):
    assert to_options(assistant) == {
        "name": "a",
        "model": "gpt-4o",
        "tools": [CODE],
        "metadata": {"team": "x"},
        "tool_resources": assistant["tool_resources"],
        "temperature": 1.0,
        "top_p": 1.0,
        "response_format": "auto",
    }
    assert to_options(assistant, with_id=True)["assistant_id"] == assistant["id"]


def test_an_agent_of_foundry(assistant):
    """Tools of its own types go where they are sent as they stand, null and foreign fields go."""
    shown = {**assistant, "tools": [CODE, SEARCH], "temperature": None, "tenant": "t", "response_format": None}
    options = to_options(shown)
    assert options["extra_body"] == {"tools": [CODE, SEARCH]}
    assert not {"tools", "tenant", "temperature", "response_format"} & set(options)


def test_a_setting_that_no_option_has_is_not_lost(assistant):
    """Left out it would be a difference, and the server would lose it."""
    search = {"type": "file_search", "file_search": {"max_num_results": 7, "of_this_server": True}}
    assert to_options({**assistant, "tools": [search]})["extra_body"] == {"tools": [search]}
    known = {"type": "file_search", "file_search": {"max_num_results": 7, "ranking_options": None}}
    assert to_options({**assistant, "tools": [known]})["tools"] == [
        {"type": "file_search", "file_search": {"max_num_results": 7}}
    ]


@pytest.mark.parametrize("odd", [7, "auto", [7], {"a": 7}, [{"type": {}}]])
def test_a_shape_that_the_api_does_not_have_is_kept_as_it_is(assistant, odd):
    assert to_options({**assistant, "tools": odd})["extra_body"] == {"tools": odd}


def test_every_kind_of_object_is_made_anew_by_its_options(tasks, assistant):
    thread = tasks.ok("thread", metadata={"n": "1"})["thread"]
    assert to_options(thread, with_id=True)["thread_id"] == thread["id"]
    assert not tasks.ok("thread", **to_options(thread, with_id=True))["changed"]

    part = {"type": "image_url", "image_url": {"url": "https://example.com/a.png"}}
    given = {"thread_id": thread["id"], "role": "user", "content": [{"type": "text", "text": "Hi"}, part]}
    message = tasks.ok("thread_message", **given)["message"]
    options = to_options(message)
    assert options["content"][0] == {"type": "text", "text": "Hi"}
    assert not tasks.ok("thread_message", **options)["changed"]

    run = tasks.ok("thread_run", thread_id=thread["id"], assistant_id=assistant["id"], run_key="k")["run"]
    assert to_options(run)["thread_id"] == thread["id"]
    assert to_options(run)["metadata"] == {}
    again = tasks.ok("thread_run", **to_options(run), run_id=run["id"])
    assert not again["changed"]

    session = tasks.ok("chatkit_session", workflow={"id": "wf_1"}, user="u")["session"]
    options = to_options(session)
    assert "client_secret" not in options
    made = tasks.ok("chatkit_session", **options)["session"]
    assert {name: made[name] for name in options} == {name: session[name] for name in options}


def test_a_list_names_by_id_what_cannot_be_found_otherwise(tasks, local_api):
    for name in ("one", "twice", "twice", None, ""):
        local_api.assistant(name=name)
    listed = to_options(tasks.ok("assistant_info")["assistants"])
    assert [one.get("name") for one in listed if "assistant_id" not in one] == ["one"]
    assert sum("assistant_id" in one for one in listed) == 4


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ("a", "wants an object"),
        ({"id": "asst_1"}, "wants an object"),
        ([{"object": "assistant", "id": "a"}, None], "wants an object"),
        ({"object": "thread.run.step", "id": "step_1"}, "no module makes an object of the type 'thread.run.step'"),
    ],
)
def test_what_is_no_object_is_refused_in_one_sentence(shown, said):
    with pytest.raises(AnsibleFilterError, match=said):
        to_options(shown)
