#!/usr/bin/env bash
# Breaks one check after the other and sees whether the test that guards it notices.
#
#   config/sabotage/run.sh [NAME…]
#
# Each NAME.patch in this folder takes one check out of a source, and says which test must fail then.
# Nothing in the checkout is changed: the patched class goes before the right one on the class path.
# Prints a table, and fails if a test does not notice, or does not pass to begin with.
set -euo pipefail
unset CDPATH

here=$(cd -P "${BASH_SOURCE[0]%/*}" && pwd)
root=$(cd -P "$here/../.." && pwd)
work=$root/target/sabotage
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
maven=${MAVEN:-mvn}
modules=(crypto remote-log replicator node)
seconds_max=180

cd "$root"
rm -rf "$work"
mkdir -p "$work"
$maven -q -B -Dquick -DskipTests -pl node -am test-compile \
  org.apache.maven.plugins:maven-dependency-plugin:3.10.0:build-classpath \
  -Dmdep.includeScope=test -Dmdep.outputFile=target/test.classpath >&2

# The launcher that the tests are run with is not a dependency of the project: it comes with Surefire.
launcher=$(find "${MAVEN_REPOSITORY:-$HOME/.m2/repository}/org/junit/platform/junit-platform-launcher" \
  -name 'junit-platform-launcher-1.14.*.jar' | sort -V | tail -n 1)
path=$root/spec/target/classes
for module in "${modules[@]}"; do
  path+=:$root/$module/target/classes:$root/$module/target/test-classes
done
path+=:$(<node/target/test.classpath):$launcher
javac -d "$work/runner" -cp "$path" "$here/Runner.java"

run() {
  local module=$1 classes=$2
  shift 2
  (cd "$root/$module" &&
    timeout $seconds_max "$java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx512m -Dslf4j.internal.verbosity=ERROR \
      -cp "$classes:$work/runner:$path" Runner "$@" 2>/dev/null) || true
}

module_of() {
  case $1 in
    org.tidelog.crypto.*) echo crypto ;;
    org.tidelog.log.*) echo remote-log ;;
    org.tidelog.replicator.*) echo replicator ;;
    *) echo node ;;
  esac
}

names=("$@")
if ((!$#)); then
  for patch in "$here"/*.patch; do
    names+=("$(basename "$patch" .patch)")
  done
fi

declare -A sound
printf '| sabotage | what is left out | noticed by | |\n| --- | --- | --- | --- |\n'
noticed=0
for name in "${names[@]}"; do
  patch=$here/$name.patch
  what=$(sed -n 's/^What: //p' "$patch")
  test=$(sed -n 's/^Test: //p' "$patch")
  source=$(sed -n 's,^+++ b/,,p' "$patch")
  class=${test%#*}
  module=$(module_of "$class")

  [[ -n ${sound[$test]:-} ]] || sound[$test]=$(run "$module" "$work/none" "$test")
  verdict='not noticed'
  if ! grep -qxF "passed $test" <<<"${sound[$test]}"; then
    verdict='fails without it'
  else
    mkdir -p "$work/$name/source" "$work/$name/classes"
    cp "$source" "$work/$name/source/"
    broken=$work/$name/source/${source##*/}
    if ! patch -s "$broken" "$patch" >"$work/$name/log" 2>&1 ||
      ! javac -nowarn -proc:none -d "$work/$name/classes" -cp "$path" "$broken" >>"$work/$name/log" 2>&1; then
      verdict='does not apply'
    else
      result=$(run "$module" "$work/$name/classes" "$test")
      if grep -qxF "failed $test" <<<"$result"; then
        verdict=noticed
        noticed=$((noticed + 1))
      elif ! grep -qxF "passed $test" <<<"$result"; then
        verdict='no result'
      fi
    fi
  fi
  printf '| %s | %s | %s | %s |\n' "$name" "$what" "${test#org.tidelog.}" "$verdict"
done
printf '\n%d of %d noticed\n' "$noticed" "${#names[@]}"
((noticed == ${#names[@]}))
