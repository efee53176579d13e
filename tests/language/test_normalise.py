"""From text to utterance."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.lexicon import ASCII_TOKEN, TOKEN
from bot.language.normalise import LONGEST, normalise


def test_words_are_lower_case_and_keep_their_place() -> None:
    found = normalise("Book Lee, 3PM")

    assert found.words == ("book", "lee", ",", "3", "pm")
    assert [found.text[start:end] for start, end in zip(found.starts, found.ends, strict=True)] == [
        "Book",
        "Lee",
        ",",
        "3",
        "PM",
    ]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("tmrw", "tomorrow"),
        ("2moro", "tomorrow"),
        ("wensday", "wednesday"),
        ("thrusday", "thursday"),
        ("septmeber", "september"),
    ],
)
def test_chat_spelling_and_slips_are_undone(typed: str, meant: str) -> None:
    assert normalise(typed).words[0] == meant


@pytest.mark.parametrize("word", ["sundae", "mayor", "monthly", "fried", "money", "season"])
def test_words_of_their_own_are_left_alone(word: str) -> None:
    assert normalise(word).words == (word,)


@pytest.mark.parametrize(
    ("text", "kind", "value", "shown"),
    [
        ("hi <@U07D4NA>", "mention", "U07D4NA", "@U07D4NA"),
        ("hi <@U07D4NA|dana>", "mention", "U07D4NA", "dana"),
        ("in <#C012|general>", "channel", "C012", "general"),
        ("<mailto:lee@acme.io|lee@acme.io> please", "email", "lee@acme.io", "lee@acme.io"),
        ("ask lee@acme.io.", "email", "lee@acme.io", "lee@acme.io"),
        ("see <https://example.com/a|this>", "link", "https://example.com/a", "this"),
        ("see https://example.com/a?b=1, ok", "link", "https://example.com/a?b=1", "https://example.com/a?b=1"),
        ("<!date^1772460000^{date}|2 March>", "instant", "1772460000", "2 March"),
        ("<!channel> hello", "group", "channel", "!channel"),
        ("with <!subteam^S1|@design>", "group", "design", "@design"),
        ("call <tel:+4930123456|030 123456>", "phone", "+4930123456", "030 123456"),
        ("with <mailto:ana@acme.io|Friday Team>", "email", "ana@acme.io", "Friday Team"),
        ("intro with ana@acme, please", "broken", "ana@acme", "ana@acme"),
        ("with mailto:ana@acme.io, ok", "email", "ana@acme.io", "mailto:ana@acme.io"),
        ("with <mailto:ana%40acme.io?subject=Hi|Ana>", "email", "ana@acme.io", "Ana"),
        ("ana (at) acme (dot) io", "email", "ana@acme.io", "ana (at) acme (dot) io"),
        ("ana.ort[at]acme.io on friday", "email", "ana.ort@acme.io", "ana.ort[at]acme.io"),
        ("ask ana at acme dot io", "email", "ana@acme.io", "ana at acme dot io"),
        ("frag ana ät acme punkt de", "email", "ana@acme.de", "ana ät acme punkt de"),
        ("con ana arroba acme punto es", "email", "ana@acme.es", "ana arroba acme punto es"),
        ("with ana@acme..io ok", "broken", "ana@acme..io", "ana@acme..io"),
        ("with ana @ acme.io", "broken", "ana @ acme.io", "ana @ acme.io"),
        ("ana@acme.io's team", "email", "ana@acme.io", "ana@acme.io"),
        ("mail jörg@müller.de", "email", "jörg@müller.de", "jörg@müller.de"),
        ("ok :wave::skin-tone-3:", "emoji", "wave", ":wave::skin-tone-3:"),
    ],
)
def test_the_leftovers_of_slack_are_opened(text: str, kind: str, value: str, shown: str) -> None:
    found = normalise(text)

    (index,) = found.atoms
    assert found.atoms[index] == (kind, value)
    assert found.between(index, index) == shown


@pytest.mark.parametrize("text", ["from 10:30 to 11:30", "dinner@home", "lunch @noon", "sam@3", "note:this:that"])
def test_clocks_and_places_are_no_atoms(text: str) -> None:
    assert not normalise(text).atoms


def test_invisible_and_narrow_signs_do_not_matter() -> None:
    assert normalise("3\u202fpm\u200b on\u2009fri\u00adday\ufeff").words == ("3", "pm", "on", "friday")


def test_entities_of_slack_are_undone() -> None:
    assert normalise("a &amp; b &lt;3").text == "a & b <3"


def test_long_texts_are_cut() -> None:
    assert len(normalise("word " * 5000).text) == LONGEST


def test_the_words_of_a_wall_of_text_end_early_but_its_addresses_are_kept() -> None:
    found = normalise("word " * 600 + "dana@example.com <@U123>")

    assert len(found.words) < 500
    assert [kind for kind, _ in found.atoms.values()] == ["email", "mention"]


@given(st.text(max_size=300))
def test_tokens_never_overlap_and_stay_inside_the_text(text: str) -> None:
    found = normalise(text)

    assert all(start < end for start, end in zip(found.starts, found.ends, strict=True))
    assert all(end <= start for end, start in zip(found.ends, found.starts[1:], strict=False))
    assert not found.ends or found.ends[-1] <= len(found.text)


@given(st.text(alphabet=[chr(code) for code in range(128)], max_size=40))
def test_texts_of_ascii_are_cut_as_any_other(written: str) -> None:
    lowered = written.lower()

    assert [found.span() for found in ASCII_TOKEN.finditer(lowered)] == [
        found.span() for found in TOKEN.finditer(lowered)
    ]


@pytest.mark.parametrize(
    "text", ["see you at 3 at the point of sale", "at noon on the dot", "meet at 5 dot com building"]
)
def test_words_around_at_and_dot_spell_no_address(text: str) -> None:
    assert not normalise(text).atoms


def test_an_address_pasted_with_its_link_is_one_address() -> None:
    found = normalise("with ana@acme.io<mailto:ana@acme.io> today")

    assert {value for _, value in found.atoms.values()} == {"ana@acme.io"}
    assert found.text == "with ana@acme.io ana@acme.io today"


@pytest.mark.parametrize(
    ("typed", "meant"), [("São Paulo", ("sao", "paulo")), ("Bogotá", ("bogota",)), ("José", ("josé",))]
)
def test_places_are_known_with_their_accents(typed: str, meant: tuple[str, ...]) -> None:
    assert normalise(typed).words == meant
