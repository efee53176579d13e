"""State × act: what each answer means before each thing that can stand before it. Sentences are the transcripts' business."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from rooms import ACCOUNT, CONTEXT, KEY, NOW, Desk, booking_with

from bot.dialogue.acts import (
    ChooseAccount,
    Chose,
    Done,
    FieldKind,
    FindBookings,
    FindSlots,
    ForgetMe,
    Form,
    FormField,
    Look,
    LookUp,
    Opened,
    Perform,
    Submitted,
)
from bot.dialogue.cards import (
    Card,
    CheckConnection,
    DecideAnew,
    EnterKey,
    FillIn,
    FollowLink,
    ForgetAll,
    Keep,
    Option,
    TakeType,
    TurnPage,
    UseAccount,
    WriteOut,
)
from bot.dialogue.conversation import Conversation, Doing
from bot.dialogue.families import BookingRequest, HoursRequest, MoveRequest, SlotRequest, TalkRequest
from bot.dialogue.machine import advance
from bot.dialogue.request.revise import on_day
from bot.language.meaning import Intent
from bot.scheduling.writes import ReleaseHold

if TYPE_CHECKING:
    from bot.dialogue.acts import Effect, Reply
    from bot.dialogue.cards import Press
    from bot.dialogue.families import AnyRequest

MEETINGS = (
    booking_with("Sam Reed", date(2026, 3, 4), 14),
    booking_with("Omar Said", date(2026, 3, 5), 10, number=2),
)
STATES: dict[str, tuple[str, ...]] = {
    "nothing": (),
    "slots": ("any time thursday afternoon?",),
    "card": ("book intro with dana@acme.io tuesday 2pm",),
    "held": ("hold an intro with dana@acme.io tuesday 2pm", "[Hold]"),
    "booked": ("book intro with dana@acme.io tuesday 2pm", "[Book]"),
    "several": ("cancel my meeting",),
    "cancel": ("cancel my meeting with sam",),
    "move": ("move my meeting with sam to thursday 3pm",),
    "list": ("what's on my calendar this week?",),
    "hours": ("set my working hours to 10-18 on mondays",),
    "help": ("help",),
}
"""How each state comes about: what is said, and what is pressed in brackets."""

SEEK, READ = (FindSlots,), (LookUp,)
ROWS: tuple[tuple[str, str, tuple[type[Effect], ...], type[AnyRequest] | None], ...] = (
    ("nothing", "yes", (), None),
    ("slots", "yes", (), SlotRequest),
    ("card", "yes", SEEK, SlotRequest),
    ("held", "yes", SEEK, SlotRequest),
    ("booked", "yes", (), SlotRequest),
    ("several", "yes", (), BookingRequest),
    ("cancel", "yes", READ, BookingRequest),
    ("move", "yes", (LookUp, FindSlots), MoveRequest),
    ("list", "yes", (), BookingRequest),
    ("hours", "yes", READ, HoursRequest),
    ("nothing", "no", (), None),
    ("slots", "no", SEEK, SlotRequest),
    ("card", "no", (), SlotRequest),
    ("held", "no", (), SlotRequest),
    ("booked", "no", (), SlotRequest),
    ("several", "no", (), None),
    ("cancel", "no", (), None),
    ("move", "no", (), None),
    ("list", "no", (), None),
    ("hours", "no", (), None),
    ("nothing", "the second one", (), None),
    ("slots", "the second one", SEEK, SlotRequest),
    ("card", "the second one", SEEK, SlotRequest),
    ("several", "the second one", READ, BookingRequest),
    ("move", "the second one", (LookUp, FindSlots), MoveRequest),
    ("list", "the second one", (FindBookings,), BookingRequest),
    ("hours", "the second one", (), HoursRequest),
    ("slots", "friday instead", SEEK, SlotRequest),
    ("card", "friday instead", SEEK, SlotRequest),
    ("held", "friday instead", SEEK, SlotRequest),
    ("several", "friday instead", (FindBookings,), BookingRequest),
    ("move", "friday instead", (LookUp, FindSlots), MoveRequest),
    ("list", "friday instead", (FindBookings,), BookingRequest),
    ("slots", "something later", SEEK, SlotRequest),
    ("card", "something later", SEEK, SlotRequest),
    ("move", "something later", (LookUp, FindSlots), MoveRequest),
    *((state, "stop", (), None) for state in STATES),
    *((state, "help", (), TalkRequest) for state in STATES),
)


def standing_in(state: str) -> Desk:
    desk = Desk(bookings=MEETINGS)
    reply: Reply | None = None
    for act in STATES[state]:
        reply = desk.press(reply, act[1:-1]) if act.startswith("[") and reply is not None else desk.say(act)
    desk.effects.clear()
    return desk


@pytest.mark.parametrize(("state", "text", "effects", "family"), ROWS, ids=[f"{row[0]}-{row[1]}" for row in ROWS])
def test_an_answer_means_what_stands_before_it(
    state: str, text: str, effects: tuple[type[Effect], ...], family: type[AnyRequest] | None
) -> None:
    desk = standing_in(state)

    desk.say(text)

    request = desk.conversation.request
    assert tuple(type(effect) for effect in desk.effects) == effects
    assert type(request) is (family or type(None))


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("text", ["yes", "no", "the second one", "friday instead", "thanks!", "help"])
def test_nothing_that_is_typed_writes(state: str, text: str) -> None:
    desk = standing_in(state)

    desk.say(text)

    assert not [effect for effect in desk.effects if isinstance(effect, Perform)]


@pytest.mark.parametrize("state", ["slots", "card", "several", "cancel", "move", "list", "hours"])
def test_stop_takes_the_buttons_of_the_open_card(state: str) -> None:
    desk = standing_in(state)
    card = desk.conversation.card

    reply = desk.say("stop")

    assert card in reply.retires
    assert (desk.conversation.card, desk.conversation.offered, desk.conversation.listed) == ("", (), ())


@pytest.mark.parametrize("state", STATES)
def test_thanks_change_nothing(state: str) -> None:
    desk = standing_in(state)
    before = desk.conversation

    desk.say("thanks!")

    after = desk.conversation
    assert (after.request, after.card, after.offered, after.listed) == (
        before.request, before.card, before.offered, before.listed,
    )  # fmt: skip


FORM = Form(title="Details", fields=(FormField(name="email", label="Mail address"),))
WISH = SlotRequest(intent=Intent.FIND_SLOTS)
NEXT_WEEK = NOW + timedelta(days=7)
PRESSES: tuple[tuple[Press, Effect | None], ...] = (
    (WriteOut(writes=(ReleaseHold(hold="h1"),)), Perform(card="old", option="o")),
    (FillIn(form=FORM, request=WISH), None),
    (EnterKey(form=FORM, request=WISH, provider="calcom"), None),
    (FollowLink(), None),
    (Keep(), None),
    (CheckConnection(account="a2"), LookUp(what=Look.CONNECTION, argument="a2")),
    (UseAccount(account="a2"), ChooseAccount(account="a2")),
    (ForgetAll(), ForgetMe()),
)


def card_with(press: Press, request: SlotRequest | None = WISH) -> Card:
    return Card(
        id="old", key=KEY, account=ACCOUNT.id, request=request, options=(Option(id="o", label="Press", press=press),),
        offered_at=NOW, expires_at=NOW,
    )  # fmt: skip


@pytest.mark.parametrize("state", ["nothing", "slots", "move"])
@pytest.mark.parametrize(("press", "effect"), PRESSES, ids=lambda value: getattr(value, "kind", ""))
def test_a_press_does_its_one_thing_whatever_stands(state: str, press: Press, effect: Effect | None) -> None:
    conversation = standing_in(state).conversation

    step = advance(conversation, Chose(card="old", option="o"), replace(CONTEXT, pressed=card_with(press)))

    assert step.effect == effect


@pytest.mark.parametrize("stays", [False, True])
def test_deciding_anew_replaces_the_card_unless_it_stays(*, stays: bool) -> None:
    desk = Desk()
    desk.cards["old"] = card_with(DecideAnew(request=WISH, stays=stays))

    reply = desk.take(Chose(card="old", option="o"))

    assert [type(effect) for effect in desk.effects] == [FindSlots]
    assert ("old" in reply.retires, reply.is_news) == (not stays, stays)


@pytest.mark.parametrize(
    ("press", "changes"),
    [
        (TakeType(event_type="2"), {"event_type": "2"}),
        (TakeType(event_type="2", length=timedelta(minutes=45)), {"event_type": "2", "length": timedelta(minutes=45)}),
        (TurnPage(behind=NEXT_WEEK), {"not_before": NEXT_WEEK, "intent": Intent.FIND_SLOTS}),
        (TurnPage(day=date(2026, 3, 4)), {"moments": (on_day(date(2026, 3, 4)),), "intent": Intent.FIND_SLOTS}),
    ],
)
def test_a_button_that_carries_a_difference_changes_the_request_of_its_card(
    press: Press, changes: dict[str, object]
) -> None:
    wish = replace(WISH, intent=Intent.BOOK)

    step = advance(
        Conversation(key=KEY), Chose(card="old", option="o"), replace(CONTEXT, pressed=card_with(press, wish))
    )

    request = step.conversation.request
    assert isinstance(request, SlotRequest)
    assert {name: getattr(request, name) for name in changes} == changes
    assert isinstance(step.effect, FindSlots)


@pytest.mark.parametrize("press", [TakeType(event_type="2"), TurnPage(behind=NEXT_WEEK)])
def test_a_difference_without_a_request_to_change_finds_nothing_to_do(press: Press) -> None:
    step = advance(
        Conversation(key=KEY), Chose(card="old", option="o"), replace(CONTEXT, pressed=card_with(press, None))
    )

    assert step.effect is None
    assert step.reply is not None


def test_a_form_without_a_request_of_its_own_revises_that_of_its_card() -> None:
    form = Form(title="Day", fields=(FormField(name="day", label="Day", kind=FieldKind.DATE),))
    sent = Submitted(card="old", option="o", values=(("day", "2026-03-05"),))

    step = advance(Conversation(key=KEY), sent, replace(CONTEXT, pressed=card_with(FillIn(form=form))))

    assert isinstance(step.effect, FindSlots)


def test_a_form_opens_at_once_and_its_values_revise_the_request() -> None:
    desk = Desk()
    desk.cards["old"] = card_with(FillIn(form=FORM, request=replace(WISH, intent=Intent.BOOK)))

    opened = desk.take(Chose(card="old", option="o"))
    desk.take(Submitted(card="old", option="o", values=(("email", "sam@example.org"),)))

    request = desk.conversation.request
    assert opened.form == FORM
    assert isinstance(request, SlotRequest)
    assert request.attendee is not None
    assert request.attendee.email == "sam@example.org"


def test_opening_home_says_nothing() -> None:
    step = advance(Conversation(key=KEY), Opened(), CONTEXT)

    assert step.reply is not None
    assert step.reply.is_silent


@pytest.mark.parametrize("doing", tuple(Doing))
def test_an_outcome_that_nobody_waits_for_is_answered_in_words(doing: Doing) -> None:
    step = advance(Conversation(key=KEY, doing=doing), Done(effect=ForgetMe()), CONTEXT)

    assert step.reply is not None
    assert step.reply.text
    assert not [option for card in step.cards for option in card.options if option.writes]
