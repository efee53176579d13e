"""Acts, people and amounts that a text takes back or tells tersely: the last word holds, nothing is dropped in silence."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.language.meaning import DoubtKind, Intent, Reference, Understanding
from bot.language.signs import Cue
from bot.language.understand import understand

REFERENCE = Reference(
    now=datetime(2026, 3, 2, 9, tzinfo=UTC), zone=ZoneInfo("Europe/Berlin"), event_types=("Intro", "Site visit")
)


def read(text: str) -> Understanding:
    return understand(text, REFERENCE)


@pytest.mark.parametrize(
    ("intent", "text"),
    [
        (Intent.CANCEL, "move omar to friday - actually just cancel it"),
        (Intent.CANCEL, "book priya@example.org at 3, no wait, please just cancel omar"),
        (Intent.CANCEL, "verschieb omar auf freitag, ach nein, bitte einfach absagen"),
        (Intent.CANCEL, "not priya, i meant omar should be cancelled"),
        (Intent.RESCHEDULE, "don't cancel omar, move him to monday"),
        (Intent.RESCHEDULE, "nicht absagen, verschieb omar auf montag"),
        (Intent.BOOK, "book omar at 4 on friday, scrap that, at 5"),
        (Intent.RESCHEDULE, "cancel omar, hmm, actually could you just move him to friday"),
    ],
)
def test_the_act_behind_the_correction_holds(intent: Intent, text: str) -> None:
    found = read(text)

    assert found.intent is intent
    assert [name.lower() for name in found.people] == ["omar"]


@pytest.mark.parametrize(
    "text",
    ["move omar to friday - actually just cancel it", "verschieb omar auf freitag, ach nein, bitte einfach absagen"],
)
def test_where_it_was_to_go_says_nothing_of_what_is_cancelled(text: str) -> None:
    assert not read(text).moments


@pytest.mark.parametrize(
    ("text", "emails"),
    [
        ("not omar, priya@example.org", ("priya@example.org",)),
        ("no, not with omar, with priya@example.org", ("priya@example.org",)),
        ("nicht omar, priya@example.org", ("priya@example.org",)),
        ("no con omar, con priya@example.org", ("priya@example.org",)),
        ("not omar and priya@example.org", ()),
        ("clear friday, not omar, not priya@example.org", ()),
        ("cancel everything except omar, priya@example.org", ()),
    ],
)
def test_behind_a_not_that_opens_the_text_stands_who_is_meant(text: str, emails: tuple[str, ...]) -> None:
    assert read(text).emails == emails


@pytest.mark.parametrize(
    ("text", "cue", "minutes"),
    [
        ("omar 30 later", Cue.LATER, 30),
        ("omar 45 later pls", Cue.LATER, 45),
        ("push omar by 15", Cue.LATER, 15),
        ("omar 20 earlier", Cue.EARLIER, 20),
        ("omar 30 später", Cue.LATER, 30),
        ("schieb omar um 30 nach hinten", Cue.LATER, 30),
        ("omar 15 früher", Cue.EARLIER, 15),
    ],
)
def test_a_number_without_a_unit_counts_minutes(text: str, cue: Cue, minutes: int) -> None:
    found = read(text)
    sign = found.sign(cue)

    assert found.intent is Intent.RESCHEDULE
    assert sign is not None
    assert sign.amount == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    "text",
    [
        "book omar and her boss on thursday",
        "find 30 min with omar and his assistant next week",
        "buche omar und seinen chef am donnerstag",
        "reserva con omar y su jefe el jueves",
        "réserve avec omar et son patron jeudi",
    ],
)
def test_a_guest_without_a_name_is_asked_about(text: str) -> None:
    assert read(text).doubt(DoubtKind.UNNAMED_GUEST) is not None


@pytest.mark.parametrize(
    "text", ["book omar about her boss on thursday", "cancel omar and tell his boss", "book my boss on friday"]
)
def test_a_role_beside_the_wish_is_nobody_to_ask_about(text: str) -> None:
    assert read(text).doubt(DoubtKind.UNNAMED_GUEST) is None


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("book priya@example.org tomorrow 11 re: cancel the gym", "cancel the gym"),
        ("book priya@example.org tomorrow 11 topic: budget", "budget"),
        ("buche priya@example.org morgen 11 wg umzug", "umzug"),
        ("buche priya@example.org morgen 11 wegen umzug", "umzug"),
        ("buche priya@example.org morgen 11 uhr mit dem thema umzug", "umzug"),
    ],
)
def test_the_hour_stands_where_the_topic_begins(text: str, topic: str) -> None:
    found = read(text)

    assert found.intent is Intent.BOOK
    assert found.topic == topic
    assert [m.hours.start.hour for m in found.moments if m.hours and m.hours.start] == [11]


@pytest.mark.parametrize(
    "text",
    [
        "cancel omar, she is on vacation until friday",
        "cancel omar, he's away till friday",
        "cancel omar, she's on leave until monday",
    ],
)
def test_somebodys_absence_is_why_not_when(text: str) -> None:
    found = read(text)

    assert found.intent is Intent.CANCEL
    assert not found.moments
    assert found.reason


@pytest.mark.parametrize(
    "text",
    ["Omar can't make thursday", "May cant make it anymore", "omar won't be able to join, omar can't come today"],
)
def test_who_cannot_come_is_shown_with_what_is_on(text: str) -> None:
    assert read(text).intent is Intent.LIST_BOOKINGS


@pytest.mark.parametrize(
    "text",
    [
        "if it's possible move omar to friday at 2",
        "if that's ok cancel omar",
        "verschieb omar auf freitag wenn's geht",
    ],
)
def test_a_courtesy_is_no_condition(text: str) -> None:
    assert not read(text).doubts


@pytest.mark.parametrize(
    ("intent", "text"),
    [
        (Intent.RESCHEDULE, "I need to move something"),
        (Intent.BOOKING_STATUS, "could you tell me if Omar is still on"),
        (Intent.CANCEL, "I have to cancel something"),
        (Intent.RESCHEDULE, "set the monday meeting to 3pm"),
        (Intent.SHOW_INVITEES, "what's Omar's email"),
        (Intent.CHANGE_PLACE, "have Omar's call over the phone instead"),
    ],
)
def test_a_wish_without_its_object_is_that_wish(intent: Intent, text: str) -> None:
    assert read(text).intent is intent


@pytest.mark.parametrize(
    "text",
    [
        "cancel all this week, just leave omar",
        "alle termine diese woche absagen, nur omar lassen",
        "sag freitag alles ab, omar aber nicht",
        "cancel everything on friday, not omar though",
    ],
)
def test_who_is_left_is_left_out(text: str) -> None:
    found = read(text)

    assert found.intent is Intent.CANCEL
    assert [name.lower() for name in found.excluded_people] == ["omar"]
    assert not found.people


@pytest.mark.parametrize(
    ("text", "picks"),
    [
        ("cancel 1 and 3", (1, 3)),
        ("cancel 1, 2 and 3", (1, 2, 3)),
        ("cancel the first and the last one", (1, -1)),
        ("storniere die erste und die dritte", (1, 3)),
        ("cancel 1 and 9", ()),
        ("cancel 3", ()),
        ("cancel 2 meetings with 3 people", ()),
    ],
)
def test_several_are_picked_by_their_numbers(text: str, picks: tuple[int, ...]) -> None:
    shown = tuple(datetime(2026, 3, day, 9, tzinfo=UTC) for day in (3, 4, 5))
    reference = Reference(now=REFERENCE.now, zone=REFERENCE.zone, options=shown, bot="3 meetings this week", turn=1)

    assert understand(text, reference).picks == picks


@pytest.mark.parametrize(
    ("text", "hour"), [("priya@example.org tomorrow 10 -> 11", 11), ("book priya@example.org friday 9am → 11am", 11)]
)
def test_an_arrow_takes_the_first_time_back(text: str, hour: int) -> None:
    assert [m.hours.start.hour for m in read(text).moments if m.hours and m.hours.start] == [hour]


def test_an_arrow_in_a_move_goes_from_where_it_stands() -> None:
    assert read("move the 3pm -> 4pm").from_moment is not None


@pytest.mark.parametrize(
    "text",
    [
        "push everything on friday by a week",
        "alles am freitag um eine woche verschieben außer omar",
        "verschieb alles am freitag um eine stunde nach hinten",
    ],
)
def test_beside_an_amount_the_day_says_which_and_not_where_to(text: str) -> None:
    found = read(text)

    assert found.intent is Intent.RESCHEDULE
    assert found.from_moment is not None
    assert not found.moments


def test_the_kind_of_meeting_behind_the_correction_holds() -> None:
    read = understand("a site visit - no wait an intro - with rafa@acme.io friday 1pm", REFERENCE)

    assert read.event_type == "Intro"


WHOLE_DATES = ["cancel the december 1st one with lena", "cancel lena's call, the 1 december one"]


@pytest.mark.parametrize("text", WHOLE_DATES)
def test_the_one_of_a_date_is_no_hour_and_no_pick(text: str) -> None:
    read = understand(text, REFERENCE)

    (day,) = read.moments
    assert day.hours is None
    assert read.choice is None
