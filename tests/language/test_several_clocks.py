"""Repetitions that come round at several clocks: each weekday at its own, or each day at more than one."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

import pytest
from reading_corpus import REFERENCE

from bot.language.understand import understand

if TYPE_CHECKING:
    from bot.language.meaning import Recurrence


def repeated(text: str) -> Recurrence:
    found = understand(text, REFERENCE).recurrence
    assert found is not None, text
    return found


def clocks(text: str) -> dict[int, list[int]]:
    """The hours at which it comes round, by weekday."""
    found: dict[int, list[int]] = {}
    series = repeated(text)
    for turn in series.turns:
        assert turn.starts == time(turn.starts.hour)
        for day in turn.weekdays or series.weekdays:
            found.setdefault(day, []).append(turn.starts.hour)
    return {day: sorted(hours) for day, hours in found.items()}


@pytest.mark.parametrize(
    "text",
    [
        "every tue and thu at 9 and 4",
        "every tuesday and thursday at 9 and at 4pm",
        "tuesdays and thursdays 9am and 4pm",
        "tue and thu at 9 and again at 4pm, weekly",
        "jeden dienstag und donnerstag um 9 und um 16 uhr",
        "dienstags und donnerstags um 9 und 16 uhr",
        "cada martes y jueves a las 9 y a las 16",
    ],
)
def test_each_of_the_days_comes_round_at_both_clocks(text: str) -> None:
    assert clocks(text) == {1: [9, 16], 3: [9, 16]}


@pytest.mark.parametrize(
    "text",
    [
        "every monday at 9 and thursday at 4",
        "every monday at 9 and every thursday at 4",
        "mondays at 9, thursdays at 4",
        "monday at 9 and thursday at 4, every week",
        "every week: monday at 9, thursday at 4",
        "immer montags um 9 und donnerstags um 16 uhr",
        "tous les lundis à 9h et les jeudis à 16h",
        "ogni lunedì alle 9 e giovedì alle 16",
        "elke maandag om 9 uur en donderdag om 16 uur",
        "toda segunda às 9h e quinta às 16h",
        "每周一9点和周四下午4点",
        "毎週月曜9時と木曜16時",
    ],
)
def test_each_of_the_days_comes_round_at_its_own_clock(text: str) -> None:
    assert clocks(text) == {0: [9], 3: [16]}


def test_several_days_share_a_clock() -> None:
    assert clocks("mondays and tuesdays at 9, thursdays and fridays at 2") == {0: [9], 1: [9], 3: [14], 4: [14]}
    assert clocks("mondays at 9 and 10 and thursdays at 4 and 5") == {0: [9, 10], 3: [16, 17]}


@pytest.mark.parametrize("text", ["every tue and thu at 9", "tue and thu at 9, every week", "every monday at 9 or 10"])
def test_one_clock_is_no_list_of_clocks(text: str) -> None:
    assert repeated(text).turns == ()


@pytest.mark.parametrize("text", ["mondays 9 to 5 and fridays 10 to 1", "fridays 9 to 1 and 2 to 5"])
def test_hours_of_days_are_no_clocks_at_which_to_meet(text: str) -> None:
    assert repeated(text).turns == ()


def test_a_date_beside_it_does_not_repeat() -> None:
    assert repeated("every monday at 9 and tomorrow at 3").weekdays == (0,)


@pytest.mark.parametrize(
    "text",
    [
        "every other monday at 9 and every thursday at 4",
        "biweekly mondays at 9 and weekly thursdays at 4",
        "every monday at 9 or thursday at 4",
        "first monday at 9 and third thursday at 4 of every month",
    ],
)
def test_two_rules_are_no_series(text: str) -> None:
    assert repeated(text).is_mixed


@pytest.mark.parametrize("text", ["every monday at 9 or so", "every 2 weeks on tue at 9 and thu at 4"])
def test_one_rule_is_not_mixed(text: str) -> None:
    assert not repeated(text).is_mixed


def test_a_clock_belongs_to_the_days_in_front_of_it() -> None:
    found = clocks("weekdays at 9 and fridays also at 3")

    assert (found[0], found[4]) == ([9], [9, 15])
