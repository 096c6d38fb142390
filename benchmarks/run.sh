#!/usr/bin/env bash
# Builds the benchmarks, runs all of them and prints their tables, in the form of RESULTS.md.
#
#   benchmarks/run.sh [FOLDER [TRANSCRIPTS]]
#
# FOLDER is on the disk to measure (default: benchmarks/target); TRANSCRIPTS holds IRC transcripts
# (default: ../shared/data/irc beside the checkout; without any, the chats are left out). What only
# weighs bytes is written to memory where there is a file system in it.
set -euo pipefail
unset CDPATH

here=$(cd -P "${BASH_SOURCE[0]%/*}" && pwd)
root=${here%/*}
folder=${1:-$here/target}
transcripts=${2:-$root/../shared/data/irc}
java=${JAVA_HOME:+$JAVA_HOME/bin/}java

(cd "$root" && mvn -q -B -Dquick -Dmaven.test.skip=true -pl benchmarks -am package) >&2

weighing=$folder
[[ ! -w /dev/shm ]] || weighing=/dev/shm

run() {
  local program=$1
  shift
  "$java" -XX:+UseSerialGC -Xmx2g -Dslf4j.internal.verbosity=ERROR -cp "$here/target/app/*" "$program" "$@"
}

heading() {
  printf '\n## %s\n' "$1"
}

heading Machine
run org.tidelog.benchmarks.Machine "$folder"
heading Appending
run org.tidelog.benchmarks.AppendBenchmark "$folder"
heading 'Beside hypercore'
if command -v node >/dev/null && command -v npm >/dev/null; then
  (cd "$here/hypercore" && npm install --no-package-lock --no-audit --no-fund --silent) >&2
  HYPERCORE=$here/hypercore run org.tidelog.benchmarks.HypercoreBenchmark "$folder"
else
  printf '\nNode and npm are not here.\n'
fi
heading Importing
run org.tidelog.benchmarks.ImportBenchmark "$folder"
heading 'Verifying one slice'
run org.openjdk.jmh.Main SliceBenchmark | sed -n '/^Benchmark /,$p'
heading 'Verifying and storing logs'
run org.tidelog.benchmarks.FollowBenchmark "$folder"
heading 'Bytes of equal payloads'
run org.tidelog.benchmarks.PayloadBytes "$weighing"
heading 'Publishing and coming back'
run org.tidelog.benchmarks.PublishingCosts "$weighing"
run org.tidelog.benchmarks.ComingBack "$weighing"
heading 'Bytes of chats'
if compgen -G "$transcripts/*.train*" >/dev/null; then
  run org.tidelog.benchmarks.ChatBytes "$weighing" "$transcripts"
else
  printf '\nNo transcripts in %s.\n' "$transcripts"
fi
