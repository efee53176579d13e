"""What others said, pasted mail and signatures: told and not ordered; who is not to be invited; what a no or thanks answers."""

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
            booking_with("Sam Ng", date(2026, 3, 6), 11, number=3),
        )
    )


def _said(*lines: str) -> set[str]:
    desk = _desk()
    for line in lines[:-1]:
        desk.say(line)
    return offered(desk, desk.say(lines[-1]))


@pytest.mark.parametrize(
    ("text", "label", "deed"),
    [
        ('omar said "cancel lena"', "Yes, cancel it", "cancel b1"),
        ('omar wrote: "cancel lena"', "Yes, cancel it", "cancel b1"),
        ("omar schreibt „sag lena ab“", "Yes, cancel it", "cancel b1"),
        ('omar said "can we move to friday 3pm?"', "Yes, move it", "move b2 06 14:00"),
        ('lena schreibt "können wir auf freitag 15 uhr verschieben?"', "Yes, move it", "move b1 06 14:00"),
        ('omar wrote "book kim@example.org friday at 2"', "Yes, plan it", "book kim@example.org 06 13:00 1"),
    ],
)
def test_somebodys_words_are_asked_about(text: str, label: str, deed: str) -> None:
    desk = _desk()

    reply = desk.say(text)

    assert offered(desk, reply) == set()
    assert offered(desk, desk.press(reply, label)) == {deed}


_FRIDAY = {"book kim@example.org 06 13:00 1"}


@pytest.mark.parametrize(
    "text",
    [
        'book "omar said no" with kim@example.org friday 2pm',
        'book kim@example.org friday 2pm, he said "bring the deck"',
        'book kim@example.org friday 2pm called "the plan says"',
    ],
)
def test_a_title_stays_a_title(text: str) -> None:
    assert _said(text) == _FRIDAY


@pytest.mark.parametrize("rule", ["-- ", "—", "*-- *", "_____", "===", "-"])
def test_below_a_rule_stands_a_signature(rule: str) -> None:
    desk = _desk()

    reply = desk.say(f"book kim@example.org friday 2pm\n{rule}\nAna Ruiz\nOffice hours Mon 9-10")

    assert offered(desk, reply) == _FRIDAY
    assert "Mon" not in reply.text
    assert "Ana" not in reply.text


@pytest.mark.parametrize(
    "header",
    [
        "Kim Ost <kim@example.org> schrieb am Mo., 2. März 2026, 08:12:",
        "Kim Ost <kim@example.org> wrote on Mon, 2 Mar 2026:",
        "Kim Ost <kim@example.org> schreef op di 3 mrt. 2026 om 09:12:",
        "ons. 25. feb. 2026 kl. 14:05 skrev Kim <kim@example.org\n>:",
        "On Mon, 2 Mar 2026 at 08:12, Kim Ost wrote:",
    ],
)
def test_below_who_wrote_when_nothing_is_ordered(header: str) -> None:
    assert _said(f"book kim@example.org friday 2pm\n\n{header}\n\nhow about tuesday 9am?") == _FRIDAY


@pytest.mark.parametrize(
    "text",
    [
        "book kim@example.org friday 2pm. Don't invite omar.",
        "book kim@example.org and omar friday 2pm, but don't add omar",
        "buche kim@example.org freitag 14 uhr, omar nicht einladen",
        "buche kim@example.org freitag 14 uhr, lade omar nicht ein",
        "reserva con kim@example.org el viernes a las 14, no invites a omar",
        "boek kim@example.org vrijdag 14 uur, nodig omar niet uit",
    ],
)
def test_who_is_not_to_be_invited_is_left_out(text: str) -> None:
    desk = _desk()

    reply = desk.say(text)

    assert offered(desk, reply) == _FRIDAY
    assert "Omar" not in reply.text


@pytest.mark.parametrize("text", ["no thanks", "no thank you", "nein danke", "thanks but no"])
def test_a_polite_no_drops_the_card(text: str) -> None:
    desk = _desk()
    desk.say("book kim@example.org friday 2pm")

    reply = desk.say(text)

    assert "nothing was written" in reply.text
    assert "Nothing is waiting" in desk.say("yes").text


@pytest.mark.parametrize("text", ["passt super, danke dir!", "super, danke!", "yes, thanks"])
def test_a_polite_yes_points_at_the_button(text: str) -> None:
    assert _said("book kim@example.org friday 2pm", text) == _FRIDAY


def test_thanks_alone_is_no_answer() -> None:
    assert "welcome" in _desk().say("thanks!").text


@pytest.mark.parametrize("text", ["never mind, release it", "never mind", "forget it, release the hold"])
def test_a_no_below_a_hold_offers_to_release_it(text: str) -> None:
    desk = _desk()
    desk.press(desk.say("hold friday 3pm"), "Hold")

    assert offered(desk, desk.say(text)) == {"ReleaseHold"}


@pytest.mark.parametrize(
    ("off", "text", "deeds"),
    [
        ("ich bin donnerstag krank", "sag alles ab", {"cancel b1", "cancel b2"}),
        ("i'm out thursday", "cancel everything", {"cancel b1", "cancel b2"}),
        ("i'm out thursday and friday", "cancel all", {"cancel b1", "cancel b2", "cancel b3"}),
        ("i'm out thursday after 12", "cancel all meetings", {"cancel b2"}),
        ("i'm out thursday", "move everything to friday", {"move b1 06 09:00", "move b2 06 13:00"}),
        ("i'm out thursday", "cancel everything this week", {"cancel b1", "cancel b2", "cancel b3"}),
    ],
)
def test_all_below_days_off_is_what_is_on_them(off: str, text: str, deeds: set[str]) -> None:
    assert _said(off, text) == deeds


@pytest.mark.parametrize(
    ("card", "text", "deed"),
    [
        ("book kim@example.org friday 4pm", "push lena an hour later", "move b1 05 10:00"),
        ("book kim@example.org friday 4pm", "and make lena an hour later", "move b1 05 10:00"),
        ("book kim@example.org friday 4pm", "mach lena eine stunde später", "move b1 05 10:00"),
        ("move omar to friday 3pm", "make lena an hour later", "move b1 05 10:00"),
        ("book kim@example.org friday 4pm", "make kim an hour earlier", "book kim@example.org 06 14:00 1"),
        ("book kim@example.org friday 2pm", "and zoe@example.org an hour later", "book zoe@example.org 06 14:00 1"),
        ("what do i have this week", "the last one to wednesday at 10", "move b3 04 09:00"),
        ("was habe ich diese woche", "den letzten auf mittwoch 10 uhr", "move b3 04 09:00"),
        ("cancel everything thursday", "doch nur lena", "cancel b1"),
    ],
)
def test_whose_meeting_it_is_decides(card: str, text: str, deed: str) -> None:
    assert _said(card, text) == {deed}


@pytest.mark.parametrize("text", ["no friday was better", "friday after all", "back to friday", "doch wieder freitag"])
def test_a_day_that_stood_on_the_card_is_gone_back_to(text: str) -> None:
    assert _said("book kim@example.org friday at 10", "monday", text) == {"book kim@example.org 06 09:00 1"}


@pytest.mark.parametrize(
    "text",
    [
        "lena can't make it thursday, she proposes friday 3pm",
        "lena can't do thursday, can we do friday 3pm",
        "lena kann donnerstag nicht, sie schlägt freitag 15 uhr vor",
    ],
)
def test_somebody_absent_with_another_time_is_moved(text: str) -> None:
    assert _said(text) == {"move b1 06 14:00"}


@pytest.mark.parametrize("text", ["restore it", "stell sie wieder her", "rétablis-la"])
def test_what_was_cancelled_is_restored(text: str) -> None:
    desk = _desk()
    desk.press(desk.say("cancel lena"), "Cancel meeting")

    assert offered(desk, desk.say(text)) == {"book lena@example.org 05 09:00 1"}


@pytest.mark.parametrize("text", ['example: "cancel lena"', 'the command is: "cancel lena"'])
def test_an_example_is_nobodys_order(text: str) -> None:
    assert _said(text) == set()
