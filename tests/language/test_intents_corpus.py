from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from reading_corpus import misread

from bot.language.meaning import Intent, Reference
from bot.language.report import family
from bot.language.understand import understand

CORPUS = Path(__file__).parent.parent / "corpus"
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Berlin")


def rows_of(name: str) -> dict[str, list[str]]:
    return tomllib.loads((CORPUS / name).read_text(encoding="utf-8"))


def answers(*names: str) -> list[tuple[str, str, str]]:
    found = []
    for name in names:
        for said in tomllib.loads((CORPUS / name).read_text(encoding="utf-8"))["said"]:
            bot = said.pop("bot")
            found += [(bot, intent, text) for intent, texts in said.items() for text in texts]
    return found


def first_turns(*names: str) -> list[tuple[str, str]]:
    return [
        (intent, text)
        for name in names
        for intent, texts in rows_of(name).items()
        if intent != "said"
        for text in texts
    ]


FIRST = first_turns("intents_first.toml", "intents_wider.toml", "intents_chat.toml")
ACCOUNT = [(intent, text) for intent, texts in rows_of("intents_account.toml").items() for text in texts]


EVERYDAY = [(intent, text) for intent, texts in rows_of("intents_everyday.toml").items() for text in texts]


def asked(bot: str) -> Reference:
    return Reference(now=NOW, zone=ZONE, bot=bot, turn=1 if bot else 0)


def test_a_first_turn_is_read_as_its_intent() -> None:
    first = Reference(now=NOW, zone=ZONE)

    assert not misread(FIRST, lambda text: family(understand(text, first).intent))


def test_an_answer_is_read_against_what_was_asked() -> None:
    rows = answers("intents_answers.toml", "intents_chat.toml")

    assert not [row for row in rows if family(understand(row[2], asked(row[0])).intent) != row[1]]


def test_a_wish_about_the_account_is_read_as_its_intent() -> None:
    reference = Reference(now=NOW, zone=ZONE, event_types=("Intro", "Deep dive", "Product demo"))

    assert not misread(ACCOUNT, lambda text: understand(text, reference).intent)


def test_a_wish_said_in_passing_is_read_as_its_intent() -> None:
    assert not misread(EVERYDAY, lambda text: understand(text, Reference(now=NOW, zone=ZONE)).intent)


AT_WORK = Reference(now=NOW, zone=ZONE, event_types=("Intro", "Deep Dive", "Help Desk", "Coffee"))


def test_what_is_typed_at_work_is_read_as_its_exact_intent() -> None:
    assert not misread(first_turns("intents_at_work.toml"), lambda text: understand(text, AT_WORK).intent)
    rows = answers("intents_at_work.toml")

    assert not [row for row in rows if understand(row[2], replace(AT_WORK, bot=row[0], turn=1)).intent != row[1]]


@pytest.mark.parametrize(
    "text", ["", " ", "🎉🎉", "…", "<!channel>", "DROP TABLE bookings", "?!", "a" * 4000, "- " * 2000]
)
def test_what_is_no_sentence_is_out_of_scope(text: str) -> None:
    assert understand(text, Reference(now=NOW, zone=ZONE)).intent is Intent.OUT_OF_SCOPE


@pytest.mark.parametrize(("sign", "intent"), [("👍", Intent.AFFIRM), ("✅", Intent.AFFIRM), ("👎", Intent.DENY)])
def test_a_thumb_answers_only_when_something_was_asked(sign: str, intent: Intent) -> None:
    asked = Reference(now=NOW, zone=ZONE, bot="Shall I book that?", turn=1)

    assert understand(sign, asked).intent is intent
    assert understand(sign, Reference(now=NOW, zone=ZONE)).intent is Intent.OUT_OF_SCOPE


def test_a_text_that_is_all_time_answers_a_question() -> None:
    asked = Reference(now=NOW, zone=ZONE, bot="Which zone do you mean: Chicago, Shanghai or Havana?", turn=1)

    assert understand("tuesday at 4", asked).intent is Intent.REFINE


@pytest.mark.parametrize("text", ["poll Lena and Omar: tue 3pm, wed 10 or thu 2", "poll omar: friday at 3 or 4"])
def test_the_words_of_the_row_that_decided_are_not_left_out(text: str) -> None:
    assert understand(text, Reference(now=NOW, zone=ZONE)).unread == ()


def test_the_reading_says_like_which_row_it_was() -> None:
    read = understand("cancel my meeting with Omar", Reference(now=NOW, zone=ZONE))

    assert any(line.startswith("intent cancel: like «") for line in read.trace)


WISHES = [(intent, text) for intent, texts in rows_of("wishes.toml").items() for text in texts]


def test_a_wish_beside_times_is_told_apart() -> None:
    reference = Reference(now=NOW, zone=ZONE, event_types=("Intro", "Deep dive"))

    assert not misread(WISHES, lambda text: understand(text, reference).intent)


BLIND = [("", intent, text) for intent, text in first_turns("intents_blind.toml")] + answers("intents_blind.toml")


def test_sentences_that_nothing_was_fitted_on_are_read_as_well() -> None:
    wrong = [
        (bot, intent, text) for bot, intent, text in BLIND if family(understand(text, asked(bot)).intent) != intent
    ]

    assert len(wrong) <= len(BLIND) * 0.05, wrong


@pytest.mark.parametrize("text", ["zibbling", "Quorn"])
def test_one_unknown_word_is_no_yes_to_a_question(text: str) -> None:
    asked = Reference(now=NOW, zone=ZONE, bot="What is it about? Press Add details.", turn=2)

    assert understand(text, asked).intent not in {Intent.AFFIRM, Intent.DENY}
