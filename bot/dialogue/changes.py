"""What came of a management write: one sentence and what it is now."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.dialogue.rows import blame, is_done
from bot.dialogue.talk import Row, Talk, show
from bot.dialogue.wording import common
from bot.dialogue.wording import outcomes as words

if TYPE_CHECKING:
    from bot.dialogue.context import Step
    from bot.dialogue.conversation import Request
    from bot.scheduling.ledger import LedgerRow


def changed(talk: Talk, request: Request, rows: tuple[LedgerRow, ...]) -> Step:
    """Tell the change."""
    pieces = [words.done() if is_done(row) else blame(row, talk) for row in rows]
    text = " ".join(dict.fromkeys(pieces))
    return show(talk, replace(request, is_done=True), text, (common.line(text), Row(buttons=())), is_live=False)
