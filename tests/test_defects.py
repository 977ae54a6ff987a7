"""The seeded defects of `tests.defects` still fit the program; `make defects` puts them in."""

import pytest

from tests.defects import DEFECTS, HOME, Defect


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda each: each.name)
def test_a_seeded_defect_is_of_this_program(defect: Defect) -> None:
    text = (HOME / defect.file).read_text()
    broken = text.replace(defect.old, defect.new)

    assert text.count(defect.old) == 1
    compile(broken, defect.file, "exec")


def test_each_is_a_defect_of_its_own() -> None:
    assert len({(each.file, each.old) for each in DEFECTS}) == len(DEFECTS)
