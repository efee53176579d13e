from __future__ import annotations

import pytest

from bot.scheduling.models import Person
from bot.scheduling.together.directory import Member, matches


def member(name: str, *nicknames: str, guest: bool = False, gone: bool = False) -> Member:
    person = Person(name=name, member=f"U{name[:3].upper()}")
    return Member(person=person, nicknames=nicknames, is_guest=guest, is_deactivated=gone)


TEAM = (
    member("Priya Raman"),
    member("Sam Novak"),
    member("Sam Ortega"),
    member("Samira Haas"),
    member("Dr. Mei Ng"),
    member("Angela Ngata"),
    member("José Luis Peña", "pepe_luis"),
    member("Elizabeth Stone", "lizzie"),
    member("Михаил Орлов"),
    member("田中優希"),
    member("Will May"),
    member("Ana Lima", gone=True),
    member("Gus Ferro", guest=True),
)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("priya", ["Priya Raman"]),
        ("Raman", ["Priya Raman"]),
        ("raman priya", ["Priya Raman"]),
        ("sam", ["Sam Novak", "Sam Ortega"]),
        ("sam n.", ["Sam Novak"]),
        ("sam N", ["Sam Novak"]),
        ("sami", ["Samira Haas"]),
        ("Dr Ng", ["Dr. Mei Ng"]),
        ("ng", ["Dr. Mei Ng"]),
        ("Jose", ["José Luis Peña"]),
        ("pepe", ["José Luis Peña"]),
        ("josé peña", ["José Luis Peña"]),
        ("liz", ["Elizabeth Stone"]),
        ("lizzie", ["Elizabeth Stone"]),
        ("liz s", ["Elizabeth Stone"]),
        ("михаил", ["Михаил Орлов"]),
        ("田中", ["田中優希"]),
        ("田中さん", ["田中優希"]),
        ("will", ["Will May"]),
        ("gus", ["Gus Ferro"]),
        ("ana", ["Ana Lima"]),
        ("n", []),
        ("sa", []),
        ("bruno", []),
        ("priya novak", []),
        ("", []),
        ("@!", []),
    ],
)
def test_a_name_means_everybody_whom_it_fits_best(said: str, expected: list[str]) -> None:
    assert [found.person.name for found in matches(said, TEAM)] == expected


def test_who_has_left_is_found_only_when_nobody_else_fits() -> None:
    team = (*TEAM, member("Ana Berg"))

    assert [found.person.name for found in matches("ana", team)] == ["Ana Berg"]
    assert matches("ana", TEAM)[0].is_deactivated
