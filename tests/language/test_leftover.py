"""Dates in languages without a word file, and what is not handed to dateparser."""

from __future__ import annotations

import subprocess
import sys

import pytest
from reading_corpus import REFERENCE, written

from bot.language.understand import understand


@pytest.mark.parametrize(
    ("text", "expected"),
    [("3 marts 2027", "2027-03-03 day"), ("12 sierpnia", "2026-08-12 day"), ("5 helmikuuta 2027", "2027-02-05 day")],
)
def test_a_date_in_a_language_without_words_is_read(text: str, expected: str) -> None:
    assert [written(moment) for moment in understand(text, REFERENCE).moments] == [expected]


@pytest.mark.parametrize(
    "text", ["3 foobar", "12 bananas", "chapter 12", "99 luftballons", "blah 3 blub 4", "hello there", "7 zip"]
)
def test_what_has_no_month_in_it_is_left_alone(text: str) -> None:
    assert understand(text, REFERENCE).moments == ()


def test_ordinary_messages_do_not_load_dateparser() -> None:
    code = (
        "import sys; from bot.language.report import parse_lines;"
        'parse_lines([\'{"text": "book Lee tomorrow at 3"}\', \'{"text": "thanks a lot"}\'], lambda line: None, zone=\'UTC\');'
        "print(sorted({'dateparser', 'httpx', 'slack_sdk', 'sqlalchemy', 'pydantic'} & set(sys.modules)))"
    )

    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert shown.stdout.strip() == "[]"
