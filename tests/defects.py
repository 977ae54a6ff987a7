"""Known ways to lose, double or leak records, put into a copy of the program one at a time.

`python -m tests.defects` proves that the tests would notice: each defect must make its tests fail,
and without it they must pass. Nothing is changed in the checkout.
"""

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from xml.etree import ElementTree

HOME = Path(__file__).parents[1]
COPIED = ("checkpoint_client", "sync", "tests", "resources", "pyproject.toml")
LONGEST_SECONDS = 900
MISTAKES_OF_OURS = ("NameError", "ImportError", "ModuleNotFoundError", "SyntaxError")
"""A defect that is itself badly written is not caught, but broken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Defect:
    """A line of the program as it is, as it must never become, and the tests that notice."""

    name: str
    file: str
    old: str
    new: str
    caught_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What some tests came to: those that failed, and what kept them from being run, if so."""

    seconds: float
    failed: tuple[str, ...] = ()
    trouble: str = ""


ENGINE = "sync/engine.py"
PREVIEWS = "sync/previews.py"
STORE = "checkpoint_client/store/store.py"
PROTOCOL = "sync/protocol.py"
CENTRE = "sync/server/centre.py"
JOURNALS = "sync/server/journals.py"

DEFECTS = (
    # the centre
    Defect(
        name="the head before a batch is not compared",
        file=JOURNALS,
        old="    if ours[before] != stretch.previous:\n",
        new="    if not ours:\n",
        caught_by="test_server.py::test_a_fork_behind_the_last_entry_held_is_noticed",
    ),
    Defect(
        name="a fork overwrites what is held",
        file=JOURNALS,
        old="        if ours.get(each.wire.position, each.head) != each.head:\n",
        new="        if each.wire.position < 0:\n",
        caught_by="test_server.py::test_a_fork_is_refused_and_both_branches_are_kept",
    ),
    Defect(
        name="a gap is ignored",
        file=JOURNALS,
        old="    if stretch.first > before.tip.position + 1:\n",
        new="    if stretch.first > before.tip.position + 1_000_000:\n",
        caught_by="test_server.py::test_a_bundle_that_comes_early_shows_the_gap",
    ),
    Defect(
        name="a bundle that comes twice is doubled",
        file=JOURNALS,
        old="    new = [each for each in linked if each.wire.position > before.tip.position]\n",
        new="    new = linked\n",
        caught_by="test_server.py::test_a_bundle_that_comes_late_doubles_nothing",
    ),
    Defect(
        name="what cannot be interpreted blocks the queue",
        file=JOURNALS,
        old="        if read.oddity is not None:\n",
        new="        if read.oddity is not None:\n            raise Malformed(read.oddity)\n",
        caught_by="test_server.py::test_what_cannot_be_interpreted_is_held_and_noted",
    ),
    Defect(
        name="a head that the workstation did not sign is taken",
        file=JOURNALS,
        old="return linked if is_valid(workstation_key, stretch.head_signature, message) else None",
        new="return linked",
        caught_by="test_server.py::test_a_head_that_the_workstation_did_not_sign_is_not_taken",
    ),
    Defect(
        name="a preview is never forgotten",
        file=JOURNALS,
        old="            table.c.position.in_(as_shown),\n",
        new="            table.c.position.in_([]),\n",
        caught_by="test_previews.py::test_the_centre_keeps_it_until_the_journal_has_come",
    ),
    Defect(
        name="a journal unlike its preview alarms nobody",
        file=JOURNALS,
        old="    if any(leaves.get(position, leaf) != leaf for position, leaf in shown.items()):\n",
        new="    if not shown:\n",
        caught_by="test_previews.py::test_a_journal_that_brings_another_one_is_an_alarm",
    ),
    Defect(
        name="a leaf is completed from a preview that was another",
        file=JOURNALS,
        old="    return replace(each, wire=wire) if _leaf(wire) == each.leaf else each\n",
        new="    return replace(each, wire=wire)\n",
        caught_by="test_previews.py::test_a_leaf_unlike_the_one_that_came_ahead_is_an_alarm_and_its"
        "_body_is_asked_for",
    ),
    Defect(
        name="a missing body is never asked for",
        file=JOURNALS,
        old="    return Oddity.BODY_AWAITED if is_awaited else oddity\n",
        new="    return oddity\n",
        caught_by="test_previews.py::test_a_body_that_the_centre_has_lost_is_asked_for_and_comes",
    ),
    Defect(
        name="an erased body is asked for for ever",
        file=JOURNALS,
        old="        if not is_same or wire.body is None:\n",
        new="        if not is_same:\n",
        caught_by="test_previews.py::test_a_body_that_was_erased_is_asked_for_no_more",
    ),
    Defect(
        name="another body than the journal's is taken",
        file=JOURNALS,
        old="        is_same = _leaf(wire) == bytes(row.leaf)\n",
        new="        is_same = _leaf(wire) is not None\n",
        caught_by="test_previews.py::test_another_body_than_the_journals_is_an_alarm_and_not_taken",
    ),
    Defect(
        name="contacts are not counted",
        file=CENTRE,
        old="        if contact.counter <= workstation.counter:\n",
        new="        if contact.counter < 0:\n",
        caught_by="test_server.py::test_a_contact_that_was_overtaken_is_stale",
    ),
    Defect(
        name="the ratchet is not checked",
        file=CENTRE,
        old="or not self._has_right_ratchet(contact, workstation):\n",
        new="or not contact.ratchet:\n",
        caught_by="test_engine.py::test_a_copied_disk_is_told_to_enrol_again_and_stays_out",
    ),
    Defect(
        name="only the newest ratchet is accepted",
        file=CENTRE,
        old="contact.ratchet in (workstation.ratchet_issued, workstation.ratchet_presented)\n",
        new="contact.ratchet == workstation.ratchet_issued\n",
        caught_by="test_engine.py::test_a_lost_reply_does_not_double_the_journal",
    ),
    Defect(
        name="a restored centre judges ratchets that it never issued",
        file=CENTRE,
        old="        if workstation.epoch != workstation.centre_epoch:\n",
        new="        if not workstation.id:\n",
        caught_by="test_engine.py::test_a_restored_centre_is_filled_up_again_without_an_alarm",
    ),
    Defect(
        name="a centre that was put back does not notice it",
        file=CENTRE,
        old="        if self._was_forgotten(contact, workstation):\n",
        new="        if not workstation.id:\n",
        caught_by="test_older_ledger.py::test_it_is_noticed_at_the_first_contact",
    ),
    Defect(
        name="a reply is not kept for who lost it",
        file=CENTRE,
        old="        _keep_reply(connection, contact, incoming, packed)\n",
        new="",
        caught_by="test_server.py::test_a_lost_reply_is_repeated_word_for_word",
    ),
    Defect(
        name="bodies that a restored centre has lost are not asked for",
        file=CENTRE,
        old="            wanted=[] if contact.former else journals.awaited(connection, origin),\n",
        new="",
        caught_by="test_previews.py::test_a_body_that_the_centre_has_lost_is_asked_for_and_comes",
    ),
    Defect(
        name="what was recorded under a former name does not come again",
        file=ENGINE,
        old="        if each.shared and (takes_former or not is_former):\n",
        new="        if each.shared and not is_former:\n",
        caught_by="test_former_names.py::test_what_a_centre_lost_comes_again_under_the_name_it_was_written_with",
    ),
    Defect(
        name="an old key is heard beside the new one",
        file=CENTRE,
        old="        if workstation.speaks_with_old_key or not",
        new="        if not",
        caught_by="test_rotation.py::test_the_old_key_is_not_heard_even_with_the_newest_ratchet",
    ),
    Defect(
        name="an attachment is taken whatever came",
        file="sync/server/attachments.py",
        old="    if digest.digest() != part.address:\n",
        new="    if not part.address:\n",
        caught_by="test_attachments_sync.py::test_what_was_altered_on_the_disk_is_not_taken_for_it",
    ),
    Defect(
        name="one root holder alone orders a wipe",
        file="sync/orders.py",
        old="    if len(signers(order.payload, order.signatures, rules.keys)) < rules.needed:\n",
        new="    if not signers(order.payload, order.signatures, rules.keys):\n",
        caught_by="test_wipe.py::test_only_two_different_root_holders_order",
    ),
    # the workstation's contacts
    Defect(
        name="leaves are sent to a centre that completes nothing",
        file=PREVIEWS,
        old="    shown = shown_to(store, device) if store.mark(_COMPLETES) else 0\n",
        new="    shown = shown_to(store, device)\n",
        caught_by="test_previews.py::test_a_centre_that_does_not_complete_is_sent_everything_whole",
    ),
    Defect(
        name="what was urgent in a batch that did not fit goes by its leaf",
        file=PREVIEWS,
        old="    if last and sent > shown:\n",
        new="    if last and sent < 0:\n",
        caught_by="test_previews.py::test_what_was_urgent_in_a_batch_that_did_not_fit_comes_whole",
    ),
    Defect(
        name="a hit calls the centre, so that the booth sees that there is one",
        file=STORE,
        old='            f" where r.origin = ? and r.position > ? and ({_PRESSING}) limit 1",\n',
        new='            f" where r.origin = ? and r.position > ?"\n'
        '            f" and ({_PRESSING} or {_URGENT}) limit 1",\n',
        caught_by="test_uplink.py::test_by_the_line_nobody_sees_that_there_is_a_hit",
    ),
    Defect(
        name="the mark never goes back with a restored centre",
        file=ENGINE,
        old="        store.set_mark(RECEIVED, reply.held)\n",
        new="        store.set_mark(RECEIVED, max(store.mark(RECEIVED), reply.held))\n",
        caught_by="test_engine.py::test_the_mark_goes_back_with_a_restored_centre",
    ),
    Defect(
        name="the mark moves before the centre has committed",
        file=ENGINE,
        old="    return Request(contact=contact, waiting=store.waiting_checks())\n",
        new="    store.set_mark(RECEIVED, last.position)\n"
        "    return Request(contact=contact, waiting=store.waiting_checks())\n",
        caught_by="test_engine.py::test_without_a_line_everything_waits",
    ),
    Defect(
        name="another journal at the centre is taken for ours",
        file=ENGINE,
        old="    if store.head_at(reply.held) != reply.head:\n",
        new="    if reply.head == b'':\n",
        caught_by="test_engine.py::test_what_was_written_behind_a_backup_of_all_files_is_kept_in"
        "_a_new_journal",
    ),
    Defect(
        name="entries leave before the device key knows of them",
        file=ENGINE,
        old="        device.reached(furthest.position, furthest.head)\n",
        new="",
        caught_by="test_engine.py::test_a_database_put_back_goes_on_in_a_new_journal",
    ),
    Defect(
        name="a contact that was overtaken is not made again at once",
        file=ENGINE,
        old="    is_overtaken = reply.verdict is Verdict.STALE",
        new="    is_overtaken = reply.verdict is None",
        caught_by="test_engine.py::test_a_contact_that_was_overtaken_is_made_again_at_once",
    ),
    Defect(
        name="a new journal is given the number of the old one",
        file="checkpoint_client/desk/incarnation.py",
        old="        incarnation=state.incarnation + 1,\n",
        new="        incarnation=state.incarnation,\n",
        caught_by="test_engine.py::test_a_database_put_back_goes_on_in_a_new_journal",
    ),
    Defect(
        name="the signature of a reply is not checked",
        file=PROTOCOL,
        old="    _check(signed, _reply_message(answers, signed.payload))\n",
        new="",
        caught_by="test_wire_fixtures.py::test_a_reply_is_the_centres_and_to_this_request",
    ),
    Defect(
        name="what unpacks without end is unpacked",
        file=PROTOCOL,
        old="        plain = reader.stream_reader(io.BytesIO(data)).read(most + 1)\n",
        new="        plain = reader.stream_reader(io.BytesIO(data)).read()[:most]\n",
        caught_by="test_server.py::test_a_decompression_bomb_is_refused",
    ),
    # bundles
    Defect(
        name="an export to a stick prunes the spool",
        file="sync/bundle.py",
        old="        there.append(each)\n",
        new="        there.append(each)\n        each.path.unlink()\n",
        caught_by="test_stick_bundles.py::test_writing_to_a_stick_prunes_nothing_and_marks_nothing",
    ),
    Defect(
        name="a bundle is forgotten when it was sent, not when it is held",
        file="sync/bundle.py",
        old="        if not _is_held(spooled, reply):\n",
        new="        if reply.verdict is None:\n",
        caught_by="test_bundle.py::test_with_one_file_missing_the_next_waits_for_a_contact",
    ),
    Defect(
        name="a bundle may carry what another one was sealed with",
        file=CENTRE,
        old="        if not is_valid(bundle.key, bundle.signature, bundle_message(bundle)):\n",
        new="        if not bundle.signature:\n",
        caught_by="test_stick_bundles.py::test_a_hostile_file_is_refused_in_words_and_the_honest"
        "_ones_are_taken[swapped envelopes]",
    ),
    Defect(
        name="a word that comes late takes the mark back",
        file="sync/acknowledgement.py",
        old="held < mark and is_restored and _is_newest(acknowledgement, device):",
        new="held < mark or is_restored:",
        caught_by="test_stick_bundles.py::test_a_late_word_never_lowers_the_mark",
    ),
    # the post's exchange
    Defect(
        name="a certificate is believed that the centre did not sign",
        file=PROTOCOL,
        old="    _check(signed, signatures.message(tag, signed.payload))\n",
        new="",
        caught_by="test_wire_fixtures.py::test_nobody_certifies_himself",
    ),
    Defect(
        name="a journal of another post is handed on",
        file="sync/post.py",
        old="    if (certificate.deployment, certificate.post) != (deployment, post):\n",
        new="    if certificate.deployment != deployment:\n",
        caught_by="test_exchange_keeper.py::test_a_workstation_of_another_post_is_turned_away",
    ),
    Defect(
        name="a neighbour's journal is believed without its signatures",
        file="checkpoint_client/store/store.py",
        old="            verify(origin, tip, new, key)\n",
        new="",
        caught_by="test_neighbours.py::test_nothing_is_taken_of_a_journal_that_is_not_proved",
    ),
    Defect(
        name="a neighbour rewrites what he said before",
        file="checkpoint_client/store/store.py",
        old="                    self._must_be_the_same(number, origin, entry)\n",
        new="                    continue\n",
        caught_by="test_neighbours.py::test_a_neighbour_that_tells_another_story_is_not_believed",
    ),
    # what is kept and for how long
    Defect(
        name="records are erased when the centre has them, not when they are backed up",
        file="checkpoint_client/store/store.py",
        old="        own = {self._number: min(self.mark(BACKED_UP), self.mark(RECEIVED))}\n",
        new="        own = {self._number: self.mark(RECEIVED)}\n",
        caught_by="test_retention.py::test_what_is_not_backed_up_or_young_stays[alone]",
    ),
    Defect(
        name="erased records stay in the full-text index",
        file="checkpoint_client/store/erasure.py",
        old='    ("search", "id"),\n',
        new="",
        caught_by="test_retention.py::test_what_is_old_and_backed_up_is_found_nowhere_in_the_file",
    ),
    # what came last
    Defect(
        name="SQLite does not wait for the disk",
        file="checkpoint_client/store/engine.py",
        old='        "synchronous = FULL",\n',
        new='        "synchronous = OFF",\n',
        caught_by="test_held_calls.py::test_whatever_a_power_cut_leaves_holds_all_that_was_shown_as"
        "_saved",
    ),
    Defect(
        name="what a restored centre lost of a copied disk's branch is given up",
        file=ENGINE,
        old="    return max(tip, store.mark(mark_of(RECEIVED, origin))) if is_asked else 0\n",
        new="    return max(tip, 0 if is_asked else tip)\n",
        caught_by="test_former_names.py::test_what_a_centre_lost_of_one_copy_of_a_disk_is_kept"
        "_beside_the_others",
    ),
    Defect(
        name="of a supervisor who left the role's key stays",
        file="checkpoint_client/vault/roles.py",
        old="        sealed = {each.hex(): there[each.hex()]"
        " for each in wanted if each.hex() in there}\n",
        new="        sealed = dict(there)\n",
        caught_by="test_roles.py::test_of_a_supervisor_who_left_no_key_stays",
    ),
    Defect(
        name="an exchange hands on an attachment whatever came",
        file="sync/server/post_attachments.py",
        old='            is_it = file_digest(file, "sha256").hexdigest() == lying.address\n',
        new='            is_it = bool(file_digest(file, "sha256").hexdigest())\n',
        caught_by="test_attachments_post.py::test_what_is_not_what_its_address_says_is_thrown_away",
    ),
    Defect(
        name="a sheet of crossings is believed without the centre's signature",
        file="sync/crossings.py",
        old="protocol.read_statement(packed, Sheet, signatures.CROSSINGS, server_key=server_key)",
        new="protocol.decode(protocol.decode(packed, protocol.Signed).payload, Sheet)",
        caught_by="test_crossings_carried.py::test_what_is_cut_altered_or_made_up_is_refused_in"
        "_words",
    ),
    Defect(
        name="what a neighbour repeats under a new name is erased in one journal only",
        file="checkpoint_client/store/erasure.py",
        old=" and e.origin > 1 and e.origin <> n.origin",
        new=" and e.origin > 1 and e.origin = n.origin and e.position <> n.position",
        caught_by="test_former_names.py::test_what_a_neighbour_repeats_under_a_new_name_is_erased"
        "_in_both",
    ),
    Defect(
        name="who has left is let in until his slot is gone",
        file="checkpoint_client/desk/session.py",
        old="        self._leaving.must_be_in_service(service_number)\n",
        new="",
        caught_by="test_leaving.py::test_headquarters_list_keeps_an_officer_out_before_anybody_has"
        "_signed_in",
    ),
)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="defects", description=__doc__)
    parser.add_argument("--only", default="", help="defects whose name has these words in it")
    parser.add_argument("--at-once", type=int, default=os.cpu_count() or 1)
    given = parser.parse_args(arguments)
    chosen = [each for each in DEFECTS if given.only in each.name]
    began = perf_counter()
    with TemporaryDirectory(prefix="sound-") as place, ThreadPoolExecutor(given.at_once) as pool:
        program = Path(place)
        _copy(HOME, program)  # once: the checkout may be worked on meanwhile
        healthy = pool.submit(run, program, None, sorted({each.caught_by for each in chosen}))
        runs = list(pool.map(lambda each: run(program, each, [each.caught_by]), chosen))
    caught = [(each, came_to) for each, came_to in zip(chosen, runs, strict=True) if came_to.failed]
    for defect, came_to in zip(chosen, runs, strict=True):
        found = f"caught by {defect.caught_by}" if came_to.failed else "NOT CAUGHT"
        print(f"{defect.name}\n    {found} {came_to.trouble} ({came_to.seconds:.0f} s)")
    sound = healthy.result()
    print(
        f"{len(caught)} of {len(chosen)} defects caught, {perf_counter() - began:.0f} s;"
        f" without any: {', '.join(sound.failed) or sound.trouble or 'all tests pass'}"
    )
    return 0 if len(caught) == len(chosen) and not (sound.failed or sound.trouble) else 1


def run(program: Path, defect: Defect | None, tests: Sequence[str]) -> Run:
    """The tests in a process of their own, on a copy of the program with the defect in it."""
    began = perf_counter()
    with TemporaryDirectory(prefix="defect-") as place:
        copy = Path(place)
        _copy(program, copy)
        trouble = _put(defect, copy) if defect else ""
        failed: tuple[str, ...] = ()
        if not trouble:
            failed, trouble = _tested(copy, tests)
    return Run(failed=failed, trouble=trouble, seconds=perf_counter() - began)


def _copy(program: Path, to: Path) -> None:
    for name in COPIED:
        part = program / name
        if part.is_dir():
            shutil.copytree(part, to / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(part, to)


def _put(defect: Defect, copy: Path) -> str:
    """Change the file; what is wrong with the defect, if anything is."""
    path = copy / defect.file
    text = path.read_text()
    times = text.count(defect.old)
    if times != 1:
        return f"{defect.file} has {times} times {defect.old.strip()!r}: write the defect anew"
    path.write_text(text.replace(defect.old, defect.new))
    return ""


def _tested(copy: Path, tests: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """The tests that failed, or what kept them from it."""
    command = [
        *(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--hypothesis-seed=1"),
        *(f"--junitxml={copy / 'said.xml'}", "-k", "not postgresql"),
        *(f"tests/{test}" for test in tests),
    ]
    surroundings = {**os.environ, "PYTHONPATH": str(copy), "QT_QPA_PLATFORM": "offscreen"}
    try:
        ended = subprocess.run(
            command,
            cwd=copy,
            env=surroundings,
            capture_output=True,
            text=True,
            timeout=LONGEST_SECONDS,
        )
    except subprocess.TimeoutExpired:
        return (), f"no end after {LONGEST_SECONDS} s"
    if ended.returncode not in (0, 1):
        return (), (ended.stdout + ended.stderr)[-300:]
    return _failed_in(copy / "said.xml", ended.returncode)


def _failed_in(said: Path, status: int) -> tuple[tuple[str, ...], str]:
    """Only what failed inside a test counts, and not by a mistake in the defect itself."""
    failed = {
        case.get("name", ""): failure.get("message", "")
        for case in ElementTree.parse(said).iter("testcase")  # noqa: S314  of our own run
        for failure in case.findall("failure")
    }
    for test, message in failed.items():
        if message.startswith(MISTAKES_OF_OURS):
            return (), f"{test}: the defect itself is wrong: {message}"
    if status and not failed:
        return (), "the tests could not be set up"
    return tuple(failed), ""


if __name__ == "__main__":
    sys.exit(main())
