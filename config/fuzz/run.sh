#!/usr/bin/env bash
# Fuzzes the decoders with Jazzer, one target after the other, and prints a table of what was run.
#
#   config/fuzz/run.sh [-j JOBS] [-k] [SECONDS] [TARGET…]
#
# SECONDS for each target (default 120); TARGET is a part of a class name (default: all of them). The
# corpus to start from is MODULE/src/test/fuzz/TARGET, which `mvn verify` plays back; -k keeps there
# what was found to reach further, if it is small. Inputs that fail are left in target/fuzz.
set -euo pipefail
unset CDPATH

jobs=1
keep=
while getopts 'j:k' option; do
  case $option in
    j) jobs=$OPTARG ;;
    k) keep=1 ;;
    *) exit 2 ;;
  esac
done
shift $((OPTIND - 1))
seconds=${1:-120}
shift $(($# > 0 ? 1 : 0))

root=$(cd -P "${BASH_SOURCE[0]%/*}/../.." && pwd)
work=$root/target/fuzz
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
version=0.30.0
maven=${MAVEN:-mvn}
input_bytes_max=4096
kept_bytes_max=400
kept_inputs_max=24

cd "$root"
mkdir -p "$work"
if [[ -z ${FUZZ_BUILT:-} ]]; then
  $maven -q -B -Dquick -DskipTests -Dinvoker.skip -pl benchmarks -am package >&2
fi
for artifact in jazzer jazzer-api; do
  [[ -e $work/$artifact-$version.jar ]] ||
    $maven -q -B org.apache.maven.plugins:maven-dependency-plugin:3.10.0:copy \
      -Dartifact="com.code-intelligence:$artifact:$version" -DoutputDirectory="$work" >&2
done

classes=$root/crypto/target/test-classes:$root/remote-log/target/test-classes:$root/store-forward/target/test-classes
classes+=:$root/replicator/target/test-classes:$root/node/target/test-classes

wanted() {
  local target=$1 part
  shift
  (($#)) || return 0
  for part in "$@"; do
    [[ $target != *"$part"* ]] || return 0
  done
  return 1
}

fuzz() {
  local folder=$1 target=${1##*/}
  mkdir -p "$work/$target/corpus"
  cd "$work/$target"
  # Slow inputs and greedy ones fail as crashes do.
  nice -n 10 "$java" -XX:+UseSerialGC -XX:-UsePerfData -XX:+EnableDynamicAgentLoading -Xmx256m \
    -cp "$work/jazzer-$version.jar:$work/jazzer-api-$version.jar:$classes:$root/benchmarks/target/app/*" \
    com.code_intelligence.jazzer.Jazzer --target_class="$target" \
    --instrumentation_includes='org.tidelog.**' --custom_hook_includes='org.tidelog.none' \
    --keep_going=1 corpus "$folder" -max_total_time="$seconds" -max_len=$input_bytes_max -timeout=5 \
    -rss_limit_mb=1024 -use_value_profile=1 -print_final_stats=1 >log 2>&1 &&
    echo ok >result || echo failed >result
}

# Small inputs that reach new code, as few as cover it.
keep() {
  local folder=$1 target=${1##*/} input
  mkdir -p "$work/$target/merged"
  (cd "$work/$target" && "$java" -XX:+UseSerialGC -XX:+EnableDynamicAgentLoading -Xmx256m \
    -cp "$work/jazzer-$version.jar:$work/jazzer-api-$version.jar:$classes:$root/benchmarks/target/app/*" \
    com.code_intelligence.jazzer.Jazzer --target_class="$target" \
    --instrumentation_includes='org.tidelog.**' --custom_hook_includes='org.tidelog.none' \
    -merge=1 merged "$folder" corpus >merge-log 2>&1) || true
  find "$work/$target/merged" -type f -size -$((kept_bytes_max + 1))c -printf '%s %p\n' | sort -n |
    head -n $kept_inputs_max | while read -r _ input; do
    cmp -s "$input" <(:) || cp "$input" "$folder/${input##*/}"
  done
}

row() {
  local target=$1 log=$work/$1/log
  local runs speed edges
  runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log" | tail -n 1)
  speed=$(sed -n 's/^stat::average_exec_per_sec: *//p' "$log" | tail -n 1)
  edges=$(grep -o ' cov: [0-9]*' "$log" | tail -n 1 | grep -o '[0-9]*' || true)
  printf '| %s | %s | %s | %s | %s |\n' \
    "${target#org.tidelog.}" "${runs:-0}" "${speed:-0}" "${edges:-0}" "$(<"$work/$target/result")"
}

targets=()
for folder in "$root"/*/src/test/fuzz/*; do
  wanted "${folder##*/}" "$@" && targets+=("$folder")
done
for folder in "${targets[@]}"; do
  while (($(jobs -rp | wc -l) >= jobs)); do
    wait -n || true
  done
  fuzz "$folder" &
done
wait

[[ -z $keep ]] || for folder in "${targets[@]}"; do keep "$folder"; done

printf '| target | executions | a second | edges | |\n| --- | ---: | ---: | ---: | --- |\n'
failed=0
for folder in "${targets[@]}"; do
  row "${folder##*/}"
  [[ $(<"$work/${folder##*/}/result") == ok ]] || failed=1
done
exit $failed
