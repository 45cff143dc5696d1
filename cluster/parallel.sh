#!/usr/bin/env bash
# Runs a sweep in shards with GNU parallel, on this machine or on several over ssh, and merges
# them. The same command again goes on where it was stopped. See docs/cluster.md.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
. "$here/common.sh"

if [ $# -lt 2 ]; then
  cat >&2 <<'TEXT'
usage: cluster/parallel.sh PLAN OUT [OPTION OF PARALLEL]...

  cluster/parallel.sh mine.toml out/mine
  cluster/parallel.sh mine.toml /shared/mine --sshloginfile hosts.txt

Over ssh, PLAN, OUT and the program must have the same path on every machine.
Set in the environment, if need be:
  RPPSIM          the program [rppsim]
  RPPSIM_SHARDS   the number of shards [64, or that of chunks if there are fewer]
TEXT
  exit 2
fi
plan="$(realpath -- "$1")"
out="$(realpath -m -- "$2")"
shift 2
# moreutils has another program of that name.
parallel --version 2> /dev/null | grep '^GNU parallel' > /dev/null || fail "there is no GNU parallel here"
find_program
ask_plan "$plan"
ask_division "$out"
: "${shards:=$((chunks < 64 ? chunks : 64))}"

# One thread each: parallel starts one for every processor. A shard whose program or machine was
# lost is tried again, elsewhere if there is an elsewhere.
mkdir -p "$out/shards-of-$shards" "$out/logs"
sweep="$(printf '%q ' "$RPPSIM" sweep "$plan" --resume --threads 1)"
folder="$(printf '%q' "$out/shards-of-$shards")"
code=0
seq "$shards" | parallel --retries 3 --joblog "$out/logs/parallel.log" "$@" \
  "$sweep --shard {}/$shards --out $folder/{}" || code=$?
[ "$code" -eq 0 ] || echo "parallel ended with $code: not all shards were run" >&2
"$here/merge.sh" "$shards" "$out"
