#!/usr/bin/env bash
# Opens the record in Kate on a screen of its own, applies the quick fix with keys, saves; the caller compares the file.
set -euo pipefail
mkdir -p "$XDG_RUNTIME_DIR" "$XDG_CONFIG_HOME/kate/lspclient"
chmod 700 "$XDG_RUNTIME_DIR"
cp "$CHECKOUT/editors/kate/settings.json" "$XDG_CONFIG_HOME/kate/lspclient/settings.json"
# The answer to Kate's question whether the server may be started, and the plugin switched on.
cat >"$XDG_CONFIG_HOME/katerc" <<INI
[General]
Startup Session=new
Show welcome view for new window=false
[lspclient]
AllowedServerCommandLines=$(command -v wrongfix) server
[Kate Plugins]
lspclientplugin=true
INI

mkfifo "$HOME/display"
Xvfb -displayfd 3 -screen 0 1200x800x24 3>"$HOME/display" 2>/dev/null &
screen=$!
DISPLAY=:$(head -1 "$HOME/display")
export DISPLAY LC_ALL=C.UTF-8 QT_QPA_PLATFORM=xcb
trap 'kill ${kate:-} $screen 2>/dev/null || true' EXIT
dbus-run-session -- kate -n -b "$RECORD" >"$HOME/kate.log" 2>&1 &
kate=$!

waiting() { # waiting SECONDS COMMAND...: until the command succeeds
  local tries=$(($1 * 5))
  shift
  for ((i = 0; i < tries; i++)); do "$@" && return; sleep 0.2; done
  import -window root "${FAILURE_PICTURE:-$HOME/failure.png}"
  echo "in vain: $*" >&2
  return 1
}
window() { xdotool search --onlyvisible --name 0003-opening-hours >"$HOME/window" 2>/dev/null; }
served() { ps --ppid "$(pgrep -P "$kate" -x kate)" -o args= 2>/dev/null | grep -q 'wrongfix server$'; }
fixed() { grep -qx 'approach: \[rag\]' "$RECORD"; }
keys() { xdotool key --clearmodifiers --delay 60 "$@"; }

waiting 20 window
waiting 20 served
sleep 3 # Kate says nowhere that the findings have come
xdotool mousemove 700 400 click 1
sleep 0.5
keys ctrl+Home Down Down Down Down Down
for ((i = 0; i < 14; i++)); do keys Right; done
sleep 0.5
keys alt+Return
sleep 2
[ -z "${PICTURES:-}" ] || import -window root "$PICTURES/kate.png"
keys Down Return
sleep 1
keys ctrl+s
waiting 10 fixed
