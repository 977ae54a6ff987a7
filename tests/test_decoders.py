"""Threads that come first to a class at the same time: a contact of four workstations, say."""

import subprocess
import sys

ALL_AT_ONCE = """
import sys
from threading import Barrier, Thread
from checkpoint_client.journal import body
from sync import protocol

THREADS = 8
sys.setswitchinterval(1e-6)
together = Barrier(THREADS)

def reads():
    for kind in body.KINDS.values():
        together.wait()
        try:
            body.from_json(kind, b"{}")
        except body.Unreadable:
            pass
    for message in (protocol.Contact, protocol.ContactReply, protocol.Acknowledgement):
        together.wait()
        try:
            protocol.decode(b"\\x80", message)
        except protocol.Malformed:
            pass

threads = [Thread(target=reads) for _ in range(THREADS)]
for each in threads:
    each.start()
for each in threads:
    each.join()
"""
ROUNDS = 3


def test_no_thread_sees_a_class_half_described() -> None:
    for _ in range(ROUNDS):
        ended = subprocess.run([sys.executable, "-c", ALL_AT_ONCE], check=False, timeout=60)

        assert ended.returncode == 0
