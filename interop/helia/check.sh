#!/usr/bin/env bash
# A Helia node, connected to a Kubo daemon that the command line published to, resolves the log's name in the DHT and reads index
# and pages by bitswap; records that it publishes under keys of its own are read by the Java program. `npm install` takes
# minutes once; then this is done in seconds.
#   TIDELOG_IPFS=$(.ci/kubo) interop/helia/check.sh
set -euo pipefail
unset CDPATH
cd -P "$(dirname "${BASH_SOURCE[0]}")"
# shellcheck source=interop/kubo.bash
source ../kubo.bash

find_node 22
# Without their scripts: what these fetch or build, WebRTC, is not used here.
for folder in "$root/spec/reader" .; do
  npm install --prefix "$folder" --no-package-lock --no-audit --no-fund --ignore-scripts --silent
done
start_kubo

tidelog -q init --no-passphrase --no-recovery-phrase >/dev/null
tidelog topic create news --open >/dev/null
append_lines news 3000
tidelog publish --json >"$work/published"
tidelog read news --all --json >"$work/expected"

address=$(ipfs id --format='<addrs>' | head -n 1)
"$node" check.mjs "$address" "$work/published" "$work/expected" "$work/records"

# What Helia says is what Kubo knows, and what the program reads.
while read -r form name value _; do
  [[ $(ipfs name resolve --nocache "$name") == "$value" ]] || fail "Kubo resolves the $form record otherwise"
done <"$work/records"
{ read -r app && read -r java; } <"$root/.tidelog-build/current"
"$java" -cp "$(cat "$root/.tidelog-build/$app/class-path")" ReadRecord.java "delegated:$gateway" <"$work/records"
printf 'passed: Helia %s with a Kubo daemon\n' "$(field version <node_modules/helia/package.json)"
