"""Opens the record in Helix, goes to the finding, takes the first code action, saves; prints what it saw."""

from __future__ import annotations

import os
import re
import sys
import time
from pathlib import Path

from screen import Terminal


def place(hx: Terminal, but: tuple[int, int] = (1, 1)) -> tuple[int, int]:
    """Return row and column from the status line, once they are others than these."""

    def shown(text: str) -> tuple[int, int]:
        found = re.findall(r"\s(\d+):(\d+)\s*$", text, re.MULTILINE)
        return (int(found[-1][0]), int(found[-1][1])) if found else but

    return shown(hx.wait(lambda text: shown(text) != but, "the cursor did not move"))


hx = Terminal([*sys.argv[1:], os.environ["RECORD"]])
hx.wait(lambda text: "approach:" in text, "the record is not shown")
hx.wait(lambda text: "Facts that change" in text, "no finding came")  # shown at the end of its line
hx.keys("gg]d")  # selects the finding, with the cursor on one of its ends
one = place(hx)
hx.keys("\x1b;")  # Alt-; goes to the other end
other = place(hx, but=one)
(row, first), (_, last) = sorted((one, other))
words = Path(os.environ["RECORD"]).read_text().splitlines()[row - 1][first - 1 : last]
print(f"finding {row}:{first}:{words} wrongfix")
hx.keys(" a")
menu = hx.wait(lambda text: "Replace fine-tuning" in text, "no code actions came")
print("action " + re.search(r"Replace fine-tuning[^│|]*?(?=\s{2,}|$)", menu, re.MULTILINE).group().strip())
hx.keys("\r")
hx.wait(lambda text: "approach: [rag]" in text, "the fix was not applied")
hx.wait(lambda text: "Facts that change" not in text, "the finding stayed")
hx.keys("\x1b")
time.sleep(0.3)  # Escape and a colon at once are one key, Alt-colon
hx.keys(":wq\r")
hx.ended()
