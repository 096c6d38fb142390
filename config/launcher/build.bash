# How the launcher builds the program. Sourced by ../../tidelog, which has set:
#   root, build, modules, sources, java; up_to_date is what it asks before and after.

fail() {
  printf 'tidelog: %s\n' "$1" >&2
  [[ $# -lt 2 ]] || printf '  try: %s\n' "$2" >&2
  exit 1
}

# One line that is overwritten on a terminal; a line a step elsewhere.
say() {
  case $voice in
    terminal) printf '\r\033[Ktidelog: %s' "$1" >&2 ;;
    lines) printf 'tidelog: %s\n' "$1" >&2 ;;
  esac
}

choose_voice() {
  voice=lines
  if [[ -t 2 ]]; then
    voice=terminal
    return
  fi
  local argument
  for argument in "$@"; do
    # Whoever asks for this reads standard error by machine, or not at all.
    [[ $argument == --json || $argument == --quiet ]] && voice=none
  done
  return 0
}

check_tools() {
  [[ -n $java ]] || fail 'cannot build: no java found, and Java 17 or newer is needed' \
    'apt-get install openjdk-17-jdk-headless, or set JAVA_HOME'
  local version
  version=$("$java" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -n 1)
  [[ -n $version ]] || fail "cannot build: $java does not say its version"
  java_major=$version
  ((java_major >= 17)) || fail "cannot build: $java is Java $version, and 17 or newer is needed" \
    'apt-get install openjdk-17-jdk-headless, or set JAVA_HOME'
  [[ -x ${JAVA_HOME:+$JAVA_HOME/bin/javac} ]] || command -v javac >/dev/null \
    || fail 'cannot build: this Java has no compiler (javac)' 'apt-get install openjdk-17-jdk-headless'
  command -v mvn >/dev/null || fail 'cannot build: no mvn found, and Maven 3.8.7 or newer is needed' \
    'apt-get install maven'
}

# Two launchers at once: one builds, the other waits and takes what it made.
lock() {
  mkdir -p "$build" 2>/dev/null || fail "cannot build: $root cannot be written"
  if command -v flock >/dev/null; then
    exec 9>"$build/lock"
    if ! flock -n 9; then
      say 'waiting for another build…'
      flock 9
    fi
  fi
}

unlock() {
  exec 9>&-
}

# Maven's words on standard input, ours on standard error.
narrate() {
  local line downloads=0
  while IFS= read -r line; do
    case $line in
      *'Downloaded from '*)
        downloads=$((downloads + 1))
        if [[ $voice == terminal ]] || ((downloads % 50 == 0)); then
          say "building: $downloads files downloaded…"
        fi
        ;;
      *'Building Tidelog '*'['*)
        [[ $line =~ Tidelog\ ([a-z\ -]*)\ [0-9].*(\[[0-9/]*\]) ]] || continue
        say "building: ${BASH_REMATCH[1]} ${BASH_REMATCH[2]}…"
        ;;
    esac
  done
}

run_maven() {
  local commit=()
  if command -v git >/dev/null && commit_id=$(git -C "$root" rev-parse --short=12 HEAD 2>/dev/null); then
    commit=("-Dtidelog.commit=$commit_id")
  fi
  local first=
  [[ -d $root/node/.tidelog-build ]] || first=' (first run downloads libraries)'
  say "building$first…"
  (
    cd "$root"
    mvn -B -Dstyle.color=never -Dquick -Dmaven.test.skip=true -Dbuild.folder=.tidelog-build \
      ${commit[@]+"${commit[@]}"} -pl node,sim -am package </dev/null 9>&-
  ) 2>&1 | tee "$build/build.log" | narrate
}

report_failure() {
  [[ $voice != terminal ]] || printf '\r\033[K' >&2
  {
    if grep -q '^\[ERROR\]' "$build/build.log"; then
      # From the first error to where Maven starts over with the same and general advice.
      sed -n '/^\[ERROR\]/,$p' "$build/build.log" | sed '/Failed to execute goal/q' | grep -v '^\[INFO\]' | head -n 20
    else
      tail -n 20 "$build/build.log"
    fi
  } >&2
  fail 'the build failed: see the errors above' "less $build/build.log"
}

# SQLite's library is unpacked once here, not into a temporary folder at each start.
unpack_native() {
  local jar folder
  jar=$(echo "$1"/sqlite-jdbc-*.jar)
  [[ -r $jar ]] || return 0
  folder=$("$java" -cp "$jar" org.sqlite.util.OSInfo 2>/dev/null) || return 0
  mkdir "$1/native"
  (
    cd "$1/native"
    "${java%java}jar" xf "$jar" "org/sqlite/native/$folder" || jar xf "$jar" "org/sqlite/native/$folder"
    mv org/sqlite/native/"$folder"/* . && rm -r org
  ) >/dev/null 2>&1 || rm -rf "$1/native"
}

# The class path of the folder $1, with the module $2 first.
write_class_path() {
  local jars=("$1/tidelog-$2"-*.jar) jar
  for jar in "$1"/*.jar; do
    [[ $jar == "${jars[0]}" ]] || jars+=("$jar")
  done
  local IFS=:
  printf '%s\n' "${jars[*]}" >"$1/class-path"
}

# A short life of a home, for the list of the classes that everyday commands need.
rehearse() {
  local app=$1 list=$2 scratch=$3 words
  for words in 'init --no-passphrase' 'topic create rehearsal' 'append rehearsal hello' 'publish' 'fetch' 'read rehearsal' 'status'; do
    # shellcheck disable=SC2086 # The words of a command are meant to part.
    TIDELOG_HOME=$scratch/home "$java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
      -XX:DumpLoadedClassList="$scratch/classes" -Dorg.sqlite.lib.path="$app/native" \
      -cp "$(<"$app/class-path")" org.tidelog.node.cli.Main $words >/dev/null 2>&1 </dev/null || true
    cat "$scratch/classes" >>"$list" 2>/dev/null || true
  done
}

# Makes starting several times faster, and nothing depends on it. Not with the collector the program
# runs with: only the default one can put ready-made objects into the archive.
archive_classes() {
  local app=$1 scratch
  say 'building: preparing a fast start…'
  scratch=$(mktemp -d) || return 0
  rehearse "$app" "$scratch/all" "$scratch"
  awk '!seen[$0]++' "$scratch/all" >"$scratch/list" 2>/dev/null || true
  "$java" -Xshare:dump -XX:+UseG1GC -XX:SharedClassListFile="$scratch/list" \
    -XX:SharedArchiveFile="$app/classes.jsa" -cp "$(<"$app/class-path")" >/dev/null 2>&1 </dev/null || true
  rm -rf "$scratch"
}

# The builds before the last one: nobody should still be starting from them.
sweep() {
  local old
  for old in "$build"/app-*; do
    [[ $old == "$build/$1" || $old == "$build/$2" ]] || rm -rf "$old"
  done
}

build_once() {
  choose_voice "$@"
  check_tools
  lock
  if up_to_date; then
    unlock
    return
  fi
  local started=$SECONDS previous=$app
  # Taken before reading any source: what changes during the build is built the next time.
  touch "$build/started"
  run_maven || report_failure
  app=app-$(date +%Y%m%d%H%M%S)-$$
  mv "$root/node/.tidelog-build/app" "$build/$app"
  write_class_path "$build/$app" node
  mv "$root/sim/.tidelog-build/app" "$build/$app/sim"
  write_class_path "$build/$app/sim" sim
  unpack_native "$build/$app"
  archive_classes "$build/$app"
  printf '%s\n%s\n%s\n' "$app" "$java" "$java_major" >"$build/current.new"
  touch -r "$build/started" "$build/current.new"
  mv "$build/current.new" "$build/current"
  sweep "$app" "$previous"
  unlock
  if [[ $voice == terminal ]]; then
    printf '\r\033[K' >&2
  else
    say "built in $((SECONDS - started)) s"
  fi
}
