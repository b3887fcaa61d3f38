#!/usr/bin/env bash
# Opens a record with a misfit in real editors, sees it at its place, applies the quick fix, saves, compares the file.
# usage: bash tests/editors/run.sh [--times N] [--no-install] [EDITOR ...]      without names: all that are steady
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/env.sh"

STEADY=(nvim nvim-0.10 nvim-0.11 emacs emacs-30 helix vim vscode)
times=1 install=yes
while [ $# -gt 0 ]; do
  case $1 in
    --times) times=$2; shift 2 ;;
    --no-install) install=no; shift ;;
    *) break ;;
  esac
done
[ $# -gt 0 ] || set -- "${STEADY[@]}"
editors=("$@")

[ "$install" = no ] || bash "$here/install.sh" server "${editors[@]}" || exit 2
PATH=${WRONGFIX_BIN:-$(server_folder)/bin}:$PATH # another wrongfix can be tried
command -v wrongfix >/dev/null || { echo "no wrongfix to test: run without --no-install" >&2; exit 2; }
python=$CACHE/terminal/bin/python
set +u

in_tree() { # in_tree SUITE PROGRAM ARGUMENT...: a program of an unpacked suite, with the loader and libraries it was built for
  local root=$CACHE/$1 program=$2
  shift 2
  "$root/lib64/ld-linux-x86-64.so.2" --library-path "$root/usr/lib/x86_64-linux-gnu:$root/lib/x86_64-linux-gnu" \
    "$root/$program" "$@"
}
tree_command() { # the same as words
  echo "$CACHE/$1/lib64/ld-linux-x86-64.so.2 --library-path $CACHE/$1/usr/lib/x86_64-linux-gnu:$CACHE/$1/lib/x86_64-linux-gnu $CACHE/$1/$2"
}

# One function for each editor. It runs in an empty home with WORKSPACE, RECORD and the editor's configuration in place,
# and prints what it saw: "finding ROW:COLUMN:WORDS SOURCE" and "action TITLE".
drive_nvim() {
  install -D "$CHECKOUT/editors/nvim/older.lua" "$XDG_CONFIG_HOME/nvim/plugin/wrongfix.lua"
  nvim --headless -i NONE -n -c "luafile $here/drive/nvim.lua"
}
drive_nvim-0.10() {
  install -D "$CHECKOUT/editors/nvim/older.lua" "$XDG_CONFIG_HOME/nvim/plugin/wrongfix.lua"
  VIMRUNTIME=$CACHE/trixie/usr/share/nvim/runtime in_tree trixie usr/bin/nvim --headless -i NONE -n -c "luafile $here/drive/nvim.lua"
}
drive_nvim-0.11() {
  install -D "$CHECKOUT/editors/nvim/lsp/wrongfix.lua" "$XDG_CONFIG_HOME/nvim/lsp/wrongfix.lua"
  echo "vim.lsp.enable('wrongfix')" >"$XDG_CONFIG_HOME/nvim/init.lua"
  VIMRUNTIME=$CACHE/forky/usr/share/nvim/runtime in_tree forky usr/bin/nvim \
    --cmd "set runtimepath+=$CACHE/forky/usr/lib/nvim" --headless -i NONE -n -c "luafile $here/drive/nvim.lua"
}
drive_emacs() { CONFIG=$CHECKOUT/editors/emacs emacs --batch -l "$here/drive/emacs.el"; }
drive_emacs-30() {
  local root=$CACHE/trixie
  EMACSLOADPATH=$(find "$root/usr/share/emacs/30.1/lisp" -type d | tr '\n' ':' | sed 's/:$//') \
    EMACSDATA=$root/usr/share/emacs/30.1/etc EMACSDOC=$root/usr/share/emacs/30.1/etc \
    MODES=$(echo /usr/share/emacs/site-lisp/elpa-src/markdown-mode-*) CONFIG=$CHECKOUT/editors/emacs \
    in_tree trixie usr/bin/emacs-nox --dump-file="$(find "$root/usr/libexec/emacs" -name '*.pdmp')" \
    --batch -Q --eval '(setq native-comp-jit-compilation nil)' -l "$here/drive/emacs.el"
}
drive_helix() {
  install -D "$CHECKOUT/editors/helix/languages.toml" "$XDG_CONFIG_HOME/helix/languages.toml"
  printf '[editor]\nend-of-line-diagnostics = "hint"\n' >"$XDG_CONFIG_HOME/helix/config.toml"
  # shellcheck disable=SC2046 # words are wanted
  HELIX_RUNTIME=$CACHE/trixie/usr/lib/hx/runtime TERM=xterm-256color \
    "$python" "$here/drive/helix.py" $(tree_command trixie usr/lib/hx/hx)
}
drive_vim() {
  install -D "$CHECKOUT/editors/vim/wrongfix.vim" "$HOME/.vim/after/plugin/wrongfix.vim"
  printf '%s\n' 'set nocompatible hidden nomore' 'set rtp^=/usr/share/vim-ale rtp+=/usr/share/vim-ale/after' \
    "let g:ale_linters = {'markdown': ['wrongfix']}" 'filetype plugin on' >"$HOME/.vimrc"
  TERM=xterm-256color "$python" "$here/drive/vim.py" vim -i NONE -n
}
drive_kate() { bash "$here/drive/kate.sh"; }

run_one() { # run_one EDITOR: prepares a home and a workspace, drives, compares
  local editor=$1 folder
  # VS Code has a home and a workspace for each of its scenarios.
  [ "$editor" != vscode ] || { timeout 1500 bash "$here/vscode/run.sh"; return; }
  folder=$(mktemp -d "${TMPDIR:-/tmp}/wrongfix-$editor-XXXXXX")
  export HOME=$folder/home WORKSPACE=$folder/workspace CHECKOUT CACHE
  export XDG_CONFIG_HOME=$HOME/.config XDG_DATA_HOME=$HOME/.local/share XDG_STATE_HOME=$HOME/.local/state
  export XDG_CACHE_HOME=$HOME/.cache XDG_RUNTIME_DIR=$HOME/run RECORD=$WORKSPACE/docs/decisions/0003-opening-hours.md
  mkdir -p "$XDG_CONFIG_HOME" "$WORKSPACE/docs/decisions"
  : >"$WORKSPACE/wrongfix.toml"
  cp "$here/records/0003-opening-hours.md" "$RECORD"
  (cd "$WORKSPACE" && timeout 120 bash -c "$(declare -f in_tree tree_command "drive_$editor"); here='$here' python='$python'; drive_$editor" \
    </dev/null >"$folder/seen" 2>"$folder/log") || { report "$folder" "the editor ended with status $?"; return 1; }
  if [ "$editor" != kate ]; then
    grep -qx 'finding 6:12:fine-tuning wrongfix' "$folder/seen" || { report "$folder" 'the finding is not at its place'; return 1; }
    grep -q '^action Replace fine-tuning by rag' "$folder/seen" || { report "$folder" 'the first action is another'; return 1; }
  fi
  sed 's/^approach: \[fine-tuning\]$/approach: [rag]/' "$here/records/0003-opening-hours.md" | cmp -s - "$RECORD" ||
    { report "$folder" 'the saved file is not the fixed one'; diff "$here/records/0003-opening-hours.md" "$RECORD"; return 1; }
  rm -rf "$folder"
}
report() {
  printf '%s\n' "$2"
  tail -n 60 "$1/seen" "$1/log" 2>/dev/null
  echo "(kept in $1)"
}

passed=0 failed=0
for ((run = 1; run <= times; run++)); do
  for editor in "${editors[@]}"; do
    start=$(date +%s%N)
    if output=$(run_one "$editor" 2>&1); then verdict=passed; else verdict=FAILED; fi
    printf '%-10s %s in %s s\n' "$editor" "$verdict" "$(awk "BEGIN {printf \"%.1f\", ($(date +%s%N) - $start) / 1e9}")"
    [ -z "$output" ] || printf '%s\n' "$output" | sed 's/^/    /'
    [ $verdict = passed ] && passed=$((passed + 1)) || failed=$((failed + 1))
  done
done
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
