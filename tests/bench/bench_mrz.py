"""How long reading a machine readable zone takes."""

from datetime import date
from statistics import median
from time import perf_counter

from checkpoint_client.documents.mrz import read
from tests.bench import Row

TODAY = date(2026, 11, 24)
LIMIT_MS = 0.2
ZONES = (
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10",
    "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<",
    "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nD231458907UTO7408122F1204159<<<<<<<6",
    "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL8988901C4XXX4009078F96121096ZE184226B<<<<<<",
    "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nL8988901C4XXX4009078F9612109<<<<<<<<",
)
ROUNDS = 1_000


def rows() -> list[Row]:
    for zone in ZONES:
        read(zone, today=TODAY)
    times = []
    for _ in range(ROUNDS):
        start = perf_counter()
        for zone in ZONES:
            read(zone, today=TODAY)
        times.append((perf_counter() - start) / len(ZONES) * 1_000)
    typical = median(times)
    return [
        Row(
            what="machine readable zone read, median of the five formats",
            goal=f"≤ {LIMIT_MS} ms",
            measured=f"{typical:.3f} ms",
            n=ROUNDS * len(ZONES),
            met=typical <= LIMIT_MS,
        )
    ]
