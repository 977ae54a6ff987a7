"""Ends a command of the server with `kill -9` at each step in turn, until it gets through."""

import signal
import subprocess
import sys
from collections.abc import Callable

_KILLED_AT_EACH_STEP = """
import os, signal, sys
from sync.server.main import main
write = os.fsync
for step in range(1, 1_000):
    child = os.fork()
    if not child:
        left = step
        def fsync(descriptor):
            global left
            write(descriptor)
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
        os.fsync = fsync
        os.dup2(2, 1)
        os._exit(main(sys.argv[1:]))
    _, status = os.waitpid(child, 0)
    print(os.waitstatus_to_exitcode(status), flush=True)
    sys.stdin.readline()
"""


def killed_at_each_step(arguments: list[str], look: Callable[[], None]) -> int:
    """How often it was killed. `look` is called after each time, and after the end.

    A step ends when something is on the disk: a file's content, or its name.
    """
    killed = 0
    with subprocess.Popen(
        [sys.executable, "-c", _KILLED_AT_EACH_STEP, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as killing:
        assert killing.stdin is not None
        assert killing.stdout is not None
        while (status := int(killing.stdout.readline())) == -signal.SIGKILL:
            killed += 1
            look()
            killing.stdin.write("go on\n")
            killing.stdin.flush()
        killing.kill()
    assert status == 0
    look()
    return killed
