"""Several messages pasted into one, and lists: each line with an act of its own is one, and none takes from another."""

from __future__ import annotations

from datetime import date

import pytest
from deeds import desk_with, offered
from rooms import Desk, booking_with


def _desk() -> Desk:
    return desk_with(
        (
            booking_with("Lena Ostrow", date(2026, 3, 5), 10, number=1),
            booking_with("Omar Haddad", date(2026, 3, 5), 14, number=2),
        )
    )


_KIM = "book kim@example.org friday 2pm"
_TWO = [
    (f"{_KIM}\ncancel lena", ["book kim@example.org 06 13:00 1", "cancel b1"]),
    (f"cancel lena\n{_KIM}", ["cancel b1", "book kim@example.org 06 13:00 1"]),
    ("cancel lena\nmove omar to friday 3pm", ["cancel b1", "move b2 06 14:00"]),
    ("• move omar to friday 3pm\n• cancel lena", ["move b2 06 14:00", "cancel b1"]),
    ("- cancel lena\n- move omar to friday 3pm", ["cancel b1", "move b2 06 14:00"]),
    ("1. cancel lena\n2. move omar to friday 3pm", ["cancel b1", "move b2 06 14:00"]),
    ("1) move lena to friday 9am\n2) move omar to friday 3pm", ["move b1 06 08:00", "move b2 06 14:00"]),
    ("todo:\n- cancel lena\n- move omar to friday 3pm", ["cancel b1", "move b2 06 14:00"]),
    (f"hi\ncancel lena\n{_KIM}\nthanks", ["cancel b1", "book kim@example.org 06 13:00 1"]),
    ("please cancel lena\nthen please move omar to friday 3pm", ["cancel b1", "move b2 06 14:00"]),
    ("sag lena ab\nverschieb omar auf freitag 15 uhr", ["cancel b1", "move b2 06 14:00"]),
    ("buche kim@example.org freitag 14 uhr\nsag lena ab", ["book kim@example.org 06 13:00 1", "cancel b1"]),
    ("annule lena\ndéplace omar à vendredi 15h", ["cancel b1", "move b2 06 14:00"]),
    ("cancela a lena\nmueve a omar al viernes a las 15", ["cancel b1", "move b2 06 14:00"]),
    (
        f"cancel lena\nmove omar to friday 3pm\n{_KIM}",
        ["cancel b1", "move b2 06 14:00", "book kim@example.org 06 13:00 1"],
    ),
    ("book kim@example.org friday 2pm\nbook jo@example.org friday 3pm", None),
    ("i'm off friday\ncancel lena", ["06 off", "cancel b1"]),
    ("cancel lena\n\nwhat's free friday?", ["cancel b1", ""]),
    ("what do i have friday\ncancel lena", ["", "cancel b1"]),
]


@pytest.mark.parametrize(("text", "wanted"), _TWO)
def test_acts_on_lines_are_done_one_at_a_time(text: str, wanted: list[str] | None) -> None:
    desk = _desk()

    reply = desk.say(text)

    assert offered(desk, reply) == set()
    assert "two things at once" in reply.text
    told = []
    for choice in reply.choices:
        again = _desk()
        told.append(" ".join(sorted(offered(again, again.press(again.say(text), choice.label)))))
    if wanted is not None:
        assert told == wanted


@pytest.mark.parametrize(
    "text",
    [
        "cancel lena\ncancel omar",
        "1. cancel lena\n2. cancel omar",
        "• cancel lena\n• cancel omar",
        "cancel lena; cancel omar",
    ],
)
def test_a_list_of_cancellations_is_one_card(text: str) -> None:
    desk = _desk()

    assert offered(desk, desk.say(text)) == {"cancel b1", "cancel b2"}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("move lena\nto friday 3pm", {"move b1 06 14:00"}),
        ("move lena\nfriday 3pm", {"move b1 06 14:00"}),
        ("cancel\nlena", {"cancel b1"}),
        ("cancel omar\nthursday", {"cancel b2"}),
        ("cancel lena\ncancel lena", {"cancel b1"}),
        ("cancel lena\n> book kim friday 2pm", {"cancel b1"}),
        ("book\nkim@example.org\nfriday 2pm", {"book kim@example.org 06 13:00 1"}),
        (f"{_KIM}\n30 min\nintro", {"book kim@example.org 06 13:00 1"}),
        (f"{_KIM}\ntopic: cancel the contract", {"book kim@example.org 06 13:00 1"}),
        (f"{_KIM}\nagenda:\n- move to new office\n- cancel old plan", {"book kim@example.org 06 13:00 1"}),
        ("- kim@example.org\n- jo@example.org\nbook us friday 2pm", {"book kim@example.org 06 13:00 1"}),
        ("move lena to friday 3pm\nshe's out thursday", {"move b1 06 14:00"}),
        (f"{_KIM}\nactually 3pm", {"book kim@example.org 06 14:00 1"}),
    ],
)
def test_lines_of_one_wish_stay_together(text: str, wanted: set[str]) -> None:
    desk = _desk()

    assert offered(desk, desk.say(text)) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "cancel lena\nbook <mailto:kim@example.org|kim@example.org> friday 2pm",
        ":x: cancel lena\n:calendar: book <mailto:kim@example.org> friday 2pm",
        "✅ cancel lena\n✅ book kim@example.org friday 2pm",
    ],
)
def test_acts_with_slacks_addresses_and_signs_are_told_apart(text: str) -> None:
    desk = _desk()
    reply = desk.say(text)

    assert [choice.label for choice in reply.choices] == [
        "Start with «cancel lena»",
        "Start with «book kim@example.org friday 2pm»",
    ]


def test_what_a_label_hides_is_not_offered_by_half() -> None:
    reply = _desk().say("cancel lena\nbook <mailto:kim@example.org|Kim Ost> friday 2pm")

    assert "two things at once" in reply.text
    assert not reply.choices


@pytest.mark.parametrize(
    "text", ["book kim@example.org friday 2pm... or 3pm", "book kim@example.org friday 2pm… or 3pm"]
)
def test_a_pause_keeps_the_day(text: str) -> None:
    desk = _desk()

    reply = desk.say(text)

    assert offered(desk, reply) == {"book kim@example.org 06 13:00 1"}
    assert "Mon 2 Mar" not in str([choice.label for choice in reply.choices])
