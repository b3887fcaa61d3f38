# Sourced by the other scripts: where things lie. Nothing is written into the checkout.
CHECKOUT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
CACHE=${WRONGFIX_EDITORS:-${XDG_CACHE_HOME:-$HOME/.cache}/wrongfix-editors}
mkdir -p "$CACHE"

# The environment that holds the server under test, one for each checkout and set of dependencies.
server_folder() {
  echo "$CACHE/server-$(cat <(echo "$CHECKOUT") "$CHECKOUT/pyproject.toml" | sha256sum | cut -c1-12)"
}
