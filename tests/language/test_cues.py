"""Cues, exceptions, corrections, doubts and fates: what a text says beside its times and names."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.language.cues.account.fates import FateKind
from bot.language.cues.rows import cue_rows
from bot.language.meaning import DoubtKind, Grain, Intent, Reference, Understanding
from bot.language.report import bounds
from bot.language.signs import Cue
from bot.language.understand import understand, word_fates

BERLIN = ZoneInfo("Europe/Berlin")
REFERENCE = Reference(
    now=datetime(2026, 3, 2, 9, tzinfo=UTC), zone=BERLIN, event_types=("Intro", "Deep dive"), names=("Lena Ostrow",)
)


def read(text: str) -> Understanding:
    return understand(text, REFERENCE)


def starts(text: str) -> list[str]:
    return [str(bounds(moment, REFERENCE)["start"])[5:16] for moment in read(text).moments]


CUES = [
    (Cue.EXCEPT, ["cancel all my calls apart from tia", "everything but the intro", "all of tuesday except omar"]),
    (Cue.ALL, ["cancel everything on tuesday", "drop both"]),
    (
        Cue.SERIES,
        [
            "cancel the whole series with lena",
            "drop this one and all later ones",
            "end lena's coaching series",
            "cancel all remaining coaching sessions with lena",
        ],
    ),
    (Cue.UNDO, ["undo", "please undo that", "take that back"]),
    (Cue.RELEASE, ["release it", "give back the slot", "let go of my hold"]),
    (Cue.STAYS, ["leave it as it is", "keep it", "don't move it"]),
    (Cue.THANKS, ["thx", "thanks a lot", "much appreciated"]),
    (Cue.THEIR_CLOCK, ["tuesday at 4pm her time", "9am in their time zone", "at 3 Omar's time"]),
    (Cue.OWN_CLOCK, ["4pm my time", "in our local time"]),
    (Cue.TRAVELS, ["i'm in oslo till friday", "i'll be in rome next week", "set my time zone to oslo"]),
    (Cue.LEAVES_OPEN, ["leave tuesday open", "keep friday afternoon open please"]),
    (Cue.CLOSES, ["never book me on tuesdays", "i don't work on fridays"]),
    (Cue.RECURRING, ["no calls on fridays", "every tuesday"]),
    (Cue.ASKS_FREE, ["when are you free", "is there any slot on tuesday"]),
    (Cue.ASKS_TITLE, ["rename my call with lena to Review", "change the title of tuesday's call"]),
    (Cue.ASKS_LENGTH, ["shorten the call with omar", "make the intro 15 minutes longer"]),
    (Cue.ASKS_GUEST_OUT, ["take tia off the review", "uninvite omar from tuesday's call"]),
    (Cue.ASKS_BUFFER, ["put a buffer after my calls", "leave 15 minutes between meetings"]),
    (Cue.EARLIER_ONE, ["the earlier one please"]),
    (Cue.AFTER_THAT, ["and the week after?", "the following week"]),
]


@pytest.mark.parametrize(("cue", "text"), [(cue, text) for cue, texts in CUES for text in texts])
def test_a_cue_is_read_from_its_row(cue: Cue, text: str) -> None:
    found = read(text).sign(cue)

    assert found is not None
    assert found.row


AMOUNTS = [
    (Cue.LATER, timedelta(hours=1), Grain.HOUR, ["an hour later", "push lena back an hour", "delay omar by an hour"]),
    (Cue.LATER, timedelta(days=7), Grain.WEEK, ["move lena by a week", "one week later"]),
    (Cue.LATER, timedelta(minutes=30), Grain.HOUR, ["half an hour later"]),
    (Cue.LATER, timedelta(minutes=90), Grain.HOUR, ["1.5 hours later"]),
    (Cue.EARLIER, timedelta(days=1), Grain.DAY, ["a day earlier", "bring it forward by a day"]),
    (Cue.EARLIER, timedelta(minutes=20), Grain.MINUTE, ["20 min sooner"]),
]


@pytest.mark.parametrize(
    ("cue", "amount", "grain", "text"), [(c, a, g, text) for c, a, g, texts in AMOUNTS for text in texts]
)
def test_earlier_and_later_say_how_far(cue: Cue, amount: timedelta, grain: Grain, text: str) -> None:
    found = read(text).sign(cue)

    assert found is not None
    assert (found.amount, found.grain) == (amount, grain)


CORRECTED = [
    (["03-05T11:00"], "book omar thursday 10am, sorry, 11am"),
    (["03-03T16:00"], "tomorrow 3pm make that 4pm"),
    (["03-06T14:00"], "book omar thursday 2pm, wait, friday"),
    (["03-06T15:00"], "hold friday 2pm, no 3pm"),
    (["03-04T09:00"], "tuesday 9am, i mean wednesday"),
    (["03-04T15:30"], "wednesday 2pm, no wait, 3pm, sorry, 3:30pm"),
    (["03-06T15:00"], "half an hour with omar friday at 2, make it 3"),
    (["03-06T10:00"], "friday 9am with omar, no, 10"),
    (["03-06T16:00"], "friday 11am with omar, make it 4pm"),
]


@pytest.mark.parametrize(("expected", "text"), CORRECTED)
def test_what_comes_last_holds_for_the_part_it_replaces(expected: list[str], text: str) -> None:
    assert starts(text) == expected
    assert read(text).has(Cue.CORRECTED)


def test_a_corrected_length_keeps_the_time() -> None:
    found = read("15 minutes tomorrow 2pm, actually an hour")

    assert found.length == timedelta(hours=1)
    assert starts("15 minutes tomorrow 2pm, actually an hour") == ["03-03T14:00"]


@pytest.mark.parametrize(
    "text", ["20 minutes with omar friday 2pm, make it 45", "friday 2pm, half an hour, no wait, 45"]
)
def test_a_bare_number_behind_a_length_corrects_the_length(text: str) -> None:
    assert read(text).length == timedelta(minutes=45)
    assert starts(text) == ["03-06T14:00"]


def test_what_bounds_a_repetition_is_read() -> None:
    found = read("every second thursday at 10 with omar until easter")

    assert found.recurrence is not None
    assert found.recurrence.until is not None
    assert DoubtKind.UNREAD_THAT_MATTERS not in {doubt.kind for doubt in found.doubts}


def test_a_corrected_person_takes_the_place_of_the_one_before() -> None:
    assert read("book omar friday 2pm, no wait, with tia").people == ("tia",)


def test_somebody_added_behind_a_correction_replaces_nobody() -> None:
    assert read("book omar friday 2pm, actually add tia too").people == ("omar", "tia")


def test_a_text_that_opens_with_no_corrects_nothing_in_itself() -> None:
    assert starts("no, 3pm on thursday") == ["03-05T15:00"]


EXCEPTED = [
    (("tia",), "cancel everything this week apart from tia"),
    (("omar", "tia"), "cancel all my calls except omar and tia"),
    (("ruvo",), "cancel all but ruvo"),
    (("dan@example.org",), "cancel everything except dan@example.org"),
]


@pytest.mark.parametrize(("expected", "text"), EXCEPTED)
def test_whom_an_exception_leaves_out_is_nobody_to_cancel(expected: tuple[str, ...], text: str) -> None:
    found = read(text)

    assert found.excluded_people == expected
    assert not found.people + found.emails
    assert not found.doubts


def test_a_kind_of_meeting_can_be_left_out() -> None:
    found = read("cancel all but the deep dive")

    assert found.excluded_type == "Deep dive"
    assert found.event_type is None


UNREAD = [
    (Cue.EXCEPT, "cancel everything except when it rains"),
    (Cue.CONDITION, "book omar friday 2pm unless tia objects"),
    (Cue.EXCEPT, "book omar friday 2pm but not the big room"),
]


@pytest.mark.parametrize(("cue", "text"), UNREAD)
def test_a_sign_that_nobody_took_up_is_a_doubt(cue: Cue, text: str) -> None:
    doubt = read(text).doubt(DoubtKind.UNREAD_THAT_MATTERS)

    assert doubt is not None
    assert doubt.cue is cue


@pytest.mark.parametrize(
    "text",
    [
        "book omar friday 2pm, no rush",
        "book omar friday 2pm if possible",
        "book omar on friday, not thursday, at 2pm",
        "cancel my call with omar because i'm sick",
        "hold friday from 2 until 4",
        "no, book omar friday at 3pm",
    ],
)
def test_what_was_taken_up_or_is_a_set_phrase_is_no_doubt(text: str) -> None:
    assert not read(text).doubts


@pytest.mark.parametrize(
    "text", ["book omar at 2 and cancel tia", "cancel tia, then move omar to friday", "cancel tia and book omar at 3"]
)
def test_a_second_act_is_a_doubt(text: str) -> None:
    assert read(text).doubt(DoubtKind.TWO_ACTS) is not None


def test_every_word_has_a_fate() -> None:
    found, words = word_fates("please book zorbing with omar on friday but not the big room", REFERENCE)

    assert [found.text[word.span.start : word.span.end] for word in words] == found.text.split()
    by_word = {found.text[word.span.start : word.span.end]: word for word in words}
    assert by_word["friday"].by == "time"
    assert by_word["omar"].by == "people"
    assert by_word["please"].kind is not FateKind.UNREAD
    assert by_word["not"].by.startswith("cue")


def test_rows_name_known_cues_only_and_none_twice() -> None:
    rows = {row for opening in cue_rows("en").starts.values() for row in opening.every()}

    assert rows
    assert len({(row.cue, row.text) for row in rows}) == len(rows)


def test_a_bare_number_is_kept_for_an_answer() -> None:
    found = read("make it 4").bare

    assert found is not None
    assert (found.number, found.minute) == (4, None)


def test_addresses_and_dates_are_no_bare_numbers() -> None:
    assert read("write to sam2@example.org").bare is None
    assert read("it was 3/4 of them").bare is None


def test_the_intent_is_that_of_the_sentence_not_of_its_correction() -> None:
    assert read("book omar friday 2pm, no 3pm").intent is Intent.BOOK


def test_weekdays_of_a_range_are_all_named() -> None:
    assert [said.day for said in read("sunday to thursday 9 to 5").weekdays] == [6, 0, 1, 2, 3]


def test_every_stretch_of_a_day_is_kept() -> None:
    found = [(start.hour, end.hour) for start, end in read("fridays 9 to 1 and 2 to 5").stretches]

    assert found == [(9, 13), (14, 17)]


def test_a_set_phrase_gives_no_cue() -> None:
    assert not read("i was wondering if you are free on friday").has(Cue.TELLS)


def test_a_place_is_the_askers_zone_only_where_they_say_so() -> None:
    assert read("i'm in lisbon this week").zone == "Europe/Lisbon"
    assert read("call with paris on friday").zone is None


def test_emoji_and_addresses_are_no_words() -> None:
    assert read(":wave:").size == 0
    assert read("ok :+1: then").size == 2


SAID_AFTER_US = [
    (Intent.SET_HOURS, ["never book me on tuesdays", "i don't work on fridays", "no calls on fridays"]),
    (Intent.TIME_OFF, ["don't book anything on friday", "i can't make thursday"]),
    (Intent.CHANGE_NOTE, ["delete the note in omar's call", "remove the description from the call with tia"]),
]


@pytest.mark.parametrize(("intent", "text"), [(intent, text) for intent, texts in SAID_AFTER_US for text in texts])
def test_a_wish_of_its_own_is_that_whatever_was_said_before(intent: Intent, text: str) -> None:
    after = replace(REFERENCE, bot="Your account is connected. Shall I tell you when somebody books?", turn=2)

    assert understand(text, after).intent is intent


def test_the_name_of_an_event_type_is_no_topic() -> None:
    found = read("book deep dive with omar@example.org friday 2pm")

    assert (found.event_type, found.topic) == ("Deep dive", "")
