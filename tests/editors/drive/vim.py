"""Opens the record in Vim with ALE, goes to the finding, takes the first code action, saves; prints what it saw."""

from __future__ import annotations

import os
import re
import sys
import time

from screen import Terminal

vim = Terminal([*sys.argv[1:], os.environ["RECORD"]])
vim.wait(lambda text: "approach:" in text, "the record is not shown")
vim.wait(lambda text: re.search(r"(?m)^(E>|>>|W>|--) *approach:", text), "no finding came")
vim.keys(":ALENextWrap\r")
vim.wait(lambda text: "Facts that change" in text, "the message is not shown")
vim.keys(":echo 'at ' . line('.') . ':' . col('.') . ':' . expand('<cWORD>')\r")
seen = vim.wait(lambda text: re.search(r"at \d+:\d+:\S+", text), "the place is not shown")
row, column, word = re.search(r"at (\d+):(\d+):(\S+)", seen).groups()
print(f"finding {row}:{column}:{word.strip('[]')} wrongfix")
vim.keys(":ALECodeAction\r")
menu = vim.wait(lambda text: re.search(r"1\) ", text), "no code actions came")
print("action " + re.search(r"1\) (.+)", menu).group(1))
vim.keys("1\r")
vim.wait(lambda text: "approach: [rag]" in text, "the fix was not applied")
vim.wait(lambda text: not re.search(r"(?m)^(E>|>>|W>|--) *approach:", text), "the finding stayed")
vim.keys("\x1b")
time.sleep(0.3)  # Escape and what follows at once would be one key
vim.keys(":wq\r")
vim.ended()
