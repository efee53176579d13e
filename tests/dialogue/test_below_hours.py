"""Short texts below a card or a list of working hours: they change the week that is shown, and nothing that was not said."""

from __future__ import annotations

import pytest
from deeds import hours_written as written

WEEK = "set mon-fri 9 to 6"
TUESDAYS = "set tuesdays 10 to 4"


@pytest.mark.parametrize(
    "text",
    ["and friday until 3", "fridays only until 3", "friday until 3pm", "und freitag bis 15 uhr", "freitags bis 15 uhr",
     "et le vendredi jusqu'à 15h", "el viernes hasta las 15", "e venerdì fino alle 15", "en vrijdag tot 15 uur",
     "e sexta até as 15h", "金曜は15時まで", "周五到三点"],
)  # fmt: skip
def test_hours_of_one_weekday_more_leave_the_others_as_the_card_shows_them(text: str) -> None:
    assert written(WEEK, text) == "Mon–Thu 09:00–18:00; Fri 09:00–15:00"
    assert written("what are my hours", text) == "Mon–Thu 09:00–17:00; Fri 09:00–15:00"


@pytest.mark.parametrize(
    "text",
    ["not the wednesday", "except wednesdays", "wednesday off", "mittwochs nicht", "außer mittwoch", "mittwochs frei",
     "sauf le mercredi", "menos los miércoles", "tranne il mercoledì", "behalve woensdag", "exceto quarta", "水曜以外",
     "除了周三"],
)  # fmt: skip
def test_a_weekday_goes_out_of_the_hours_on_the_card(text: str) -> None:
    assert written(WEEK, text) == "Mon, Tue, Thu and Fri 09:00–18:00"


@pytest.mark.parametrize(
    "text",
    ["only this week", "just this week", "nur diese woche", "cette semaine seulement", "solo esta semana",
     "solo questa settimana", "alleen deze week", "só esta semana", "今週だけ", "只这周"],
)  # fmt: skip
def test_only_this_week_is_no_change_of_every_week(text: str) -> None:
    assert written(TUESDAYS, text) == "on Tue 3 Mar 10:00–16:00"
    assert written("no meetings on wednesdays", text) == "on Wed 4 Mar off"


@pytest.mark.parametrize("text", ["this friday until 3", "diesen freitag bis 15 uhr", "ce vendredi jusqu'à 15h",
                                  "este viernes hasta las 15", "questo venerdì fino alle 15", "deze vrijdag tot 15 uur",
                                  "esta sexta até as 15h"])  # fmt: skip
def test_one_date_stays_one_date_below_hours_of_every_week(text: str) -> None:
    assert written(TUESDAYS, text) == "on Fri 6 Mar 09:00–15:00"


@pytest.mark.parametrize("text", ["thursdays too", "and thursdays", "und donnerstags", "también los jueves"])
def test_another_weekday_comes_beside_the_first(text: str) -> None:
    assert written(TUESDAYS, text) == "Mon, Wed and Fri 09:00–17:00; Tue and Thu 10:00–16:00"


def test_another_weekday_takes_the_place_of_the_first() -> None:
    assert written(TUESDAYS, "no, wednesdays") == "Mon, Tue, Thu and Fri 09:00–17:00; Wed 10:00–16:00"
    assert written("no meetings after 4", "only on fridays") == "Mon–Thu 09:00–17:00; Fri 09:00–16:00"


@pytest.mark.parametrize(
    "text",
    ["lunch 12 to 1", "with a break 12 to 1", "mittagspause 12-13 uhr", "pause déjeuner 12h-13h", "descanso de 12 a 13",
     "pausa pranzo dalle 12 alle 13", "lunchpauze 12-13", "almoço das 12 às 13", "昼休みは12時から13時", "午休12点到13点"],
)  # fmt: skip
def test_a_break_goes_out_of_the_hours_and_is_not_all_that_is_left(text: str) -> None:
    assert written(WEEK, text) == "Mon–Fri 09:00–12:00; Mon–Fri 13:00–18:00"


def test_a_beginning_of_some_weekdays_is_theirs_alone() -> None:
    assert written(WEEK, "start at 10 on fridays") == "Mon–Thu 09:00–18:00; Fri 10:00–18:00"
    assert written(WEEK, "dienstags erst ab 11") == "Mon, Wed, Thu and Fri 09:00–18:00; Tue 11:00–18:00"


def test_every_week_again() -> None:
    assert written(TUESDAYS, "only this week", "every week") == "Mon, Wed, Thu and Fri 09:00–17:00; Tue 10:00–16:00"


def test_a_wish_of_its_own_is_none_about_the_card() -> None:
    assert written(WEEK, "i'm off on friday") == "on Fri 6 Mar off"


def test_days_off_that_follow_keep_what_was_said_before() -> None:
    assert written("i'm off thursday", "only the morning", "and friday all day") == (
        "on Thu 5 Mar 12:00–17:00; Fri 6 Mar off"
    )
    assert written("off friday 13 march", "no wait, thursday") == "on Thu 12 Mar off"


def test_what_is_so_already_can_be_changed_too() -> None:
    assert written("working hours mon-thu 9-5", "friday 9-1") == "Mon–Thu 09:00–17:00; Fri 09:00–13:00"


@pytest.mark.parametrize("text", ["and next sunday too", "also on 15 march", "und am 15. märz auch"])
def test_another_date_comes_beside_the_first(text: str) -> None:
    assert written("make me bookable this sunday 2 to 4", text) == ("on Sun 8 Mar 14:00–16:00; Sun 15 Mar 14:00–16:00")
