"""Reasons of a match as English sentences, for the command line. The screens have their own words.

The codes and their values are listed in `checkpoint_client.watchlist.weigh`.
"""

from checkpoint_client.watchlist import Reason

_PARTS = {"surname": "surname", "given": "given name", "father": "father's name", "name": "name"}

SENTENCES = {
    "name-same": "{part} {traveller} is the same as {alert}",
    "name-spelling": "{part} {traveller} is a spelling of {alert}",
    "name-similar": "{part} {traveller} is similar to {alert}",
    "name-begins": "{part} {traveller} may be the beginning of {alert}, or the other way round",
    "name-joined": "{part} {traveller} is {alert} written together or apart",
    "name-differs": "{part} {traveller} differs from {alert}",
    "name-only-here": "the alert does not know the {part} {traveller}",
    "name-only-there": "the alert has {alert} besides",
    "name-order": "the names stand in another order",
    "alias": "{alert} is a further name of {name}",
    "birth-same": "born {traveller}, as in the alert",
    "birth-agrees": "born {traveller}; the alert says {alert}, which agrees",
    "birth-swapped": "born {traveller}, alert says {alert}: day and month swapped",
    "birth-first-january": "born {traveller}, alert says {alert}: the same year, one 1 January",
    "birth-one-digit": "born {traveller}, alert says {alert}: one digit differs",
    "birth-same-month": "born {traveller}, alert says {alert}: another day",
    "birth-same-year": "born {traveller}, alert says {alert}: the same year",
    "birth-year-beside": "born {traveller}, alert says {alert}: one year apart",
    "birth-differs": "born {traveller}, alert says {alert}: not the same",
    "birth-unknown": "one of the dates of birth is not known",
    "nationality-same": "the same nationality, {state}",
    "nationality-differs": "nationality {traveller}, alert says {alert}",
    "sex-differs": "sex {traveller}, alert says {alert}",
    "document-same": "document {number} is in the alert",
    "national-number-same": "personal number {number} is in the alert",
    "plate-same": "registration plate {number} is in the alert",
    "vin-same": "vehicle number {number} is in the alert",
    "namesakes": "{count} other alerts carry this name",
}


def sentence(reason: Reason) -> str:
    values = dict(reason.values)
    if "part" in values:
        values["part"] = _PARTS[values["part"]]
    if reason.code == "namesakes" and values["count"] == "1":
        return "1 other alert carries this name"
    return SENTENCES[reason.code].format_map(values)
