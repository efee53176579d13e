from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.dialogue.acts import (
    Buttons,
    Choice,
    Chose,
    Facts,
    FieldKind,
    Form,
    FormField,
    Heading,
    Note,
    Reply,
    Said,
    Subheading,
    Submitted,
)
from bot.errors import StoreDown
from bot.scheduling.accounts import Owner
from bot.scheduling.models import Person
from bot.terminal import HELP, Terminal, lines_of

if TYPE_CHECKING:
    from bot.dialogue.acts import ConversationKey, Turn

WHO = Form(
    title="Who is it for?",
    fields=(FormField(name="name", label="Name", value="Sam", is_required=False), FormField(name="mail", label="Mail")),
)
KIND = Form(
    title="Which?",
    fields=(FormField(name="kind", label="Kind", kind=FieldKind.CHOICE, options=(("a1", "Small"), ("b2", "Large"))),),
)
CARD = Reply(
    text="Intro on Tue 14:00. Nothing is booked until you press Book.",
    parts=(
        Heading(text="Book Intro?"),
        Facts(rows=(("When", "Tue 14:00"), ("With", "Sam"))),
        Buttons(choices=(Choice(id="book", label="Book"), Choice(id="who", label="Add details", form=WHO))),
        Buttons(
            title="Tue 3 Mar",
            choices=(Choice(id="s1", label="15:00"), Choice(id="join", label="Open", url="https://meet.example.com/a")),
        ),
        Note(text="Nothing is booked until you press Book."),
    ),
    card="card-1",
)


@dataclass
class FakeAssistant:
    """Answers every turn with the same card, or fails as told."""

    reply: Reply = CARD
    error: StoreDown | None = None
    turns: list[Turn] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    async def take_turn(self, turn: Turn, *, key: ConversationKey, asker: Person, place: str, is_public: bool) -> Reply:
        self.turns.append(turn)
        if self.error is not None:
            raise self.error
        return self.reply

    async def delivered(self, reply: Reply, place: str) -> None:
        self.told.append(reply.card)


def terminal(assistant: FakeAssistant) -> tuple[Terminal, list[str]]:
    written: list[str] = []
    dana = Person(name="Dana Weiss", email="dana@acme.io", zone="Europe/Berlin", member="dana")
    asker = Person(name="You", email="you@example.com", zone="Europe/Berlin")
    chat = Terminal(
        assistant=assistant, owner=Owner("", "terminal", "you"), asker=asker, write=written.append, people=(dana,)
    )
    return chat, written


def test_a_card_is_its_sentence_its_facts_and_numbered_buttons() -> None:
    assert lines_of(CARD) == [
        CARD.text,
        "Book Intro?",
        "  When  Tue 14:00",
        "  With  Sam",
        "[1] Book",
        "[2] Add details",
        "Tue 3 Mar",
        "[3] 15:00",
        "[4] Open",
    ]


async def test_a_number_presses_that_button_of_the_latest_card() -> None:
    assistant = FakeAssistant()
    chat, _ = terminal(assistant)

    await chat.take_line("book intro")
    await chat.take_line("3")

    assert assistant.turns[-1] == Chose(card="card-1", option="s1")
    assert assistant.told == ["card-1", "card-1"]


async def test_a_number_without_such_a_button_is_a_message() -> None:
    assistant = FakeAssistant()
    chat, _ = terminal(assistant)

    await chat.take_line("7")

    assert assistant.turns == [Said(text="7")]


async def test_a_form_is_answered_line_by_line() -> None:
    assistant = FakeAssistant()
    chat, written = terminal(assistant)

    await chat.take_line("book intro")
    await chat.take_line("2")
    await chat.take_line("")
    await chat.take_line("sam@example.com")

    assert assistant.turns[-1] == Submitted(
        card="card-1", option="who", values=(("name", "Sam"), ("mail", "sam@example.com"))
    )
    assert "Mail:" in written


async def test_a_choice_in_a_form_is_named_by_its_label() -> None:
    assistant = FakeAssistant(reply=Reply(text="Pick.", form=KIND, form_option="pick", card="card-2"))
    chat, _ = terminal(assistant)

    await chat.take_line("go")
    await chat.take_line("large")

    assert assistant.turns[-1] == Submitted(card="card-2", option="pick", values=(("kind", "b2"),))


async def test_a_link_is_printed_not_pressed() -> None:
    assistant = FakeAssistant()
    chat, written = terminal(assistant)

    await chat.take_line("book intro")
    await chat.take_line("4")

    assert written[-1] == "Open https://meet.example.com/a"
    assert len(assistant.turns) == 1


async def test_a_handle_of_the_team_becomes_a_mention() -> None:
    assistant = FakeAssistant()
    chat, _ = terminal(assistant)

    await chat.take_line("book 30 min with @Dana and @nobody")

    said = assistant.turns[0]
    assert isinstance(said, Said)
    assert said.text == "book 30 min with <@dana> and @nobody"
    assert [person.name for person in said.people] == ["Dana Weiss"]


async def test_help_and_leaving_ask_nobody() -> None:
    assistant = FakeAssistant()
    chat, written = terminal(assistant)

    assert await chat.take_line("/")
    assert not await chat.take_line("/quit")
    assert written == [HELP]
    assert not assistant.turns


async def test_a_failure_is_said() -> None:
    assistant = FakeAssistant(error=StoreDown("away"))
    chat, written = terminal(assistant)

    assert await chat.take_line("book intro")
    assert written == [StoreDown.for_person]


def test_the_day_above_its_rows_is_shown_although_the_sentence_has_it() -> None:
    rows = Buttons(title="1. 10:00–10:30: Intro", choices=(Choice(id="m1", label="Move"),))
    reply = Reply(text="1 meeting: Wed 4 Mar 10:00–10:30 Berlin: Intro.", parts=(Subheading(text="Wed 4 Mar"), rows))

    assert lines_of(reply)[1:3] == ["Wed 4 Mar", "1. 10:00–10:30: Intro"]
