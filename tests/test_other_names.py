"""The bench's measure of aliases that no comparison of names can find, and its held-out people."""

import pytest

from tests.bench import variants
from tests.bench.aliases import is_another_name
from tests.bench.crowd import DEV, table


@pytest.mark.parametrize(
    ("alias", "listed"),
    [
        ("STAVROGIN NIKOLAI", ["Ставрогин Николай"]),
        ("STAWROGIN NIKOLAJ", ["GAGANOV, Artemi", "STAVROGIN, Nikolay"]),
        ("SINDBAD BAHRI", ["السندباد البحري"]),
        ("GULANDOM SARVINOZOVA", ["SARVINOZOVA, Gul Andom"]),
        ("BAOYU", ["JIA Baoyu"]),
    ],
)
def test_another_spelling_is_no_other_name(alias: str, listed: list[str]) -> None:
    assert not is_another_name(alias, listed)


@pytest.mark.parametrize(
    ("alias", "listed"),
    [
        ("STAVROGIN NIKOLAI", ["VERKHOVENSKY, Pyotr"]),
        ("ABU TULLAB", ["STAVROGIN, Nikolai", "VERKHOVENSKY, Pyotr"]),
        ("KARIM ZULFIQAROV", ["SARVINOZOV, Karim"]),
        ("BAOYU", ["SONG Jiang"]),
    ],
)
def test_a_given_name_alone_does_not_make_it_the_same_name(alias: str, listed: list[str]) -> None:
    assert is_another_name(alias, listed)


@pytest.mark.skipif(not DEV.is_dir(), reason="the folder ../shared is not here")
def test_nobody_of_the_development_set_is_among_the_held_out() -> None:
    listed = table(DEV / "list_10k.tsv")
    asked = {row["target_id"] for row in table(DEV / "positives.tsv")}

    held_out = variants.rows(listed, asked, each=5)

    assert {row["class"] for row in held_out} == {f"held-out {kind}" for kind in variants.CHANGES}
    assert {row["target_id"] for row in held_out}.isdisjoint(asked)
    assert held_out == variants.rows(listed, asked, each=5)
