#!/usr/bin/env bash
# Runs a sweep in shards with GNU parallel, on this machine or on several over ssh, and merges
# them. The same command again goes on where it was stopped. See docs/cluster.md.
set -euo pipefail

say_how() {
  cat <<'TEXT'
usage: cluster/parallel.sh PLAN OUT [OPTION OF PARALLEL]...

  cluster/parallel.sh plans/million.toml out/million
  cluster/parallel.sh plans/million.toml /shared/million --sshloginfile hosts.txt --jobs 8

Over ssh, PLAN, OUT and the program must have the same path on every machine.
Set in the environment, if need be:
  RPPSIM          the program [rppsim]
  RPPSIM_SHARDS   the number of shards [64, or that of chunks if there are fewer]
TEXT
}

fail() {
  echo "error: $1" >&2
  exit 2
}

if [ $# -lt 2 ]; then
  say_how >&2
  exit 2
fi
here="$(cd "$(dirname "$0")" && pwd)"
plan="$(realpath -- "$1")"
out="$(realpath -m -- "$2")"
shift 2
RPPSIM="$(command -v -- "${RPPSIM:-rppsim}")" \
  || fail "there is no program ${RPPSIM:-rppsim}; set RPPSIM to the path of rppsim"
RPPSIM="$(realpath -- "$RPPSIM")"
export RPPSIM
# moreutils has another program of that name.
parallel --version 2> /dev/null | grep -q '^GNU parallel' || fail "there is no GNU parallel here"

told="$("$RPPSIM" plan "$plan" --rows 0 --json)" || {
  echo "$told" >&2
  fail "the plan cannot be run; nothing was started"
}
chunks="$(sed -n 's/.*"chunks":\([0-9]*\).*/\1/p' <<< "$told")"
shards="${RPPSIM_SHARDS:-64}"
[[ $shards =~ ^[1-9][0-9]{0,5}$ ]] || fail "RPPSIM_SHARDS is \`$shards\`; it must be a whole number, 1 or more"
[ "$shards" -le "$chunks" ] || shards="$chunks"

mkdir -p "$out/shards-of-$shards" "$out/logs"
# A shard whose machine was lost is tried again, elsewhere if there is an elsewhere. One thread
# each: parallel starts one for every processor.
code=0
seq "$shards" | parallel --retries 3 --joblog "$out/logs/parallel.log" "$@" \
  "$(printf '%q ' "$RPPSIM" sweep "$plan") --shard {}/$shards --out $(printf '%q' "$out/shards-of-$shards")/{} --resume --threads 1" \
  || code=$?
[ "$code" -eq 0 ] || echo "parallel ended with $code: some shards failed" >&2
"$here/merge.sh" "$shards" "$out"
