# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Files are found on the controller as copy finds them, decrypted for as long as it takes, and handed to any module."""

from __future__ import annotations

import hashlib

import pytest
from ansible.parsing.vault import VaultLib, VaultSecret
from stage import Stage

PLAYBOOK = """
- hosts: all
  gather_facts: false
  module_defaults:
    group/aiops.openai.openai: {base_url: "{{ url }}", api_key: sk-test-0123456789}
  roles: [handbook]
"""
TASKS = """
- name: Upload the role's file
  aiops.openai.openai_file: {src: plain.md, purpose: assistants}
- name: Upload the encrypted file
  aiops.openai.openai_file: {src: secret.md, purpose: assistants}
- name: Upload it again
  aiops.openai.openai_file: {src: secret.md, purpose: assistants}
- name: Upload what is not there
  aiops.openai.openai_file: {src: missing.md, purpose: assistants}
  ignore_errors: true
- name: Delete what is not there
  aiops.openai.openai_file: {src: missing.md, purpose: assistants, state: absent}
"""
PLAIN, SECRET = b"for everyone", b"for a few"


@pytest.fixture
def role(stage: Stage, playbook_api):
    """A role with a file, and one that Ansible Vault has encrypted."""
    playbook_api.control("POST", "/reset")
    files, tasks = stage.folder / "roles" / "handbook" / "files", stage.folder / "roles" / "handbook" / "tasks"
    for folder in (files, tasks):
        folder.mkdir(parents=True)
    (tasks / "main.yml").write_text(TASKS)
    (files / "plain.md").write_bytes(PLAIN)
    (files / "secret.md").write_bytes(VaultLib([("default", VaultSecret(b"sesame"))]).encrypt(SECRET))
    stage.script("password", "echo sesame")
    return stage


@pytest.mark.parametrize("way", ["in process", "by module", "elsewhere"])
def test_a_source(role: Stage, playbook_api, way):
    host = {
        "in process": {},
        "by module": {"aiops_openai_in_process": False},
        "elsewhere": {"ansible_connection": "elsewhere"},
    }[way]
    played = role.play(PLAYBOOK, {"h": host}, "--vault-password-file", "password").succeeded()
    plain, secret, again, missing, absent = (
        played.results["h", f"handbook : {name}"]
        for name in (
            "Upload the role's file",
            "Upload the encrypted file",
            "Upload it again",
            "Upload what is not there",
            "Delete what is not there",
        )
    )
    for result, name, content in ((plain, "plain.md", PLAIN), (secret, "secret.md", SECRET)):
        assert (result["changed"], result["file"]["filename"]) == (True, name)
        assert result["file"]["checksum"] == hashlib.sha256(content).hexdigest()
        assert playbook_api.call("GET", f"/files/{result['file']['id']}/content").content == content
    assert (again["changed"], again["file"]) == (False, secret["file"])
    assert "Could not find or access 'missing.md'" in missing["msg"]
    assert absent["changed"] is False
    assert bool(played.pythons) == (way != "in process")
    left = [path for path in (role.folder / "home").rglob("*") if path.is_file()]
    assert not any(SECRET in path.read_bytes() for path in left)
