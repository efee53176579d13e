"""What is ordered and what is only told: which texts are doubted, and which pieces beside a wish say nothing of it."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.language.meaning import DoubtKind, Intent, Reference
from bot.language.understand import understand

REFERENCE = Reference(
    now=datetime(2026, 3, 2, 9, 0, tzinfo=UTC), zone=ZoneInfo("Europe/Berlin"), event_types=("Intro", "Deep dive")
)
TOLD = {
    "what was done": (
        "tia cancelled our lunch", "we moved the deep dive to friday at 10", "ines has been moved to monday",
        "wir haben ines auf montag verschoben", "ines wurde abgesagt", "hemos movido a ines al lunes",
        "on a décalé ines à lundi",
        "abbiamo spostato ines a lunedì", "we hebben ines naar maandag verzet", "adiei a ines para segunda",
    ),
    "what others do": (
        "ines cancels every time", "ines wants to cancel", "ines would move to monday if she could", "ines sagt immer ab",
        "ines möchte absagen", "ines quiere cancelar", "ines veut annuler", "ines potrebbe annullare", "ines gaat afzeggen",
    ),
    "what is not so": (
        "should i cancel my call with ines?", "i nearly cancelled ines",
        "i wish you could cancel ines", "imagine i cancelled ines",
        "soll ich ines absagen?", "angenommen ich sage ines ab", "stavo per annullare ines", "j'allais annuler ines",
    ),
    "what is not to be": (
        "there's no need to cancel ines", "you needn't move ines to friday", "it's unnecessary to cancel ines",
        "please stop moving ines to friday", "avoid cancelling ines", "nobody asked you to cancel ines",
        "i wonder whether to cancel ines", "would it be rude to cancel ines", "i'm thinking of moving ines to friday",
        "no es necesario cancelar a ines", "não é preciso cancelar a ines",
    ),
    "what others can": ("kann ines selbst absagen?", "kan ines zelf afzeggen?"),
    "what was done just now, and might have been": (
        "habe ines gerade auf montag verschoben", "would've been nice to meet ines on friday at 10",
        "dommage que ines ait annulé", "pensé en mover a ines al lunes a las 14",
    ),
    "what is taken back": ("cancel ines, only joking", "ines asked me to cancel omar but i won't", "sag ines ab, nur spaß"),
    "somebody's words": ("omar wrote: cancel ines", "omar: cancel ines", "omar schrieb: sag ines ab"),
    "what a calendar or a mail says": ("Re: cancel ines", "Accepted: call with ines, friday 10:00", "WG: ines absagen"),
    "meetings of the past, and of others": (
        "i had lunch with ines on friday at 12", "ines meets omar on friday at 10", "ines trifft omar am freitag um 10",
    ),
}  # fmt: skip
ORDERED = (
    "i need ines moved to friday", "can you get ines cancelled", "have ines moved to friday at 10",
    "ines has to move to friday",
    "ines cancelled thursday, move her to friday at 10", "tia cancelled, so take the demo off",
    "i'd like ines cancelled please",
    "ich hätte ines gern auf freitag verschoben", "ich würde gerne ines auf freitag verschieben", "ines muss abgesagt werden",
    "ines sagt sie kann nicht, sag ihr ab", "cancele a reunião com a ines", "i wanted to move ines to friday",
    "instead of cancelling ines, move her to friday",
    "thanks for the help, cancel ines", "book ines friday at 10, she said mornings are best",
)  # fmt: skip
WISH = "move ines to friday at 2pm"
BESIDE = (
    f"omar cancelled on me. {WISH}", f"omar told me to {WISH}", f"Hello Omar,\n{WISH}", f"{WISH}, because omar moved to lima",
    f"{WISH}. i also met omar yesterday at 9", f"thanks for moving omar on monday! {WISH}", f"omar wrote me on sunday. {WISH}",
    f"no need to rush, {WISH}", f"no worries, {WISH}",
    f"as agreed with omar: {WISH}", f"{WISH}. omar's flight to lima was moved to monday",
    f"{WISH}. Best, Omar", f"i'm with omar, {WISH}",
)  # fmt: skip


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in TOLD.items() for text in texts])
def test_an_act_that_is_only_told_is_doubted(kind: str, text: str) -> None:
    assert understand(text, REFERENCE).doubt(DoubtKind.TOLD), kind


@pytest.mark.parametrize("text", ORDERED)
def test_an_act_that_is_ordered_is_not_doubted(text: str) -> None:
    assert understand(text, REFERENCE).doubt(DoubtKind.TOLD) is None


@pytest.mark.parametrize("text", BESIDE)
def test_what_is_told_beside_a_whole_wish_says_nothing_of_it(text: str) -> None:
    alone, read = understand(WISH, REFERENCE), understand(text, REFERENCE)

    assert (read.intent, read.people, read.doubts) == (Intent.RESCHEDULE, alone.people, ())
    assert [(one.days, one.hours) for one in read.moments] == [(one.days, one.hours) for one in alone.moments]


@pytest.mark.parametrize(
    ("people", "text"),
    [
        (("Kim",), "kim can't do friday, can we do monday at 2pm"),
        (("Kim",), "i talked to kim. she can do friday at 10, book that"),
        (("Kim",), "kim asked me to move her to friday at 2pm"),
    ],
)
def test_who_is_told_of_stays_where_the_wish_names_nobody(people: tuple[str, ...], text: str) -> None:
    assert tuple(name.capitalize() for name in understand(text, REFERENCE).people) == people


def test_why_something_happens_is_kept() -> None:
    assert understand("something came up, move my call to friday", REFERENCE).reason == "something came up"


@pytest.mark.parametrize("text", ["~cancel ines~", "Omar Ruiz  9:14 AM\ncancel ines"])
def test_what_is_struck_out_or_pasted_alone_orders_nothing(text: str) -> None:
    assert understand(text, REFERENCE).intent is Intent.OUT_OF_SCOPE
