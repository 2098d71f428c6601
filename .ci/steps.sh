# Steps of a run: sourced by .ci/run, which sets $work.

# The whole run is over after this many seconds, whatever hangs: a machine three times as slow as most gets to the end.
DEADLINE=5000

# step <name> <seconds> <command…>: runs it within its limit, says how it went, and shows the end of its output if
# it failed. Counts the step, and the tests in it; a filter that matches no test is a failure.
step() {
  local name=$1 seconds=$2 begun=$SECONDS left=$((DEADLINE - SECONDS)) log code=0
  log="$work/logs/${name//[^A-Za-z0-9]/-}"
  shift 2
  if [ "$left" -lt "$seconds" ]; then seconds=$((left > 1 ? left : 1)); fi
  timeout -k 10 "$seconds" "$@" >"$log" 2>&1 || code=$?
  [ "$code" -ne 124 ] || echo "It was ended after $seconds s." >>"$log"
  count_tests "$log" || code=1
  report "$name" $((SECONDS - begun)) "$code" "$log"
  return "$code"
}

report() {
  local name=$1 seconds=$2 code=$3 log=$4
  if [ "$code" -eq 0 ]; then
    echo 'passed 1' >>"$work/counts"
    echo "ok    $name ($seconds s)"
  else
    echo 'failed 1' >>"$work/counts"
    printf 'FAIL  %s (%s s)\n%s\n' "$name" "$seconds" "$(what_failed "$log" | sed 's/^/      /')"
  fi
}

# Adds up the summaries of vitest, "Tests  1 failed | 9 passed (10)"; fails on one without a test that passed.
count_tests() {
  local line matched=0
  while read -r line; do
    if [[ $line =~ ([0-9]+)\ failed ]]; then echo "failed ${BASH_REMATCH[1]}" >>"$work/counts"; fi
    if [[ $line =~ ([0-9]+)\ passed ]]; then
      echo "passed ${BASH_REMATCH[1]}" >>"$work/counts"
    else
      echo 'No test passed.' >>"$1"
      matched=1
    fi
  done < <(plain <"$1" | grep -E '^ *Tests  ')
  return $matched
}

# total <passed|failed>
total() {
  awk -v word="$1" '$1 == word { sum += $2 } END { print sum + 0 }' "$work/counts"
}

# The failed tests if the log tells of any, or else its end.
what_failed() {
  local tests
  tests=$(plain <"$1" | sed -n '/Failed Tests [0-9]/,$p; /Unhandled Errors/,$p' | head -n 120)
  if [ -n "$tests" ]; then echo "$tests"; else tail -n 60 "$1" | plain; fi
}

# Terminal codes and names of other hosts do not belong in a report.
plain() {
  sed -E 's/\x1b\[[0-9;]*[A-Za-z]//g; s/\x1b\]8;;[^\x1b]*\x1b\\//g; s#[a-zA-Z0-9-]+(\.[a-zA-Z0-9-]+)*\.(com|org|net|io|dev)\b#<host>#g'
}

# side_by_side <function…>: runs series of steps at the same time, and waits for all.
side_by_side() {
  local series
  for series in "$@"; do "$series" & done
  wait
}
