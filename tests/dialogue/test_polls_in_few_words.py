"""Times for several people in few words: polls and shared times changed before they are out, how many, whom, one by one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from deeds import writes_below
from rooms import BERLIN, CONTEXT, Desk, slot_at

from bot.dialogue.acts import Chose
from bot.dialogue.acts.together import KeepPoll, Known, PollFound
from bot.dialogue.cards import PublishPoll, PublishShare
from bot.scheduling.models import Person
from bot.scheduling.together.people import Participant, Source
from bot.scheduling.writes import BookSlot

if TYPE_CHECKING:
    from bot.dialogue.acts import Effect, Outcome, Reply
    from bot.scheduling.together.polls import Poll
    from bot.scheduling.together.sharing import Share

PEOPLE = {
    name: Person(name=f"{name.title()} {last}", email=f"{name}@acme.io", zone="Europe/Berlin", member=name)
    for name, last in (("mira", "Voss"), ("tom", "Adler"), ("ines", "Prado"))
}
POLL = "poll mira and tom: thursday 3pm, thursday 4pm or friday 10am"


class Posting(Desk):
    """A desk that keeps polls."""

    def do(self, effect: Effect) -> Outcome:
        return PollFound(poll=effect.poll) if isinstance(effect, KeepPoll) else Desk.do(self, effect)


def desk() -> Desk:
    known: dict[str, tuple[Known, ...]] = {name: (Known(person=person),) for name, person in PEOPLE.items()}
    return Posting(context=replace(CONTEXT, people=()), known=known)


def pressed(talk: Desk, reply: Reply) -> object:
    card = talk.cards.get(reply.card)
    return card.options[0].press if card is not None and card.options else None


def poll_below(*texts: str) -> Poll | None:
    talk = desk()
    for text in texts[:-1]:
        talk.say(text)
    press = pressed(talk, talk.say(texts[-1]))
    return press.poll if isinstance(press, PublishPoll) else None


def share_below(*texts: str) -> Share | None:
    talk = desk()
    for text in texts[:-1]:
        talk.say(text)
    press = pressed(talk, talk.say(texts[-1]))
    return press.share if isinstance(press, PublishShare) else None


def told(poll: Poll | None) -> str:
    """«mira tom | 05 14:00, 06 09:00», in UTC."""
    if poll is None:
        return ""
    who = " ".join(one.member or "" for one in poll.invited)
    return f"{who} | {', '.join(f'{slot.start:%d %H:%M}' for slot in poll.slots)}"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("add wednesday 2pm", "mira tom | 04 13:00, 05 14:00, 05 15:00, 06 09:00"),
        ("and wednesday at 2pm", "mira tom | 04 13:00, 05 14:00, 05 15:00, 06 09:00"),
        ("nimm noch mittwoch 14 uhr dazu", "mira tom | 04 13:00, 05 14:00, 05 15:00, 06 09:00"),
        ("make it friday 11 instead of 10", "mira tom | 05 14:00, 05 15:00, 06 10:00"),
        ("statt freitag lieber mittwoch 9", "mira tom | 04 08:00, 05 14:00, 05 15:00"),
        ("drop the friday one", "mira tom | 05 14:00, 05 15:00"),
        ("not thursday at 3", "mira tom | 05 15:00, 06 09:00"),
        ("without the second one", "mira tom | 05 14:00, 06 09:00"),
        ("drop the first one", "mira tom | 05 15:00, 06 09:00"),
        ("only the first two", "mira tom | 05 14:00, 05 15:00"),
        ("without tom", "mira | 05 14:00, 05 15:00, 06 09:00"),
        ("ohne tom", "mira | 05 14:00, 05 15:00, 06 09:00"),
        ("tom doesn't need to be asked", "mira | 05 14:00, 05 15:00, 06 09:00"),
        ("only tom", "tom | 05 14:00, 05 15:00, 06 09:00"),
        ("also ask ines", "mira tom ines | 05 14:00, 05 15:00, 06 09:00"),
        ("frag auch ines", "mira tom ines | 05 14:00, 05 15:00, 06 09:00"),
    ],
)
def test_a_poll_that_is_not_out_changes_by_what_is_named(text: str, wanted: str) -> None:
    assert told(poll_below(POLL, text)) == wanted


@pytest.mark.parametrize("text", ["close it wednesday noon", "until wednesday noon", "bis mittwoch 12 uhr"])
def test_a_poll_closes_when_it_is_said(text: str) -> None:
    poll = poll_below(POLL, text)

    assert poll is not None
    assert f"{poll.closes_at:%d %H:%M}" == "04 11:00"


@pytest.mark.parametrize("text", ["book mira friday 2pm", "what's on friday", "cancel lena"])
def test_a_wish_of_its_own_below_a_poll_is_none_about_it(text: str) -> None:
    assert poll_below(POLL, text) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("add wednesday 2pm", "stays as it is"),
        ("without tom", "stays as it is"),
        ("close it", "No poll is open"),
        ("what's free tomorrow", "Tue 3 Mar"),
        ("book mira friday 2pm", "Book"),
    ],
)
def test_a_poll_that_is_out_stays(text: str, said: str) -> None:
    talk = desk()
    talk.take(Chose(card=(card := talk.say(POLL)).card, option=card.choices[0].id), is_public=True)

    assert said in talk.say(text).text


@pytest.mark.parametrize("text", ["cancel the poll", "extend the poll until friday", "close my poll"])
def test_a_poll_is_no_meeting(text: str) -> None:
    talk = desk()

    assert "No poll is open" in talk.say(text).text


def test_whoever_is_not_asked_cannot_be_left_out() -> None:
    assert poll_below(POLL, "without ines") is None or told(poll_below(POLL, "without ines")) == told(poll_below(POLL))


@pytest.mark.parametrize(
    "text",
    [
        "ask mira and tom whether thursday 3 or friday 10 suits better",
        "frag mira und tom ob ihnen donnerstag 15 uhr oder freitag 10 uhr besser passt",
        "see which works for mira and tom: thursday 3 or friday 10",
        "stimmt mira und tom ab: donnerstag 15 uhr oder freitag 10 uhr",
    ],
)
def test_several_asked_which_of_some_times_suits_are_polled(text: str) -> None:
    assert told(poll_below(text)) == "mira tom | 05 14:00, 06 09:00"


def test_both_are_those_whom_times_are_sought_with() -> None:
    asked = "ask both which suits, thursday 3 or friday 10"

    assert told(poll_below("find time for mira and tom on thursday", asked)) == "mira tom | 05 14:00, 06 09:00"
    assert poll_below(asked) is None


def test_as_many_of_the_times_shown_are_polled_as_are_said() -> None:
    shown = "find time for mira and tom on thursday"

    assert [
        len(poll.slots) for text in ("poll the first three", "make a poll") if (poll := poll_below(shown, text))
    ] == [3, 5]


@pytest.mark.parametrize(
    ("texts", "count"),
    [
        (("give mira three options next week",), 3),
        (("send mira 2 options for thursday afternoon",), 2),
        (("gib mira drei vorschläge für nächste woche",), 3),
        (("schlag mira zwei termine am donnerstag vor",), 2),
        (("give mira three options next week", "two are enough"), 2),
        (("give mira three options next week", "only two"), 2),
        (("give mira some options next week",), 12),
        (("put three options to mira, all on thursday",), 3),
        (("send mira my availability for next week",), 12),
    ],
)
def test_as_many_times_are_shared_as_are_said(texts: tuple[str, ...], count: int) -> None:
    share = share_below(*texts)

    assert share is not None
    assert len(share.slots) == count


@pytest.mark.parametrize(
    "text",
    [
        "set up 1:1s with mira, tom and ines next week",
        "30 minutes each with mira and tom on friday",
        "book mira and then tom thursday afternoon",
        "je 30 minuten mit mira und tom am freitag",
    ],
)
def test_meetings_one_by_one_are_no_meeting_of_all(text: str) -> None:
    assert "one meeting at a time" in desk().say(text).text


def test_two_names_without_a_mark_are_two_people_where_nobody_is_called_so() -> None:
    (write,) = {w for w in writes_below(desk(), ("mira tom thursday 3pm",)) if isinstance(w, BookSlot)}

    assert (write.attendee.email, write.guests) == ("mira@acme.io", ("tom@acme.io",))


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("only four", "03 08:00, 10 08:00, 17 08:00, 24 08:00"),
        ("vier reichen", "03 08:00, 10 08:00, 17 08:00, 24 08:00"),
        ("make it four times", "03 08:00, 10 08:00, 17 08:00, 24 08:00"),
        ("the 17th at 11", "03 08:00, 10 08:00, 17 10:00, 24 08:00, 31 07:00, 07 07:00"),
        ("den 17. um 11", "03 08:00, 10 08:00, 17 10:00, 24 08:00, 31 07:00, 07 07:00"),
    ],
)
def test_a_series_changes_by_how_many_and_by_the_clock_of_one_date(text: str, starts: str) -> None:
    writes = writes_below(desk(), ("book mira every tuesday at 9 for six weeks", text))

    assert ", ".join(f"{one.slot.start:%d %H:%M}" for one in writes if isinstance(one, BookSlot)) == starts


def test_as_many_as_are_wanted_at_least_can_come_each_time() -> None:
    talk = desk()
    at_nine = slot_at(date(2026, 3, 5), 9, length=60)
    for name in ("mira", "tom"):
        busy = (
            (at_nine.interval,)
            if name == "mira"
            else (at_nine.interval, slot_at(date(2026, 3, 5), 13, length=60).interval)
        )
        talk.colleagues[name] = Participant(id=name, zone=BERLIN, busy=busy, source=Source.ACCOUNT)
    talk.colleagues["ines"] = Participant(id="ines", zone=BERLIN, busy=(), source=Source.ACCOUNT)

    talk.say("find a slot on thursday for at least two of mira, tom and ines")

    starts = {f"{slot.start.astimezone(BERLIN):%H:%M}" for slot in talk.conversation.offered}
    assert "09:00" not in starts
    assert starts


def test_a_bound_of_a_time_is_no_number_of_bookings() -> None:
    share = share_below("offer mira times on thursday but not before 11")

    assert share is not None
    assert share.most == 1


def test_times_sent_to_them_are_put_to_the_vote() -> None:
    poll = poll_below("find time for mira and tom on thursday", "send them these times")

    assert poll is not None
    assert [one.member for one in poll.invited] == ["mira", "tom"]
