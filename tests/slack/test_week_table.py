"""The week before and after as a table, where Slack draws one, and its plain twin where it does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fake_slack import direct
from slack_worlds import ANA
from test_whole_house import whole_world

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("is_known", [True, False])
async def test_hours_show_the_week_before_and_after(tmp_path: Path, *, is_known: bool) -> None:
    async with whole_world(tmp_path) as world:
        await world.say("hello", ts="1.1")
        if not is_known:
            world.slack.fail("chat.postMessage", "invalid_blocks")
        await world.say("set fridays 9 to 1", ts="2.1")
        card = world.last(direct(ANA))
        blocks, sent = card.blocks, world.slack.called("chat.postMessage")[1:]
        await world.press(card.ts, "Change hours")
        done = world.slack.shown[direct(ANA), card.ts].text

    tables = [block for block in blocks if block["type"] == "data_table"]
    assert (len(tables), len(sent)) == ((1, 1) if is_known else (0, 2))
    if is_known:
        cells = [[cell["text"] for cell in row] for row in tables[0]["rows"]]
        assert cells[0] == ["Day", "Now", "Then"]
        assert cells[5:7] == [["Fri", "09:00–17:00", "09:00–13:00"], ["Sat", "closed", "closed"]]
        assert tables[0]["page_size"] == 7
    else:
        assert "~Mon–Fri 09:00–17:00~ → Mon–Thu 09:00–17:00" in str(blocks)
    assert "Fri 09:00–13:00" in done
