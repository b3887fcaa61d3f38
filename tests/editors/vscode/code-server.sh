# Sourced: starts and stops VS Code as code-server, with a home, a PATH and extensions of its own.

# TRUST=--disable-telemetry leaves workspace trust on.
start_code() { # start_code FOLDER PATH VSIX...: sets CODE_URL and CODE_PID; FOLDER/settings.json are the user's settings
  local folder=$1 path=$2 port log vsix
  shift 2
  port=$((20000 + RANDOM % 20000))
  log=$folder/code-server.log
  mkdir -p "$folder"/{data/User,data/Machine,home}
  cp "$folder/settings.json" "$folder/data/User/"
  cp "$folder/settings.json" "$folder/data/Machine/" # where settings of machine scope are read
  local code=("$CACHE/node/only/node" "$CACHE/code-server/node_modules/code-server/out/node/entry.js"
    --user-data-dir "$folder/data" --extensions-dir "$folder/extensions")
  for vsix in "$@"; do
    HOME=$folder/home "${code[@]}" --install-extension "$vsix" >>"$log" 2>&1 || { cat "$log" >&2; return 1; }
  done
  # VSCODE_CLI: the extension host takes this PATH, not the one of a login shell. setsid: all of it can be ended at once.
  HOME=$folder/home PATH=$path VSCODE_CLI=1 "$(command -v setsid)" "${code[@]}" --bind-addr "127.0.0.1:$port" --auth none --disable-telemetry \
    --disable-update-check ${TRUST:---disable-workspace-trust} --disable-getting-started-override --ignore-last-opened \
    --reconnection-grace-time 3 >>"$log" 2>&1 &
  CODE_PID=$!
  CODE_URL=http://127.0.0.1:$port
  for _ in $(seq 100); do
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && return
    sleep 0.2
  done
  cat "$log" >&2
  return 1
}

stop_code() {
  [ -n "${CODE_PID:-}" ] || return 0
  kill -- "-$CODE_PID" 2>/dev/null
  wait "$CODE_PID" 2>/dev/null
  CODE_PID=
}
