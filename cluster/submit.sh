#!/usr/bin/env bash
# Submits a sweep to Slurm: an array of shards, and a job that merges them when all have ended.
# The same command again submits only the shards that are not complete. See docs/cluster.md.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
. "$here/common.sh"

if [ $# -lt 2 ]; then
  cat >&2 <<'TEXT'
usage: cluster/submit.sh PLAN OUT [OPTION OF SBATCH]...

  cluster/submit.sh mine.toml /scratch/me/mine --time=02:00:00 --partition=short

Both must be in folders that every node sees. Set in the environment, if need be:
  RPPSIM            the program [rppsim]
  RPPSIM_MINUTES    work for one shard, in minutes [30]
  RPPSIM_SHARDS     the number of shards [from RPPSIM_MINUTES and what a dry run measures here]
  RPPSIM_MOST       not more shards than that, if you may submit only so many jobs
  RPPSIM_AT_ONCE    shards that run at the same time [100]
  RPPSIM_CPUS       processors for a shard [1]
  RPPSIM_MARGIN     seconds before its time limit at which a shard stops and requeues itself [60]
  RPPSIM_RESTARTS   so often at most [50]
TEXT
  exit 2
fi
plan="$(realpath -- "$1")"
out="$(realpath -m -- "$2")"
shift 2
cpus="${RPPSIM_CPUS:-1}" minutes="${RPPSIM_MINUTES:-30}" at_once="${RPPSIM_AT_ONCE:-100}"
whole_number RPPSIM_CPUS "$cpus"
whole_number RPPSIM_MINUTES "$minutes"
whole_number RPPSIM_AT_ONCE "$at_once"
whole_number RPPSIM_MARGIN "${RPPSIM_MARGIN:-60}"
whole_number RPPSIM_RESTARTS "${RPPSIM_RESTARTS:-50}"
command -v sbatch > /dev/null || fail "there is no sbatch; this must run where Slurm is (else see cluster/parallel.sh)"
find_program
if [ -e "$out/logs/array" ] && [ -n "$(squeue --noheader --jobs="$(cat "$out/logs/array")" 2> /dev/null)" ]; then
  fail "array $(cat "$out/logs/array") is still at work on $out; wait for it, or scancel it"
fi
ask_plan "$plan"

# An index of an array must be below MaxArraySize, and each of its tasks counts as a job.
limit() {
  scontrol show config | sed -n "s/^$1 *= *\([0-9]*\).*/\1/p"
}
most=$(($(limit MaxArraySize) - 1))
jobs=$(($(limit MaxJobCount) - 1))
[ "$jobs" -ge "$most" ] || most="$jobs"
[ "$most" -ge 1 ] || fail "this cluster takes no arrays (MaxArraySize is $(limit MaxArraySize))"

ask_division "$out"
if [ -z "$shards" ]; then
  shards="$(awk -v s="$seconds" -v each="$((minutes * 60 * cpus))" \
    'BEGIN { n = s / each; print (n > int(n)) ? int(n) + 1 : int(n) }')"
  may="$most"
  if [ -n "${RPPSIM_MOST:-}" ]; then
    whole_number RPPSIM_MOST "$RPPSIM_MOST"
    [ "$RPPSIM_MOST" -ge "$may" ] || may="$RPPSIM_MOST"
  fi
  [ "$shards" -ge 1 ] || shards=1
  [ "$shards" -le "$chunks" ] || shards="$chunks"
  if [ "$shards" -gt "$may" ]; then
    echo "note: no more than $may shards may be submitted; $shards of $minutes minutes would be needed, so each gets more work"
    shards="$may"
  fi
fi
[ "$shards" -le "$most" ] \
  || fail "$shards shards are more than an array may hold here: $most (MaxArraySize, MaxJobCount); nothing was submitted"

# Which shards are not complete, in stretches, so that the list stays short.
todo=() count=0 first=0
for ((shard = 1; shard <= shards + 1; shard++)); do
  folder="$out/shards-of-$shards/$shard"
  if [ "$shard" -le "$shards" ] && ! { [ -e "$folder/store.json" ] \
    && "$RPPSIM" status "$folder" --json | grep -q '"complete":true'; }; then
    count=$((count + 1))
    [ "$first" -gt 0 ] || first="$shard"
  elif [ "$first" -gt 0 ]; then
    todo+=("$first-$((shard - 1))")
    first=0
  fi
done

mkdir -p "$out/shards-of-$shards" "$out/logs"
awk -v s="$seconds" -v n="$shards" -v k="$chunks" -v c="$cpus" 'BEGIN {
  printf "%d chunks in %d shards; a shard takes about %.1f minutes (%.0f s in all on one thread of this machine)\n", k, n, s / n / c / 60, s }'
after=()
if [ "$count" -gt 0 ]; then
  list="$(IFS=,; echo "${todo[*]}")%$at_once"
  job="$(sbatch "$@" --parsable --export=ALL --array="$list" --cpus-per-task="$cpus" \
    --output="$out/logs/shard-%a.log" "$here/slurm-array.sh" "$plan" "$shards" "$out")"
  job="${job%%;*}"
  echo "$job" > "$out/logs/array"
  echo "array $job: $count of $shards shards ($list); what they say: $out/logs"
  # However they end: the merge says which shards are not complete.
  after=(--dependency="afterany:$job")
else
  echo "all $shards shards are complete"
fi
merge="$(sbatch "$@" --parsable --export=ALL "${after[@]}" --output="$out/logs/merge.log" \
  "$here/merge.sh" "$shards" "$out")"
echo "merge ${merge%%;*}: results will be in $out/whole/results"
