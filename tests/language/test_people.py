from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language.entities.people.reading import read_people
from bot.language.meaning import DoubtKind, Reference
from bot.language.normalise import normalise
from bot.language.understand import understand

REFERENCE = Reference(now=datetime(2026, 3, 2, 9, tzinfo=UTC), zone=ZoneInfo("Europe/Berlin"))
CORPUS = Path(__file__).parent.parent / "corpus" / "people.toml"
TABLES = tomllib.loads(CORPUS.read_text(encoding="utf-8"))
NAMED = [(names, text) for names, texts in TABLES["named"].items() for text in texts]


@pytest.mark.parametrize(("names", "text"), NAMED)
def test_people_are_named_as_written(names: str, text: str) -> None:
    found = understand(text, REFERENCE).people

    assert sorted(name.casefold() for name in found) == sorted(name.casefold() for name in names.split(", "))


@pytest.mark.parametrize("text", TABLES["nobody"]["texts"])
def test_what_is_no_person_is_not_named(text: str) -> None:
    assert understand(text, REFERENCE).people == ()


def test_a_known_name_is_found_anywhere_and_whole() -> None:
    known = Reference(now=REFERENCE.now, zone=REFERENCE.zone, names=("Zib van Ort",))

    assert understand("zib van ort tomorrow at 3", known).people == ("zib van ort",)


def test_a_team_is_a_group_and_nobodys_name() -> None:
    read = understand("find time with the design team next week", REFERENCE)

    assert read.people == ()
    assert read.detail("group") == "design team"


def test_mentions_and_addresses_are_told_apart_from_names() -> None:
    read = understand("book <@U07D4NA> and <@U1AB|omar> with ana@example.com tomorrow", REFERENCE)

    assert read.mentions == ("U07D4NA", "U1AB")
    assert read.emails == ("ana@example.com",)


@pytest.mark.parametrize(
    ("text", "addressed"),
    [
        ('invite "Ort, Ana" <ana@acme.io> on friday', (("ana@acme.io", "Ana Ort"),)),
        ("book friday 2pm Ana Ort <ana@acme.io>", (("ana@acme.io", "Ana Ort"),)),
        ("meet Ana Ort <ana@acme.io> friday 4pm", (("ana@acme.io", "Ana Ort"),)),
        (
            "book Friday Team <ft@acme.io> and Jan (jan@acme.io) wednesday 2pm",
            (("ft@acme.io", "Friday Team"), ("jan@acme.io", "Jan")),
        ),
        ("book with ana <ana@acme.io> tomorrow", (("ana@acme.io", "ana"),)),
        ("book <ana@acme.io> tomorrow", ()),
    ],
)
def test_a_name_in_front_of_an_address_belongs_to_it(text: str, addressed: tuple[tuple[str, str], ...]) -> None:
    read = understand(text, REFERENCE)

    assert read.addressed == addressed
    assert len(read.moments) == 1


def test_a_broken_address_is_a_doubt_and_nobodys_name() -> None:
    read = understand("book an intro with ana@acme on friday", REFERENCE)

    assert read.people == ()
    assert [doubt.kind for doubt in read.doubts] == [DoubtKind.BROKEN_ADDRESS]


def test_a_user_group_is_a_group_and_here_is_nobody() -> None:
    assert understand("find time with <!subteam^S1|@design> tomorrow", REFERENCE).detail("group") == "design"
    assert understand("@here who is free tomorrow", REFERENCE).people == ()


@settings(deadline=None)  # the first text loads the word files
@given(st.text(alphabet="with and,.'@-/ SamPriyadr\n", max_size=120))
def test_no_heap_of_names_makes_it_fail(text: str) -> None:
    found = read_people(normalise(text), REFERENCE, ())

    assert len(found.names) <= len(found.spans)


@settings(deadline=None)  # the first text loads the word files
@given(
    st.lists(
        st.sampled_from(["with", "and", "Ana", "ben", "dr", ".", "the", "team", "'s", "May", "w", "/", ","]),
        max_size=20,
    )
)
def test_spans_of_names_lie_in_the_text(words: list[str]) -> None:
    utterance = normalise(" ".join(words))

    assert all(
        0 <= span.start < span.end <= len(utterance.text) for span in read_people(utterance, REFERENCE, ()).spans
    )
