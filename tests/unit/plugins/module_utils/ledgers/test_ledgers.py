# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a ledger does, the same on each database: among many processes, and after one that died."""

from __future__ import annotations

import os
import signal
import time

import pytest

from ansible_collections.aiops.openai.plugins.module_utils.api.errors import BadAnswer, InvalidTask
from ansible_collections.aiops.openai.plugins.module_utils.engine.ledger import (
    Key,
    LedgerError,
    MakerLost,
    NoLedger,
    held,
    reserved,
)

KEY = Key("https://server.example/v1", "", "", "thread", "", "support")
OTHER = KEY._replace(name="sales")
PROCESSES = 50


def reserve(ledger, key=KEY, seconds=60, **how):
    return reserved(ledger, key, seconds, time.sleep, **how)


def make(ledger, object_id, key=KEY, **how):
    """The id that the ledger has for `key`; `object_id` where it has none yet."""
    with reserve(ledger, key, **how) as entry:
        return (entry if entry.object_id else ledger.keep(entry, object_id)).object_id


class TestRows:
    def test_a_row_is_reserved_kept_and_dropped(self, new):
        ledger = new()
        assert ledger.find(KEY) is None
        entry = ledger.reserve(KEY)
        assert (entry.object_id, new().find(KEY)) == (None, entry)
        kept = ledger.keep(entry, "thread_1", created_at=1700000000, checksum="abc")
        assert (kept.object_id, kept.created_at, kept.checksum) == ("thread_1", 1700000000, "abc")
        assert new().find(KEY) == kept
        ledger.drop(kept)
        assert new().find(KEY) is None

    @pytest.mark.parametrize("part", Key._fields)
    def test_every_part_of_the_key_counts(self, new, part):
        ledger = new()
        ledger.reserve(KEY)
        assert ledger.find(KEY._replace(**{part: "another"})) is None

    @pytest.mark.parametrize("name", ["Straße 🧵", "O'Brien; DROP TABLE x --", "?%s%(x)s:x", "x" * 4000, ""])
    def test_any_name_can_be_kept(self, new, name):
        ledger, key = new(), KEY._replace(name=name)
        ledger.keep(ledger.reserve(key), "thread_1")
        assert [entry.key.name for entry in ledger.entries()] == [name]

    def test_all_rows_are_listed_oldest_first(self, new):
        ledger = new()
        ledger.keep(ledger.reserve(KEY), "thread_2", created_at=20)
        ledger.keep(ledger.reserve(OTHER), "thread_1", created_at=10)
        assert [entry.object_id for entry in new().entries()] == ["thread_1", "thread_2"]

    def test_a_second_reservation_is_refused(self, new):
        first, second = new(), new()
        entry = first.reserve(KEY)
        with pytest.raises(LedgerError, match="is reserved by"):
            second.reserve(KEY)
        assert first.find(KEY) == entry

    def test_a_reservation_that_another_took_over_is_neither_kept_nor_dropped(self, new):
        ledger = new()
        entry = ledger.reserve(KEY)
        ledger.drop(entry)
        successor = ledger.reserve(KEY)
        with pytest.raises(LedgerError, match="has lost the reservation .*thread_1"):
            ledger.keep(entry, "thread_1")
        ledger.drop(entry)
        assert ledger.find(KEY) == successor


class TestReserving:
    def test_what_is_known_is_found(self, new):
        assert make(new(), "thread_1") == "thread_1"
        assert make(new(), "thread_2") == "thread_1"

    def test_what_is_gone_is_made_anew_and_dropped_once(self, new):
        make(new(), "thread_1")
        gone = new().find(KEY)
        assert make(new(), "thread_2", gone=gone) == "thread_2"
        assert make(new(), "thread_3", gone=gone) == "thread_2"

    def test_a_failure_that_made_nothing_leaves_nothing(self, new):
        with pytest.raises(InvalidTask), reserve(new()):
            raise InvalidTask("no such model")
        assert new().entries() == []

    def test_a_failure_that_may_have_made_it_leaves_the_reservation(self, new):
        with pytest.raises(BadAnswer), reserve(new()):
            raise BadAnswer("what?")
        with pytest.raises(MakerLost, match="set on_lost to recreate"):
            make(new(), "thread_2")
        assert make(new(), "thread_2", recreate=True) == "thread_2"

    def test_what_was_kept_before_a_failure_stays(self, new):
        ledger = new()

        def follow_up():
            with reserve(ledger) as entry:
                ledger.keep(entry, "thread_1")
                raise InvalidTask("what came after it")

        with pytest.raises(InvalidTask):
            follow_up()
        assert ledger.find(KEY).object_id == "thread_1"

    def test_without_a_ledger_everything_is_new(self):
        ledger = NoLedger()
        for _time in range(2):
            with reserve(ledger) as entry:
                assert entry.object_id is None
                ledger.keep(entry, "thread_1")
        assert (ledger.find(KEY), ledger.entries()) == (None, [])


def make_once(tell, new, go, made):
    """Makes the thread if no one else does, as a line of the file `made`."""
    go.wait()
    ledger = new()
    with reserve(ledger) as found:
        if found.object_id:
            tell(found.object_id)
            return
        with open(made, "a") as file:
            file.write(f"thread_{os.getpid()}\n")
        tell(ledger.keep(found, f"thread_{os.getpid()}").object_id)


def hold(tell, new, *keys):
    """Holds keys until it is killed."""
    ledger = new()
    tell([ledger.take(key) for key in keys])
    signal.pause()


def die_after(tell, new, step):
    """Goes as far as a step of reserving, creating, keeping; then waits for its death."""
    ledger = new()

    def reached(this):
        if this == step:
            tell(this)
            signal.pause()

    with held(ledger, KEY, 0, time.sleep):
        reached("taken")
        entry = ledger.reserve(KEY)
        reached("reserved")
        ledger.keep(entry, "thread_1")
        reached("kept")


class TestProcesses:
    def test_of_many_at_once_one_makes_it_and_all_get_it(self, new, child, tmp_path):
        """The ledger itself is new, too."""
        from .conftest import FORK

        go, made = FORK.Event(), tmp_path / "made"
        children = [child(make_once, new, go, made) for _each in range(PROCESSES)]
        go.set()
        ids = {each.told() for each in children}
        assert made.read_text().split() == list(ids)

    def test_who_holds_a_name_is_waited_for(self, new, child):
        holder = child(hold, new, KEY)
        assert holder.told() == [True]
        ledger, pauses = new(), []
        assert not ledger.take(KEY)
        assert ledger.take(OTHER)
        ledger.release(OTHER)

        def sleep(seconds):
            pauses.append(seconds)
            if len(pauses) == 8:
                holder.kill()
            time.sleep(seconds / 10)

        with reserved(ledger, KEY, 60, sleep) as entry:
            assert entry.object_id is None
        assert len(pauses) >= 8
        assert max(pauses) > 5 * pauses[0]

    def test_it_is_not_waited_for_forever(self, new, child):
        assert child(hold, new, KEY).told() == [True]
        with pytest.raises(LedgerError, match="another task is at work on the thread 'support'.* 0.1 seconds"):
            make(new(), "thread_1", seconds=0.1)
        assert new().entries() == []

    @pytest.mark.parametrize("step", ["taken", "reserved", "kept"])
    def test_after_a_death(self, new, child, step):
        maker = child(die_after, new, step)
        assert maker.told() == step
        assert not new().take(KEY)  # who is alive is not taken for dead
        maker.kill()
        if step == "reserved":
            with pytest.raises(MakerLost, match="'support'.*may hold one that cannot be listed"):
                make(new(), "thread_2")
            with pytest.raises(MakerLost):  # it has not become better by that
                make(new(), "thread_2")
        assert make(new(), "thread_2", recreate=True) == ("thread_1" if step == "kept" else "thread_2")


class TestReadOnly:
    def test_it_sees_what_is_there(self, new):
        make(new(), "thread_1")
        assert new(read_only=True).find(KEY).object_id == "thread_1"

    def test_it_sees_what_is_not_there(self, new):
        ledger = new(read_only=True)
        assert (ledger.find(KEY), ledger.entries()) == (None, [])

    def test_it_changes_nothing(self, new):
        make(new(), "thread_1")
        ledger = new(read_only=True)
        entry = ledger.find(KEY)
        for write in (lambda: ledger.reserve(OTHER), lambda: ledger.drop(entry), lambda: ledger.keep(entry, "x")):
            with pytest.raises(LedgerError, match="cannot be written"):
                write()
        assert new().entries() == [entry]
