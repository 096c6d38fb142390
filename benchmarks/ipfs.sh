#!/usr/bin/env bash
# What publishing to and fetching from IPFS takes: starts two Kubo nodes that know each other and
# nobody else, and prints the tables of IpfsBenchmark.
#
#   benchmarks/ipfs.sh [FOLDER [OPTION…]]
#
# FOLDER is for homes and repositories (default: benchmarks/target); OPTIONS are IpfsBenchmark's.
# TIDELOG_IPFS names the program ipfs; without it .ci/kubo builds one.
set -euo pipefail
unset CDPATH

here=$(cd -P "${BASH_SOURCE[0]%/*}" && pwd)
root=${here%/*}
folder=${1:-$here/target}
shift || true
ipfs=${TIDELOG_IPFS:-$("$root/.ci/kubo")}
java=${JAVA_HOME:+$JAVA_HOME/bin/}java

(cd "$root" && mvn -q -B -Dquick -Dmaven.test.skip=true -pl benchmarks -am package) >&2

mkdir -p "$folder"
work=$(mktemp -d "$(cd -P "$folder" && pwd)/tidelog-ipfs-XXXXXX")
daemons=()
clean() {
  ((${#daemons[@]} == 0)) || kill "${daemons[@]}" 2>/dev/null || true
  wait
  rm -rf "$work"
}
trap clean EXIT

url() { # /ip4/127.0.0.1/tcp/5001, or a URL
  sed 's|^/ip4/\(.*\)/tcp/\(.*\)$|http://\1:\2|' "$1"
}

for node in a b; do
  export IPFS_PATH=$work/$node IPFS_TELEMETRY=off
  "$ipfs" init --profile=test >/dev/null
  "$ipfs" config Routing.Type dht
  "$ipfs" daemon >"$work/$node.log" 2>&1 &
  daemons+=($!)
  for ((i = 0; i < 300; i++)); do
    ! grep -q 'Daemon is ready' "$work/$node.log" || break
    sleep 0.1
  done
done
IPFS_PATH=$work/a "$ipfs" swarm connect "$(IPFS_PATH=$work/b "$ipfs" id -f '<addrs>' | sed -n 1p)" >&2
sleep 2

export RPC_A RPC_B GATEWAY_A GATEWAY_B
RPC_A=$(url "$work/a/api") RPC_B=$(url "$work/b/api")
GATEWAY_A=$(url "$work/a/gateway") GATEWAY_B=$(url "$work/b/gateway")
"$java" -XX:+UseSerialGC -Xmx1g -Dslf4j.internal.verbosity=ERROR -cp "$here/target/app/*" \
  org.tidelog.benchmarks.IpfsBenchmark "$work" "$@"
