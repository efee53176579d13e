"""Presses, silence, accounts and outcomes, decided without a loop of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from rooms import ACCOUNT, CONTEXT, DANA, KEY, NOW, OWNER, Desk, booking_with, slot_at

from bot.dialogue.acts import (
    BookingsFound,
    Chose,
    ConnectKey,
    Failed,
    FieldKind,
    FindBookings,
    Found,
    Look,
    LookUp,
    Performed,
    Said,
    Style,
    Submitted,
)
from bot.dialogue.cards import Card, WriteOut
from bot.dialogue.conversation import Conversation
from bot.dialogue.families import BookingRequest, ListRequest
from bot.dialogue.machine import advance
from bot.dialogue.outcomes.home import HomeFacts, build_home
from bot.dialogue.talk import Talk
from bot.errors import NotConnected, ProviderDown, Unsupported
from bot.language.meaning import Intent
from bot.scheduling.accounts import Owner, Route
from bot.scheduling.ledger import ClaimVerdict, LedgerRow, Refusal, Why, WriteState
from bot.scheduling.models import Attendee, BookingQuery, BookingStatus
from bot.scheduling.writes import BookSlot, CreateConnection, CreateWebhook, Written

NOBODY = replace(CONTEXT, account=None, accounts=(), capabilities=None, profile=None, event_types=(), news_url="")
SLOT = slot_at(date(2026, 3, 3), 14)
BOOK = BookSlot(
    event_type="1", slot=SLOT, attendee=Attendee(name="Dana Weiss", zone="Europe/London", email="dana@acme.io")
)


def row(state: WriteState, *, refusal: Refusal | None = None, written: Written | None = None) -> LedgerRow:
    return LedgerRow(
        reference="r1", offer="card1", option="book", position=0, owner=OWNER, account="a1", write=BOOK,
        state=state, refusal=refusal, written=written, claimed_at=NOW,
    )  # fmt: skip


def card_of(desk: Desk) -> Card:
    return desk.cards[desk.conversation.card]


def test_one_button_is_primary_and_it_books() -> None:
    desk = Desk()

    reply = desk.say("book intro with dana@acme.io tuesday 2pm")

    assert [choice.label for choice in reply.choices if choice.style is Style.PRIMARY] == ["Book"]
    option = card_of(desk).option("book")
    assert option is not None
    assert option.writes == (replace(BOOK, attendee=Attendee(name="Dana", zone="Europe/Berlin", email="dana@acme.io")),)


def test_a_newer_card_retires_the_older() -> None:
    desk = Desk()
    first = desk.say("book intro with dana@acme.io tuesday 2pm")

    second = desk.say("make it 4")

    assert second.retires == (first.card,)


def test_a_press_on_an_older_card_retires_both() -> None:
    desk = Desk()
    first = desk.say("what's free on tuesday")
    second = desk.say("what's free on wednesday")

    third = desk.press(first, "14:00")

    assert set(third.retires) == {first.card, second.card}


def test_somebody_elses_press_is_answered_privately_and_changes_nothing() -> None:
    desk = Desk()
    reply = desk.say("book intro with dana@acme.io tuesday 2pm")
    lee = replace(KEY, owner=Owner("", "team", "lee"))
    context = replace(CONTEXT, key=lee, pressed=desk.cards[reply.card])

    step = advance(Conversation(key=lee), Chose(card=reply.card, option="book"), context)

    assert step.reply is not None
    assert "Only Ana Ruiz can confirm this" in step.reply.text
    assert (step.reply.is_personal, step.reply.is_news, step.reply.closes, step.reply.retires) == (True, True, None, ())


def test_an_unknown_button_helps_on() -> None:
    reply = Desk().take(Chose(card="gone", option="book"))

    assert "fresh" in reply.text


def test_a_form_opens_with_what_is_known() -> None:
    desk = Desk()
    reply = desk.say("book intro with dana@acme.io tuesday 2pm")

    opened = desk.press(reply, "Edit")

    assert opened.form is not None
    assert {field.name: field.value for field in opened.form.fields}["email"] == "dana@acme.io"
    assert opened.form_option == "edit"


def test_a_wrong_address_is_said_and_asked_for_again() -> None:
    desk = Desk()
    reply = desk.say("book intro with sam tuesday 2pm")

    again = desk.take(Submitted(card=reply.card, option="edit", values=(("email", "sam at example"),)))

    assert "is not a mail address" in again.text
    assert next(choice.label for choice in again.choices) == "Add details"


def test_talk_beside_us_stays_unanswered() -> None:
    assert Desk().take(Said(text="book intro with dana@acme.io tuesday", is_addressed=False)).is_silent


def test_a_follow_up_needs_no_mention() -> None:
    desk = Desk()
    desk.say("book intro with dana@acme.io tuesday 2pm")

    assert "16:00" in desk.take(Said(text="make it 4", is_addressed=False)).text


def test_without_an_account_every_route_has_a_button() -> None:
    desk = Desk(context=NOBODY)

    reply = desk.say("book intro with dana@acme.io tuesday 2pm")

    assert [choice.label for choice in reply.choices] == ["Connect Cal.com", "Connect Calendly"]
    assert all(choice.form is not None for choice in reply.choices)
    assert reply.choices[0].form is not None
    assert [field.kind for field in reply.choices[0].form.fields] == [FieldKind.SECRET]


def test_a_key_goes_to_be_checked_and_is_not_kept_in_the_conversation() -> None:
    desk = Desk(context=NOBODY)
    reply = desk.say("connect cal.com")

    desk.take(Submitted(card=reply.card, option="connect-calcom", values=(("key", "cal_secret_1"),)))

    assert desk.effects[-1] == ConnectKey(provider="calcom", key="cal_secret_1")
    assert "cal_secret_1" not in repr(desk.conversation)


def test_through_the_gateway_the_press_creates_the_connection() -> None:
    desk = Desk(context=replace(NOBODY, routes=(("calcom", Route.MATON), ("calendly", Route.MATON))))

    desk.say("connect cal.com")

    assert [option.writes for option in card_of(desk).options] == [(CreateConnection(provider="calcom"),)]


def test_once_active_one_press_turns_news_on() -> None:
    facts = replace(ACCOUNT, status="active")

    step = advance(Conversation(key=KEY), Found(what=Look.CONNECTION, values=(facts,)), CONTEXT)

    assert step.reply is not None
    assert "connected as Ana Ruiz (ana@acme.io)" in step.reply.text
    write = next(option for option in step.cards[0].options if isinstance(option.press, WriteOut)).writes[0]
    assert isinstance(write, CreateWebhook)
    assert (write.url, write.token) == (CONTEXT.news_url, "secret-part")
    assert "secret-part" not in step.reply.text


def test_a_pending_connection_shows_exactly_its_link() -> None:
    facts = replace(ACCOUNT, status="pending", url="https://connect.example.com/?token=abc")

    step = advance(Conversation(key=KEY), Found(what=Look.CONNECTION, values=(facts,)), NOBODY)

    assert step.reply is not None
    assert [choice.url for choice in step.reply.choices] == ["https://connect.example.com/?token=abc", ""]
    assert "token" not in step.reply.text


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        (ClaimVerdict.EXPIRED, "expired"),
        (ClaimVerdict.RETIRED, "replaced"),
        (ClaimVerdict.UNKNOWN, "no longer have that card"),
        (ClaimVerdict.NOT_YOURS, "Only"),
    ],
)
def test_a_press_that_came_to_nothing_says_why(verdict: ClaimVerdict, said: str) -> None:
    desk = Desk()
    reply = desk.say("book intro with dana@acme.io tuesday 2pm")
    context = replace(CONTEXT, pressed=desk.cards[reply.card], fresh_id="late")
    step = advance(desk.conversation, Performed(card=reply.card, option="book", verdict=verdict), context)
    while step.effect is not None:
        step = advance(step.conversation, desk.do(step.effect), context)

    assert step.reply is not None
    assert said in step.reply.text
    # a replaced card may be told so at any moment, which must not cover the answer
    assert step.reply.is_news is (verdict is ClaimVerdict.RETIRED)


@pytest.mark.parametrize(
    ("ledger_row", "said"),
    [
        (row(WriteState.UNCERTAIN, refusal=Refusal(why=Why.LOST)), "Not sure yet"),
        (row(WriteState.CLAIMED), "Not sure yet"),
        (
            row(WriteState.REFUSED, refusal=Refusal(why=Why.REFUSED, sentence="The service says no.")),
            "The service says no.",
        ),
        (row(WriteState.REFUSED, refusal=Refusal(why=Why.LATE)), "interrupted"),
        (row(WriteState.SETTLED), "nothing was written"),
        (row(WriteState.SETTLED, refusal=Refusal(why=Why.UNKNOWN)), "look into your calendar"),
        (row(WriteState.SETTLED, written=Written(booking=booking_with("Dana Weiss", date(2026, 3, 3), 14))), "Booked"),
    ],
)
def test_a_press_is_told_as_the_ledger_has_it(ledger_row: LedgerRow, said: str) -> None:
    desk = Desk()
    reply = desk.say("book intro with dana@acme.io tuesday 2pm")
    context = replace(CONTEXT, pressed=desk.cards[reply.card], fresh_id="late")

    step = advance(
        desk.conversation,
        Performed(card=reply.card, option="book", verdict=ClaimVerdict.WON, rows=(ledger_row,)),
        context,
    )

    assert step.reply is not None
    assert said in step.reply.text
    assert ("Booked" in step.reply.text) == (said == "Booked")
    assert not [o for card in step.cards for o in card.options if isinstance(o.press, WriteOut)]


def test_a_requested_booking_is_never_called_booked() -> None:
    booking = replace(booking_with("Dana Weiss", date(2026, 3, 3), 14), status=BookingStatus.REQUESTED)
    desk = Desk()
    reply = desk.say("book intro with dana@acme.io tuesday 2pm")
    context = replace(CONTEXT, pressed=desk.cards[reply.card], fresh_id="late")
    done = row(WriteState.DONE, written=Written(booking=booking))

    step = advance(
        desk.conversation,
        Performed(card=reply.card, option="book", verdict=ClaimVerdict.WON, rows=(done,)),
        context,
    )

    assert step.reply is not None
    assert step.reply.text.startswith("Requested")
    assert "Booked" not in step.reply.text


def test_a_service_that_is_away_leaves_a_way_on() -> None:
    desk = Desk()
    desk.say("what's free on tuesday")
    failure = Failed(effect=FindBookings(query=BookingQuery()), error=ProviderDown())

    step = advance(desk.conversation, failure, CONTEXT)

    assert step.reply is not None
    assert [choice.label for choice in step.reply.choices] == ["Try again"]


def test_a_dead_account_is_connected_again() -> None:
    failure = Failed(effect=FindBookings(query=BookingQuery()), error=NotConnected(repair=True))
    request = BookingRequest(intent=Intent.LIST_BOOKINGS)

    step = advance(Conversation(key=KEY, request=request), failure, CONTEXT)

    assert step.reply is not None
    assert "no longer accepts your connection" in step.reply.text
    assert [choice.label for choice in step.reply.choices] == ["Connect"]


def test_what_a_service_cannot_do_is_one_sentence() -> None:
    error = Unsupported(for_person="That service keeps no list of calendars.")
    failure = Failed(effect=LookUp(what=Look.CALENDARS), error=error)

    step = advance(Conversation(key=KEY, request=ListRequest(intent=Intent.SHOW_CALENDARS)), failure, CONTEXT)

    assert step.reply is not None
    assert step.reply.text == "That service keeps no list of calendars."
    assert step.reply.choices == ()


def test_a_hold_that_covers_the_slot_is_booked_and_given_back() -> None:
    desk = Desk()
    reply = desk.say("hold tuesday 2pm")
    held = desk.press(reply, "Hold")

    card = desk.say("book it for client@example.org")

    assert "Held until" in held.text
    option = desk.cards[card.card].option("book")
    assert option is not None
    assert [write.kind for write in option.writes] == ["book", "release"]
    assert option.is_sequence


def test_a_held_card_expires_with_the_hold() -> None:
    desk = Desk()
    held = desk.press(desk.say("hold tuesday 2pm"), "Hold")

    assert desk.cards[held.card].expires_at == NOW + timedelta(minutes=5)


def test_the_home_page_shows_what_is_next_and_what_waits() -> None:
    waiting = replace(booking_with("Sam Reed", date(2026, 3, 4), 10, number=2), status=BookingStatus.REQUESTED)
    found = BookingsFound(bookings=(booking_with("Dana Weiss", date(2026, 3, 3), 14), waiting))

    page, cards = build_home(CONTEXT, HomeFacts(found=found))

    labels = [choice.label for section in page.sections for choice in section.choices]
    assert {"Move", "Cancel meeting", "Approve", "Decline"} <= set(labels)
    assert len({card.id for card in cards}) == len(cards)
    offered = {(card.id, option.id) for card in cards for option in card.options}
    assert {(s.card, choice.id) for s in page.sections for choice in s.choices} <= offered


def test_the_home_page_of_a_newcomer_offers_to_connect() -> None:
    page, cards = build_home(NOBODY, HomeFacts(found=BookingsFound(bookings=())))

    assert [choice.label for choice in page.sections[0].choices] == ["Connect Cal.com", "Connect Calendly"]
    assert cards


def test_a_mention_shows_both_zones() -> None:
    desk = Desk()

    reply = desk.say("book intro with <@dana> tuesday 2pm")

    assert "Tue 3 Mar 14:00–14:30 Berlin (13:00–13:30 London)" in reply.text
    assert DANA.email is not None
    assert DANA.email in reply.text


def test_nothing_is_said_with_an_exclamation_mark() -> None:
    desk = Desk(bookings=(booking_with("Dana Weiss", date(2026, 3, 3), 14),))
    texts = [
        desk.say(text).text
        for text in ("hello", "help", "what's free on tuesday", "cancel dana", "stop", "thanks!", "???")
    ]

    assert not [text for text in texts if "!" in text]


def test_what_was_said_the_day_before_is_not_answered() -> None:
    before = Conversation(key=KEY, last_said="Shall I tell you when somebody books?", turns=4, updated_at=NOW)

    soon = Talk(conversation=before, context=replace(CONTEXT, now=NOW + timedelta(hours=1))).fresh_turn(is_press=False)
    late = Talk(conversation=before, context=replace(CONTEXT, now=NOW + timedelta(hours=13))).fresh_turn(is_press=False)

    assert (soon.conversation.last_said, soon.conversation.turns) == (before.last_said, 5)
    assert (late.conversation.last_said, late.conversation.turns) == ("", 1)
