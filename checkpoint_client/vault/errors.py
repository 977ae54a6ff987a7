"""Why a key was not given out. The text of each is one plain sentence and what to do."""

from datetime import datetime


class WrongPassphrase(Exception):
    """`tries_left`: how many more may follow at once before the officer has to wait."""

    def __init__(self, tries_left: int) -> None:
        super().__init__(f"Wrong pass-phrase; {tries_left} more may be tried without waiting.")
        self.tries_left = tries_left


class Throttled(Exception):
    """Too many wrong pass-phrases. `until` is UTC by this workstation's clock."""

    def __init__(self, until: datetime) -> None:
        super().__init__(f"Too many wrong pass-phrases: try again after {until:%H:%M:%S} UTC.")
        self.until = until


class WeakPassphrase(ValueError):
    """A new pass-phrase is easy to guess. `code` is `too-short` or `too-plain`."""

    def __init__(self, code: str, advice: str) -> None:
        super().__init__(advice)
        self.code = code


class NoSuchOfficer(Exception):
    def __init__(self, service_number: str) -> None:
        super().__init__(
            f"Service number {service_number} is not known on this workstation:"
            " a supervisor can add it."
        )
        self.service_number = service_number


class SupervisorNeeded(Exception):
    def __init__(self) -> None:
        super().__init__("Only a supervisor of this workstation may do this: ask one to sign in.")


class OwnSlot(Exception):
    """A supervisor may not remove himself: so one always remains."""

    def __init__(self) -> None:
        super().__init__("Nobody removes himself: ask another supervisor.")


class AlreadyThere(Exception):
    """`what`: a file name or a service number."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} is already there; nothing was changed.")
        self.what = what


class Locked(Exception):
    """The keys of this session have been wiped."""

    def __init__(self) -> None:
        super().__init__("The workstation is locked: sign in again.")


class Damaged(Exception):
    """`file` cannot be trusted. `reason` is `missing`, `altered` or `other-device`."""

    def __init__(self, file: str, reason: str) -> None:
        words = {
            "missing": "is missing",
            "altered": "was damaged or altered",
            "other-device": "was made on another machine",
        }
        super().__init__(
            f"{file} {words[reason]}: put it back from the newest backup, or ask headquarters."
        )
        self.file = file
        self.reason = reason


class NewerFile(Exception):
    def __init__(self, file: str) -> None:
        super().__init__(f"{file} was written by a newer version: install that version here.")
        self.file = file


class CannotOpen(Exception):
    """Encrypted for another key or purpose, or altered on the way: these look the same."""

    def __init__(self) -> None:
        super().__init__("This was encrypted for another key, or was altered on the way.")
