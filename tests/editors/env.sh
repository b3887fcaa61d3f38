# Sourced by the other scripts: where things lie. Nothing is written into the checkout.
CHECKOUT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
CACHE=${WRONGFIX_EDITORS:-${XDG_CACHE_HOME:-$HOME/.cache}/wrongfix-editors}
mkdir -p "$CACHE"
