"""Utopia's invented post and the people who work there."""

from dataclasses import dataclass

from checkpoint_client.records.codes import Role
from checkpoint_client.settings import Settings

DEPLOYMENT = "utopia"
POST = "UTO-07"
POST_NAME = "Silver Pass"


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody of the post. Pass-phrases are no secrets here: the sign-in page shows them."""

    service_number: str
    name: str
    role: Role
    passphrase: str


OFFICER = Colleague("4107", "Emil Rivelsson", Role.OFFICER, "river stone quiet lamp")
SECOND_LINE = Colleague("2230", "Fiora Valdrano", Role.SECOND_LINE, "seven birch morning gate")
SUPERVISOR = Colleague("1015", "Greta Selvikor", Role.SUPERVISOR, "copper kettle north window")
IT_ADMINISTRATOR = Colleague(
    "9001", "Ivo Tiliarund", Role.IT_ADMINISTRATOR, "paper boat under clouds"
)

STAFF = (SUPERVISOR, OFFICER, SECOND_LINE, IT_ADMINISTRATOR)
"""The supervisor first: whoever opens the first slot may let in the others."""


def settings(offset_minutes: int | None = None) -> Settings:
    """The settings of Utopia's workstation, whose clock may be at a fixed offset from UTC."""
    return Settings(
        post=POST,
        post_name=POST_NAME,
        state="UTO",
        lane="2",
        poll_seconds=2,
        utc_offset_minutes=offset_minutes,
        find_exchanges=False,
    )
