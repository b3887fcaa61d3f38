"""The names the server gives to kinds of actions and to commands: what editors' settings refer to."""

from __future__ import annotations

FIX_ALL = "source.fixAll.wrongfix"
OPEN_RULE_PAGE = "wrongfix.openRulePage"
BEGIN_FILE = "wrongfix.beginFile"
DEBUG_INFORMATION = "wrongfix.debugInformation"
