#!/usr/bin/env bash
# Mutation testing of the decoders and of what verifies: prints how many changed programs the tests
# notice, a line a package.
#
#   config/mutation/run.sh [PACKAGE…]
#
# PACKAGE is one of those below (default: all). Every mutant is run against the tests of its own package,
# one after the other; THREADS=N in the environment runs N at a time. "No end" are those that ran out of
# time or memory. Reports are left in MODULE/target/pit-reports/PACKAGE.
set -euo pipefail
unset CDPATH

root=$(cd -P "${BASH_SOURCE[0]%/*}/../.." && pwd)
maven=${MAVEN:-mvn}
packages=("$@")
(($#)) || packages=(
  crypto.cbor crypto.multiformats crypto.ipns crypto.seal crypto.keystore crypto.phrase
  log.entry log.merkle log.page log.control log.follow log.fork log.car log.linked log.vac
  mvds node.backup node.car
)

cd "$root"
printf '| package | mutants | noticed | of these no end | not noticed | not reached | noticed, %% |\n'
printf '| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n'
failed=0
for package in "${packages[@]}"; do
  case $package in
    crypto.*) module=crypto ;;
    log.*) module=remote-log ;;
    mvds) module=store-forward ;;
    replicator.*) module=replicator ;;
    *) module=node ;;
  esac
  reports=$root/$module/target/pit-reports/$package
  rm -rf "$reports"
  $maven -q -B -Dquick -Pmutation -pl $module -am test-compile \
    org.pitest:pitest-maven:mutationCoverage -DreportsDirectory="$reports" \
    -DfailWhenNoMutations=false -Dmutation.threads="${THREADS:-1}" \
    -Dmutation.classes="org.tidelog.$package.*" -Dmutation.tests="org.tidelog.$package.*" >&2 || true
  if [[ ! -e $reports/mutations.csv ]]; then
    printf '| %s | | | | | | no report |\n' "$package"
    failed=1
    continue
  fi
  awk -F, -v package="$package" '
    { all++ }
    $6 == "KILLED" { killed++ }
    $6 == "TIMED_OUT" || $6 == "MEMORY_ERROR" || $6 == "RUN_ERROR" { killed++; endless++ }
    $6 == "SURVIVED" { survived++ }
    $6 == "NO_COVERAGE" { unreached++ }
    END {
      printf "| %s | %d | %d | %d | %d | %d | %.0f |\n",
        package, all, killed, endless, survived, unreached, 100 * killed / all
    }
  ' "$reports/mutations.csv"
done
exit $failed
