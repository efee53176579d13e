"""Whether what stands in a text is ordered, or only told: of what was, of others, of what is not so.

`acts.py` doubts a text whose act is only told, `beside.py` finds what is told beside a wish, `texts.py` cuts it,
`remarks.py` keeps why somebody agrees, `words.py` holds the vocabulary.
"""

from bot.language.moods.acts import act_told, without_speaker
from bot.language.moods.beside import told_beside
from bot.language.moods.remarks import remark_behind

__all__ = ["act_told", "remark_behind", "told_beside", "without_speaker"]
