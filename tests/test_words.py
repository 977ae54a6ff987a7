"""Every code has words, every string is translated, and the plurals are those of the language."""

import importlib
import inspect
import pkgutil
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from enum import StrEnum
from string import Formatter

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

import ui
from checkpoint_client.desk.hits import HitShow, Likeness
from checkpoint_client.desk.log import Order, Show
from checkpoint_client.records import Problem, codes
from checkpoint_client.settings import LANGUAGES, resource
from ui import words
from ui.words import Words, speak

CODES = [
    code
    for _name, kind in inspect.getmembers(codes, inspect.isclass)
    if issubclass(kind, StrEnum) and kind is not StrEnum
    for code in kind
] + [*Order, *Show, *HitShow, *Likeness]

Message = tuple[str, str, list[str]]
"""Context, source, and every form of the translation."""


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    language = str(request.param)
    translators = speak(qapp, language)
    yield language
    for each in translators:
        qapp.removeTranslator(each)


def messages(language: str) -> list[Message]:
    tree = ElementTree.parse(resource("translations", f"{language}.ts"))  # noqa: S314  our own
    found = []
    for context in tree.iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None
            forms = [each.text or "" for each in translation.iter("numerusform")]
            found.append(
                (
                    context.findtext("name", ""),
                    message.findtext("source", ""),
                    forms or [translation.text or ""],
                )
            )
    return found


def placeholders(text: str) -> set[str]:
    named = {str(name) for _text, name, _format, _conversion in Formatter().parse(text) if name}
    return named | set(re.findall(r"%n", text))


@pytest.mark.parametrize("code", CODES, ids=lambda code: f"{type(code).__name__}.{code.name}")
def test_every_code_has_a_label(code: StrEnum) -> None:
    assert Words().label(code)


@pytest.mark.parametrize("name", LANGUAGES)
def test_the_translations_are_current_and_finished(name: str) -> None:
    assert words.is_current(resource("translations", f"{name}.ts"))


@pytest.mark.parametrize("name", LANGUAGES)
def test_every_context_is_a_class_of_the_screens(name: str) -> None:
    modules = [
        importlib.import_module(f"ui.{each.name}") for each in pkgutil.iter_modules(ui.__path__)
    ]
    classes = {
        each for module in modules for each, _ in inspect.getmembers(module, inspect.isclass)
    }

    assert {context for context, _source, _forms in messages(name)} <= classes


@pytest.mark.parametrize("name", LANGUAGES)
def test_every_translation_keeps_the_placeholders(name: str) -> None:
    different = [
        (source, form)
        for _context, source, forms in messages(name)
        for form in forms
        if placeholders(form) != placeholders(source)
    ]

    assert different == []


@pytest.mark.parametrize("name", ["ru", "kk"])
def test_no_sentence_is_left_in_english(name: str) -> None:
    left = [source for _context, source, [form, *_] in messages(name) if form == source]

    assert set(left) <= {"Checkpoint Client", "PDF", "VIN", "{0} {1}: {2}"}


@pytest.mark.parametrize("name", LANGUAGES)
def test_no_file_names_a_path_of_this_machine(name: str) -> None:
    text = resource("translations", f"{name}.ts").read_text(encoding="utf-8")

    assert "<location" not in text


@pytest.mark.parametrize("name", LANGUAGES)
def test_a_missing_string_makes_a_translation_out_of_date(
    name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("words") / f"{name}.ts"
    kept = resource("translations", f"{name}.ts").read_text(encoding="utf-8")
    file.write_text(kept.replace("<source>Lock</source>", "<source>Loch</source>"))
    words.release(file)

    assert not words.is_current(file)


def test_plurals_are_those_of_the_language(language: str) -> None:
    counts = {
        "en": {1: "1 hour old", 2: "2 hours old", 21: "21 hours old"},
        "ru": {1: "1 час назад", 2: "2 часа назад", 5: "5 часов назад", 21: "21 час назад"},
        "kk": {1: "1 сағат бұрын", 5: "5 сағат бұрын"},
    }

    said = Words()

    assert {hours: said.age(hours) for hours in counts[language]} == counts[language]


def test_labels_are_in_the_language_that_is_spoken(language: str) -> None:
    expected = {"en": "Shift supervisor", "ru": "Начальник смены", "kk": "Ауысым бастығы"}

    assert Words().label(codes.Role.SUPERVISOR) == expected[language]


def test_equal_codes_of_different_lists_keep_their_own_labels() -> None:
    said = Words()

    assert said.label(codes.DocumentClass.OTHER) == "Other document"
    assert said.label(codes.ReferralReason.OTHER) == "Other reason"


@pytest.mark.parametrize(
    ("problem", "sentence"),
    [
        (Problem("documents.1.number", "missing"), "Write the document number."),
        (Problem("vehicle.plate", "missing"), "This is needed."),
        (Problem("person.birth_date", "not-a-date"), "Write the date as day.month.year"),
        (Problem("vin", "not-heard-of"), "Correct this field (not-heard-of)."),
    ],
)
def test_a_problem_is_told_in_a_sentence(problem: Problem, sentence: str) -> None:
    assert Words().problem(problem).startswith(sentence)


def test_a_field_is_known_by_its_path() -> None:
    assert Words().field("documents.0.expiry_date") == "Valid until"
    assert Words().field("person.nationality.0") == "Nationality"


def test_qt_speaks_the_language_too(language: str) -> None:
    expected = {"en": "Cancel", "ru": "Отмена", "kk": "Бас тарту"}

    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == expected[language]
