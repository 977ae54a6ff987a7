"""`checkpoint-admin rotate-key`: lets this workstation take new keys, and says how far that is."""

import argparse
import sys
from pathlib import Path

from checkpoint_client.settings import Folder
from checkpoint_client.vault.device import DeviceKey
from checkpoint_client.vault.errors import Damaged, NewerFile
from sync.enrolment import KEY_WORDS, digits_of
from sync.protocol import key_digits

HELP = """\
Gives this workstation new keys of its own: to sign with, and to be written to. It does so by itself
once they are as old as `key_days` in settings.toml says (365; 0 for never). Do it now if the disk
was in strange hands, and after a repair; if the computer was stolen or its disk copied, do not:
tell headquarters, which revokes it.

Nobody has to sign in for this command and the program may go on running. The new keys are made here
at once; they are used from the next contact with headquarters on while somebody is signed in, and
until then the present ones go on. Nothing is lost if anything stops in between, and nothing is to
be done again. A new journal begins with the new keys, signed for by the old ones.

Say it again, or with --show, to see how far it is and to compare digits with headquarters.
"""


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "rotate-key",
        help="give this workstation new keys",
        description=HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--data", type=Path, required=True, metavar="DIR", help="the workstation's data folder"
    )
    parser.add_argument("--show", action="store_true", help="only say how things stand")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    folder = Folder(arguments.data)
    if not folder.device_key.exists():
        return _refused(f"There is no workstation in {folder.path}: give its folder as --data.")
    try:
        device = DeviceKey.load(folder.device_key)
        if not device.state.workstation:
            return _refused("This computer has not been enrolled yet: begin with `enrol`.")
        if not arguments.show:
            device.prepare_keys()
    except (Damaged, NewerFile) as error:
        return _refused(str(error))
    except OSError as error:
        return _refused(f"{folder.device_key} cannot be written: {error.strerror}.")
    certified = device.state.certified_at
    since = f"{certified:%Y-%m-%d}" if certified else "its enrolment"
    print(f"{device.state.workstation} has its present keys since {since}.")
    print(KEY_WORDS.format(digits_of(device)))
    if coming := device.coming:
        digits = key_digits(coming.public, coming.receive_public)
        print(f"New keys ({digits}) are made; the next contact with somebody signed in takes them.")
    return 0


def _refused(why: str) -> int:
    print(f"checkpoint-admin: {why}", file=sys.stderr)
    return 1
