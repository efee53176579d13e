"""What happens by itself and with others, asked for in German through signed requests; a few of it in every language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fake_slack import direct
from slack_worlds import ANA, LEE
from test_status import settings
from test_whole_house import whole_world

if TYPE_CHECKING:
    from pathlib import Path

TEAM = "<#C7TEAM|team>"
SAID = [
    (f"melde die Buchungen von Intro in {TEAM}", "From now on I post the bookings of Intro"),
    (f"poste Intro nicht mehr in {TEAM}", "I post nothing of that in the channel any more"),
    ("schalte die Benachrichtigungen ein", "news of your bookings"),
    ("keine Benachrichtigungen mehr", "I send you nothing by itself any more"),
    ("schick mir jeden Morgen um 7 meine Termine", "every day at 07:00"),
    (f"poste meine Woche jeden Montag um 9 in {TEAM}", "every Monday at 09:00 Berlin time in that channel"),
    ("erinnere mich 15 Minuten vor jedem Treffen", "a note 15 min before each meeting"),
    ("setz meinen Status auf Mittagspause", "I can show in Slack that you are in a meeting"),
    ("Slack-Status ausschalten", "I leave your Slack status to you"),
    ("meine Einstellungen", "Your settings"),
    (f"stimm mit <@{LEE}> ab: Montag 15 Uhr oder Mittwoch 11 Uhr", "Ask Lee about Mon 9 Mar 15:00"),
    (f"teile Intro nächste Woche mit <@{LEE}>, höchstens 3", "3 bookings at most"),
    ("teile meine freien Zeiten", "Only free or busy is seen"),
    ("hör auf zu teilen", "Nobody sees when you are free any more"),
    (f"frag <@{LEE}>, wann er kann", "Lee could pick one of"),
    ("Abwesenheit vom 3. bis 7. August", "as out of office"),
    ("wann bin ich abwesend?", "You are not out of office"),
    ("mach mir einen einmaligen Link für Intro", "Make a single-use link for Intro"),
    ("welche Anfragen warten?", "No request is waiting"),
]
STOPPED = [
    *(
        "schalte die Erinnerungen ab",
        "Erinnerungen ausschalten",
        "désactive les rappels",
        "desactiva los recordatorios",
    ),
    *(
        "desative os lembretes",
        "disattiva i promemoria",
        "zet de herinneringen uit",
        "不要再提醒我",
        "リマインダーを止めて",
    ),
    *("stop the reminders", "no more reminders"),
]


@pytest.mark.parametrize(("text", "says"), SAID, ids=[text for text, _ in SAID])
async def test_it_is_answered_as_in_english(tmp_path: Path, text: str, says: str) -> None:
    async with whole_world(tmp_path) as world:
        await world.say(text)
        answer = world.last(direct(ANA)).text

    assert says in answer


@pytest.mark.parametrize("text", STOPPED)
async def test_reminders_stop_in_every_language(tmp_path: Path, text: str) -> None:
    async with whole_world(tmp_path) as world:
        await world.say("remind me 10 minutes before every meeting", ts="10.1")
        before = world.last(direct(ANA)).text
        await world.say(text, ts="11.1")
        after = world.last(direct(ANA)).text

    assert ("a note 10 min" in before, after) == (True, "I send you nothing by itself any more.")


async def test_the_status_is_turned_on_with_a_press_and_off_in_words(tmp_path: Path) -> None:
    async with whole_world(tmp_path, **settings()) as world:
        await world.say("zeig meine Termine in meinem Slack-Status", ts="10.1")
        await world.press(world.last(direct(ANA)).ts, "Show meetings in my status")
        on = world.last(direct(ANA))
        said, labels = on.text, on.labels
        await world.say("Einstellungen", ts="11.1")
        shown = world.last(direct(ANA)).text
        await world.say("Slack-Status ausschalten", ts="12.1")
        off = world.last(direct(ANA)).text

    assert "Your Slack status shows when you are in a meeting or out of office" in said
    assert "Allow in Slack" in labels
    assert "Slack status In a meeting, out of office" in shown
    assert off == "I leave your Slack status to you from now on."
