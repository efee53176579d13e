from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language.meaning import LAST, Keep, Reference, Understanding
from bot.language.understand import understand
from bot.scheduling.models import PlaceKind

TYPES = ("Intro", "Deep dive", "30 Minute Meeting", "Product demo")
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Berlin")
FIRST = Reference(now=NOW, zone=ZONE, event_types=TYPES)
STARTS = tuple(datetime(2026, 3, 3, hour, tzinfo=UTC) for hour in (13, 9, 15))
OFFERED = Reference(now=NOW, zone=ZONE, event_types=TYPES, bot="Which one works?", turn=1, options=STARTS)


def read(text: str) -> Understanding:
    return understand(text, FIRST)


@pytest.mark.parametrize(
    ("kind", "app", "detail", "text"),
    [
        (PlaceKind.VIDEO, "zoom", "", "call with Lena on zoom tomorrow"),
        (PlaceKind.VIDEO, "google meet", "", "sync via Google Meet at 3"),
        (PlaceKind.VIDEO, "teams", "", "demo on teams friday"),
        (PlaceKind.VIDEO, "", "", "a video call with Omar on monday"),
        (PlaceKind.PHONE, "", "", "talk to Lena by phone tomorrow"),
        (PlaceKind.ATTENDEE_PHONE, "", "+49 170 1234567", "call +49 170 1234567 tomorrow at 3"),
        (PlaceKind.ADDRESS, "", "", "meet Omar in person on friday"),
        (PlaceKind.ADDRESS, "", "the office", "meet Lena at the office on monday"),
        (PlaceKind.ADDRESS, "", "Cafe Luna", "lunch with Omar at Cafe Luna tomorrow"),
        (PlaceKind.ADDRESS, "", "room 4", "intro in room 4 at noon"),
    ],
)
def test_a_place_is_read(kind: PlaceKind, app: str, detail: str, text: str) -> None:
    place = read(text).place

    assert place is not None
    assert (place.kind, place.app, place.detail) == (kind, app, detail)


@pytest.mark.parametrize(
    "text",
    [
        "meet the design teams at 4",
        "find time at least for Lena",
        "at the latest by friday",
        "in the morning",
        "at 12 tomorrow",
    ],
)
def test_what_is_no_place_is_not_read_as_one(text: str) -> None:
    assert read(text).place is None


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Intro", "book intro with priya@acme.io tuesday 2pm"),
        ("Intro", "an inrto with Omar"),
        ("Deep dive", "deepdive with Lena tomorrow"),
        ("Deep dive", "a deep-dive on friday"),
        ("30 Minute Meeting", "a 30 minute meeting with Omar"),
        ("Product demo", "product demo next week"),
        ("Product demo", "book a demo with Lena"),
        (None, "book a quilting bee with Lena"),
        (None, "a meeting with Omar on friday"),
    ],
)
def test_an_event_type_is_found_by_its_words(title: str | None, text: str) -> None:
    assert read(text).event_type == title


@pytest.mark.parametrize(
    ("topic", "text"),
    [
        ("roadmap", "call with Omar tomorrow about the roadmap"),
        ("the budget", "meet Lena at 3 to discuss the budget"),
        ("Budget talk", 'schedule "Budget talk" with Lena at 5'),
        ("Quilting bee", "create an event called Quilting bee on saturday"),
        ("Zorbing", "add Zorbing to my calendar on saturday"),
        ("", "book a meeting with Lena tomorrow"),
    ],
)
def test_a_topic_is_read(topic: str, text: str) -> None:
    assert read(text).topic.removeprefix("the ") == topic.removeprefix("the ")


@pytest.mark.parametrize(
    ("reason", "text"),
    [
        ("too busy", "decline omar: too busy"),
        ("hes sick", "cancel the sync with Omar, hes sick"),
        ("I have a conflict", "cancel tomorrow's 3pm because I have a conflict"),
        ("something came up", "something came up, move my call to friday"),
        ("the storm", "cancel the picnic due to the storm"),
        ("lena is down with flu", "cancel mondays call, lena is down with flu"),
        ("my boss has a fever", "cancel the call on monday - my boss has a fever"),
        ("", "book a call with Lena, the budget is the topic"),
        ("", "cancel my meeting with Lena"),
    ],
)
def test_a_reason_is_read(reason: str, text: str) -> None:
    assert read(text).reason == reason


@pytest.mark.parametrize(
    ("choice", "text"),
    [
        (2, "the second one"),
        (2, "2"),
        (2, "#2"),
        (2, "option b"),
        (2, "the 2nd"),
        (2, "number two please"),
        (1, "the first works"),
        (1, "I'll take the top one"),
        (3, "third option please"),
        (LAST, "last"),
        (LAST, "the last one"),
        (2, "the earlier one"),
        (3, "the later one"),
        (None, "the 15th"),
        (None, "thursday at 2"),
        (None, "first thing tomorrow"),
        (None, "in the second week of may"),
        (None, "any other times"),
    ],
)
def test_a_pick_is_an_ordinal_and_never_a_date(choice: int | None, text: str) -> None:
    assert understand(text, OFFERED).choice == choice


@pytest.mark.parametrize(
    ("count", "text"), [(3, "three options with Lena next week"), (2, "show me 2 slots"), (None, "at 3 options")]
)
def test_a_count_of_options_is_read(count: int | None, text: str) -> None:
    assert read(text).count in (count, 3 if count is None else count)


@pytest.mark.parametrize(
    ("keeps", "text"),
    [
        ({Keep.TIME}, "move Priya to wednesday same time"),
        ({Keep.DAY}, "same day at 4"),
        ({Keep.PERSON}, "another one with the same person next week"),
        ({Keep.TIME, Keep.DAY}, "same time and day"),
        (set(), "move it to friday"),
    ],
)
def test_what_stays_the_same_is_read(keeps: set[Keep], text: str) -> None:
    assert read(text).keeps == keeps


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("name", "Interview", "create a 45 minute type called Interview"),
        ("name", "intro", "rename intro to hello"),
        ("new_name", "hello", "rename intro to hello"),
        ("provider", "calendly", "use calendly for this"),
        ("provider", "calcom", "connect cal.com"),
        ("url", "https://hooks.example.com/in", "subscribe https://hooks.example.com/in to new bookings"),
        ("triggers", "created", "subscribe https://hooks.example.com/in to new bookings"),
        ("triggers", "cancelled", "tell me about cancelled meetings"),
        ("username", "dana.k", "change my username to dana.k"),
        ("username", "dana", "what is free on calendly.com/dana tomorrow"),
        ("username", "dana", "find time at https://cal.com/dana/intro"),
        ("schedule", "summer", "delete my summer schedule"),
        ("hidden", "yes", "hide the intro type"),
    ],
)
def test_a_detail_of_managing_is_read(name: str, value: str, text: str) -> None:
    assert read(text).detail(name) == value


@pytest.mark.parametrize(
    ("is_negated", "text"), [(True, "don't book it"), (True, "no, not monday"), (False, "book it")]
)
def test_a_negation_is_noticed(is_negated: bool, text: str) -> None:  # noqa: FBT001
    assert read(text).is_negated is is_negated


@pytest.mark.parametrize(
    "text",
    [
        "book intro with priya@acme.io tuesday 2pm",
        "cancel my meeting with Sam",
        "find time with Lena and Omar next week",
        "what do I have tomorrow",
        "move Priya to wednesday same time",
        "hold thursday 3pm for 15 minutes",
    ],
)
def test_nothing_is_left_unread_in_a_plain_wish(text: str) -> None:
    assert read(text).unread == ()


def test_what_nobody_read_is_kept() -> None:
    understanding = read("book a call with Lena tomorrow at 3 wearing qorblat")

    assert "qorblat" in " ".join(understanding.text[span.start : span.end] for span in understanding.unread)


@settings(deadline=None)  # the first text loads the word files
@given(st.text(max_size=300), st.booleans())
def test_no_text_makes_any_reader_fail(text: str, answers: bool) -> None:  # noqa: FBT001
    understanding = understand(text, OFFERED if answers else FIRST)

    assert all(0 <= span.start < span.end <= len(understanding.text) for span in understanding.unread)


WORDS = [
    "book", "call", "at", "in", "on", "+", "49", "170", "#", "option", "b", "the", "second", "same", "time", "and", "day",
    "because", "he's", "sick", ":", "decline", "rename", "to", "type", "called", "webhook", "username", '"', "'", "about",
    "zoom", "with", "cal.com/", "@", "<@U1>",
]  # fmt: skip


@settings(deadline=None)  # the first text loads the word files
@given(st.lists(st.sampled_from(WORDS), max_size=25))
def test_no_heap_of_entity_words_makes_any_reader_fail(words: list[str]) -> None:
    understand(" ".join(words), OFFERED)


@pytest.mark.parametrize(
    "text",
    [
        "sage das zweite Treffen mit Ravi ab",
        "cancela la segunda reunión con Ravi",
        "annule la deuxième réunion avec Ravi",
    ],
)
def test_an_ordinal_tells_which_meeting_in_other_languages(text: str) -> None:
    assert understand(text, FIRST).choice == 2
