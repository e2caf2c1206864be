# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Files: what is uploaded, how it is told from what is there, and what becomes of both."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest
from tasks import Tasks

SUM = {text: hashlib.sha256(text.encode()).hexdigest() for text in ("one", "two")}


@pytest.fixture
def upload(tasks, tmp_path):
    """Plays the upload of a text under one name, with a ledger of its own."""

    def play(content, *, ledger="own", deed=Tasks.ok, **more):
        path = tmp_path / "notes.md"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        where = str(tmp_path / "ledger.sqlite") if ledger == "own" else ledger
        return deed(tasks, "file", src=str(path), purpose="assistants", ledger=where, **more)

    return play


def content_of(local_api, file):
    return local_api.call("GET", f"/files/{file['id']}/content").content


def test_what_is_uploaded_arrives_byte_by_byte(upload, local_api, tasks):
    everything = bytes(range(256)) * 10000
    made = upload(everything)["file"]
    assert content_of(local_api, made) == everything
    assert made["checksum"] == hashlib.sha256(everything).hexdigest()


@pytest.mark.parametrize("name", ["Übersicht.md", "a; b=c.md", "it's 100 %.md"])
def test_any_name_arrives(tasks, name):
    assert tasks.ok("file", content="one", filename=name, purpose="assistants")["file"]["filename"] == name
    assert not tasks.ok("file", content="one", filename=name, purpose="assistants")["changed"]


def test_other_content_of_the_same_size_is_noticed_by_the_checksum(upload, local_api, tasks):
    old = upload("one")["file"]
    assert not upload("one")["changed"]
    tasks.asked()
    refusal = upload("two", deed=Tasks.failed)["msg"]
    assert "differs in checksum, which the API cannot change: set replace to true" in refusal
    new = upload("two", replace=True)
    assert new["diff"]["fields"] == {"before": {"checksum": SUM["one"]}, "after": {"checksum": SUM["two"]}}
    assert content_of(local_api, new["file"]) == b"two"
    assert tasks.asked()[-1] == f"GET /files/{new['file']['id']}/content"
    assert [each["id"] for each in local_api.ok("GET", "/files")["data"]] == [new["file"]["id"]]
    assert old["id"] != new["file"]["id"]


def test_without_the_ledger_sizes_are_compared(upload):
    assert "checksum" in upload("one", ledger="none")["file"]
    seen = upload("two", ledger="none")
    assert (seen["changed"], "checksum" in seen["file"]) == (False, False)
    refusal = upload("three", ledger="none", deed=Tasks.failed)["msg"]
    assert "differs in bytes," in refusal


def test_a_file_that_someone_else_has_uploaded_anew_is_not_taken_for_ours(upload, local_api):
    upload("one")
    other = local_api.file("notes.md", b"two")
    seen = upload("one")
    assert (seen["changed"], seen["file"]) == (False, other)  # its content is not known to be another


def test_a_new_upload_survives_that_the_old_file_cannot_be_deleted(upload, local_api):
    upload("one")
    local_api.control("POST", "/faults", {"method": "DELETE", "path": "^/files/", "status": 403})
    failure = upload("two", replace=True, deed=Tasks.failed)
    assert (failure["changed"], failure["error"]["status"]) == (True, 403)
    assert content_of(local_api, failure["file"]) == b"two"


def test_a_lost_answer_makes_no_second_file(upload, local_api):
    upload("one")
    local_api.control("POST", "/faults", {"method": "POST", "path": "^/files$", "drop": "after"})
    made = upload("two", replace=True, max_retries=2)["file"]
    assert content_of(local_api, made) == b"two"
    assert [each["id"] for each in local_api.ok("GET", "/files")["data"]] == [made["id"]]


def test_a_throttled_upload_begins_anew(upload, local_api):
    told = {"method": "POST", "path": "^/files$", "status": 429, "headers": {"retry-after-ms": 1}}
    local_api.control("POST", "/faults", told)
    assert content_of(local_api, upload(b"x" * 3_000_000, max_retries=1)["file"]) == b"x" * 3_000_000


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"src": "/nowhere/a.md", "purpose": "assistants"}, "src (/nowhere/a.md) cannot be read: No such file"),
        ({"src": "/", "filename": "a", "purpose": "assistants"}, "src (/) is a folder"),
        ({"src": "/dev/null", "purpose": "assistants"}, "src (/dev/null) is empty"),
        ({"content": "", "filename": "a", "purpose": "assistants"}, "content is empty"),
        ({"src": "https://a.example/b.md", "purpose": "assistants"}, "src is a URL: get the file with"),
        ({"content": "a", "filename": "a/b", "purpose": "assistants"}, "filename is empty, or holds a slash"),
        ({"content": "a", "filename": 'a"b', "purpose": "assistants"}, "a quotation mark or what cannot be printed"),
        ({"content": "a", "filename": "a.md"}, "a file is found by its name and purpose"),
        ({"content": "a", "filename": "a.md", "purpose": "batch"}, "filename (a.md) must end in .jsonl"),
    ],
)
def test_what_cannot_be_uploaded_is_said_before_any_request(tasks, arguments, said):
    assert said in tasks.failed("file", **arguments)["msg"]
    assert tasks.asked() == []


def test_a_file_beyond_the_limit_is_not_read(tasks, tmp_path):
    with (tmp_path / "large.md").open("wb") as large:
        large.truncate(512 * 1024 * 1024 + 1)
    failure = tasks.failed("file", src=str(tmp_path / "large.md"), purpose="assistants")
    assert "has 536870913 bytes: a file must have at most 536870912" in failure["msg"]
    assert tasks.asked() == []


MEMORY = """
import resource, sys
sys.path[:0] = sys.argv[1].split(":")
from tasks import Tasks
from local_server import LocalApi

class Elsewhere:
    url = sys.argv[2]

tasks = Tasks(Elsewhere(), faulty=True)
def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
tasks.ok("file", content="a", filename="a.md", purpose="assistants", ledger="none")
before = peak()
tasks.ok("file", src=sys.argv[3], purpose="assistants", ledger="none")
print(peak() - before)
"""


def test_a_large_file_costs_no_memory(local_api, tmp_path):
    with (tmp_path / "large.md").open("wb") as large:
        large.truncate(64 * 1024 * 1024)
    here = Path(__file__).parent
    paths = f"{here}:{here.parents[1] / '.build' / 'live'}"
    command = [sys.executable, "-c", MEMORY, paths, local_api.url, str(tmp_path / "large.md")]
    played = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert played.returncode == 0, played.stderr
    assert int(played.stdout) < 16
