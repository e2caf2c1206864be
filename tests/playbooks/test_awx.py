# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The playbooks for AWX and what sets them up there: docs/awx.md."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import job
import pytest
from ansible.parsing.dataloader import DataLoader
from jinja2.sandbox import ImmutableSandboxedEnvironment
from recorder import Recorder
from stage import Stage

from ansible_collections.aiops.openai.plugins.module_utils.tasks.arguments import CONNECTION

ROOT = Path(__file__).parents[2]
AWX = ROOT / "playbooks" / "awx"
SURVEYS = sorted(AWX.glob("survey_*.yml"))
KEY = "sk-c0ffee1234"
ASSISTANT = {"assistant_name": "Tutor", "assistant_state": "present", "assistant_description": ""}


def load(path: Path) -> Any:
    """What a file of YAML holds, Ansible's own tags included."""
    return DataLoader().load(path.read_text())


# --- what AWX asks, and what the playbooks take ---


def options_of(playbook: Path) -> dict[str, dict[str, Any]]:
    """The variables that a playbook checks."""
    (play,) = load(playbook)
    return play["tasks"][0]["ansible.builtin.validate_argument_spec"]["argument_spec"]


@pytest.mark.parametrize("survey", SURVEYS, ids=lambda path: path.stem)
def test_a_survey_asks_what_its_playbook_takes(survey: Path) -> None:
    options = options_of(ROOT / "playbooks" / survey.name.removeprefix("survey_"))
    questions = {question["variable"]: question for question in load(survey)["spec"]}
    assert list(questions) == list(options)
    for name, option in options.items():
        question = questions[name]
        # What has a default is answered in the form, for AWX hands over an empty answer too.
        assert question["required"] == (option.get("required", False) or "default" in option), name
        assert question["default"] == option.get("default", ""), name
        assert question["choices"].split() == option.get("choices", []), name
        assert question["type"] in ("text", "textarea", "multiplechoice"), name
        assert (question["type"] == "multiplechoice") == ("choices" in option), name


def test_each_template_has_its_playbook_and_survey() -> None:
    (play,) = load(AWX / "import.yml")
    (templates,) = [task["loop"] for task in play["tasks"] if "awx.awx.job_template" in task]
    assert sorted(f"survey_{name}.yml" for name in templates) == [survey.name for survey in SURVEYS]
    for name in templates:
        assert (ROOT / "playbooks" / f"{name}.yml").is_file()


# --- the credential ---


def injected(**inputs: str) -> dict[str, str]:
    """The environment that AWX makes of a credential; it leaves empty inputs out."""
    templates = load(AWX / "credential_type.yml")["injectors"]["env"]
    sandbox = ImmutableSandboxedEnvironment()
    return {name: sandbox.from_string(template).render(**inputs) for name, template in templates.items()}


def test_the_credential_is_what_the_modules_read() -> None:
    credential = load(AWX / "credential_type.yml")
    fields = {field["id"]: field for field in credential["inputs"]["fields"]}
    assert {name for name, field in fields.items() if field.get("secret")} == {"api_key", "ledger"}
    for name, field in fields.items():
        _fallback, (variable,) = CONNECTION[name]["fallback"]
        assert f"{{{{ {name} " in credential["injectors"]["env"][variable]
        assert field.get("choices") == CONNECTION[name].get("choices")
    assert len(credential["injectors"]["env"]) == len(fields)


def test_empty_inputs_are_the_modules_defaults() -> None:
    environment = injected(api_key=KEY)
    assert environment == {
        "OPENAI_API_KEY": KEY,
        "OPENAI_BASE_URL": CONNECTION["base_url"]["default"],
        "OPENAI_API_VERSION": "",
        "OPENAI_AUTH_SCHEME": CONNECTION["auth_scheme"]["default"],
        "AIOPS_OPENAI_LEDGER": "",
    }


# --- the jobs ---


class Controller:
    """Launches jobs of this checkout, each in a folder of its own."""

    def __init__(self, stage: Stage, url: str) -> None:
        self.stage = stage
        self.credential = injected(api_key=KEY, base_url=url)
        self.jobs: list[job.Job] = []

    def launch(self, name: str, answers: dict[str, str], *arguments: str) -> job.Job:
        folder = self.stage.folder / f"job{len(self.jobs)}"
        playbook = f"playbooks/{name}.yml"
        self.jobs.append(job.run(folder, ROOT, playbook, answers, self.credential, self.stage.environment, *arguments))
        return self.jobs[-1]


@pytest.fixture
def controller(stage: Stage, recorder: Recorder) -> Controller:
    """What launches jobs."""
    return Controller(stage, recorder.url)


def test_jobs_and_their_dry_runs(controller: Controller, recorder: Recorder) -> None:
    """An assistant converges, is asked, and is removed; each dry run says what its job then does."""
    created = {**ASSISTANT, "assistant_model": "gpt-4o", "assistant_instructions": "Be brief."}
    improved = {**ASSISTANT, "assistant_model": "", "assistant_instructions": "Be patient."}
    removed = {**ASSISTANT, "assistant_state": "absent"}
    for answers, changes in ((created, 1), (created, 0), (improved, 1), (removed, 1), (removed, 0)):
        before = len(recorder.written())
        foreseen = controller.launch("assistant", answers, "--check", "--diff").succeeded()
        assert len(recorder.written()) == before
        done = controller.launch("assistant", answers, "--diff").succeeded()
        assert len(recorder.written()) == before + changes
        assert foreseen.changes() == done.changes() == changes
        results = [each.result("Converge the assistant") for each in (foreseen, done)]
        assert [result["changed"] for result in results] == [bool(changes)] * 2
        assert results[0]["diff"] == results[1]["diff"]
        if answers is improved:
            assert results[0]["diff"]["fields"]["before"] == {"instructions": "Be brief."}
            assert results[0]["diff"]["fields"]["after"] == {"instructions": "Be patient."}
    assert {exchange.key for exchange in recorder.exchanges} == {KEY}
    for launched in controller.jobs:
        assert KEY not in str(launched.events())
        assert KEY not in launched.output


def test_a_question_and_one_more(controller: Controller, recorder: Recorder) -> None:
    controller.launch("assistant", {**ASSISTANT, "assistant_model": "gpt-4o"}).succeeded()
    question = {"ask_assistant": "Tutor", "ask_question": "What is a fiord?", "ask_thread_id": ""}
    before = len(recorder.written())
    foreseen = controller.launch("ask", question, "--check", "--diff").succeeded()
    assert foreseen.changes() == 1
    assert len(recorder.written()) == before

    first = controller.launch("ask", question).succeeded()
    assert first.changes() == 1
    assert first.result("Show the reply")["asked.reply"] == "Echo: What is a fiord?"
    stats = first.stats()
    assert stats["ask_reply"] == "Echo: What is a fiord?"

    more = {**question, "ask_question": "And a loch?", "ask_thread_id": stats["ask_thread_id"]}
    second = controller.launch("ask", more).succeeded()
    assert second.stats() == {"ask_reply": "Echo: And a loch?", "ask_thread_id": stats["ask_thread_id"]}
    for launched in controller.jobs:
        assert KEY not in str(launched.events())


@pytest.mark.parametrize(
    ("name", "answers", "message"),
    [
        ("assistant", {}, "missing required arguments: assistant_name"),
        ("assistant", {**ASSISTANT, "assistant_state": "gone"}, "value of assistant_state must be one of"),
        ("ask", {"ask_assistant": "Tutor"}, "missing required arguments: ask_question"),
        ("ask", {"ask_assistant": "Nobody", "ask_question": "Who?"}, "find_one wants exactly one of the assistants"),
    ],
)
def test_a_wrong_answer_is_refused(
    controller: Controller, recorder: Recorder, name: str, answers: dict[str, str], message: str
) -> None:
    launched = controller.launch(name, answers)
    assert launched.status == 2
    assert message in launched.output
    assert recorder.written() == []


# --- the execution environment ---


def builder(*arguments: str | Path) -> str:
    """What ansible-builder says."""
    command = [sys.executable, str(Path(sys.executable).parent / "ansible-builder"), *map(str, arguments)]
    return subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True, timeout=600).stdout


def test_an_image_gets_what_the_modules_need(tmp_path: Path) -> None:
    listed = tmp_path / "requirements.txt"
    builder("introspect", ROOT / ".build" / "live", "--write-pip", listed)
    found = [line.partition("#")[0].strip() for line in listed.read_text().splitlines()]
    needed = [line for line in (ROOT / "requirements.txt").read_text().splitlines() if line and line[0] != "#"]
    assert [line for line in found if line] == needed


def test_the_image_can_be_described(tmp_path: Path) -> None:
    builder("create", "-f", AWX / "execution-environment.yml", "-c", tmp_path, "--output-filename", "Containerfile")
    assert "FROM $EE_BASE_IMAGE" in (tmp_path / "Containerfile").read_text()
    assert "aiops.openai" in (tmp_path / "_build" / "requirements.yml").read_text()


def test_the_image_of_a_checkout_takes_its_tarball(tmp_path: Path) -> None:
    name = f"aiops-openai-{load(ROOT / 'galaxy.yml')['version']}.tar.gz"
    definition = tmp_path / "playbooks" / "awx" / "execution-environment-checkout.yml"
    definition.parent.mkdir(parents=True)
    definition.write_text((AWX / definition.name).read_text())
    (tmp_path / ".build").mkdir()
    (tmp_path / ".build" / name).write_text("a tarball")
    builder("create", "-f", definition, "-c", tmp_path / "context")
    (wanted,) = load(tmp_path / "context" / "_build" / "requirements.yml")["collections"]
    assert wanted == {"name": f"collections/{name}", "type": "file"}
    assert (tmp_path / "context" / "_build" / wanted["name"]).read_text() == "a tarball"
