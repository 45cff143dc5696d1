#!/usr/bin/env bash
# Submits a sweep to Slurm: an array of shards, and a job that merges them when all have ended.
# The same command again submits only the shards that are not complete. See docs/cluster.md.
set -euo pipefail

say_how() {
  cat <<'TEXT'
usage: cluster/submit.sh PLAN OUT [OPTION OF SBATCH]...

  cluster/submit.sh plans/million.toml /scratch/me/million --time=02:00:00 --partition=short

Both must be in folders that every node sees. Set in the environment, if need be:
  RPPSIM            the program [rppsim]
  RPPSIM_MINUTES    work for one shard, in minutes of its processors [30]
  RPPSIM_SHARDS     the number of shards [from RPPSIM_MINUTES and `rppsim plan`]
  RPPSIM_MOST       no more shards than that, if you may submit only so many jobs
  RPPSIM_AT_ONCE    shards that run at the same time [100]
  RPPSIM_CPUS       processors for a shard [1]
  RPPSIM_MARGIN     seconds before its time limit at which a shard stops and requeues itself [60]
  RPPSIM_RESTARTS   so often at most [50]
TEXT
}

fail() {
  echo "error: $1" >&2
  exit 2
}

whole() { # NAME VALUE: refuses what is no whole number from 1.
  [[ $2 =~ ^[1-9][0-9]{0,8}$ ]] || fail "$1 is \`$2\`; it must be a whole number, 1 or more"
}

if [ $# -lt 2 ]; then
  say_how >&2
  exit 2
fi
here="$(cd "$(dirname "$0")" && pwd)"
plan="$(realpath -- "$1")"
out="$(realpath -m -- "$2")"
shift 2
cpus="${RPPSIM_CPUS:-1}"
minutes="${RPPSIM_MINUTES:-30}"
at_once="${RPPSIM_AT_ONCE:-100}"
whole RPPSIM_CPUS "$cpus"
whole RPPSIM_MINUTES "$minutes"
whole RPPSIM_AT_ONCE "$at_once"
RPPSIM="$(command -v -- "${RPPSIM:-rppsim}")" \
  || fail "there is no program ${RPPSIM:-rppsim}; set RPPSIM to the path of rppsim"
RPPSIM="$(realpath -- "$RPPSIM")"
export RPPSIM
command -v sbatch > /dev/null || fail "there is no sbatch; this must run where Slurm is (else see cluster/parallel.sh)"

# Measured on one thread of this machine; the nodes may be faster or slower.
told="$(RAYON_NUM_THREADS=1 "$RPPSIM" plan "$plan" --rows 0 --json)" || {
  echo "$told" >&2
  fail "the plan cannot be run; nothing was submitted"
}
chunks="$(sed -n 's/.*"chunks":\([0-9]*\).*/\1/p' <<< "$told")"
seconds="$(sed -n 's/.*"expected_seconds":\([-+.0-9eE]*\).*/\1/p' <<< "$told")"

# An index of an array must stay below MaxArraySize; each of its tasks is a job to MaxJobCount.
limit() {
  scontrol show config | sed -n "s/^$1 *= *\([0-9]*\).*/\1/p"
}
most=$(($(limit MaxArraySize) - 1))
jobs=$(($(limit MaxJobCount) - 1))
[ "$jobs" -ge "$most" ] || most="$jobs"
[ "$most" -ge 1 ] || fail "this cluster takes no arrays: MaxArraySize is $(limit MaxArraySize)"
may="$most"
if [ -n "${RPPSIM_MOST:-}" ]; then
  whole RPPSIM_MOST "$RPPSIM_MOST"
  [ "$RPPSIM_MOST" -ge "$may" ] || may="$RPPSIM_MOST"
fi

# A division that was begun is kept: shards of different divisions cannot be merged.
begun=""
for division in "$out"/shards-of-*; do
  [ -d "$division" ] || continue
  [ -z "$begun" ] || fail "$out holds several divisions (shards-of-*); move all but one away"
  begun="${division##*/shards-of-}"
done
if [ -n "$begun" ]; then
  shards="$begun"
  [ "${RPPSIM_SHARDS:-$begun}" = "$begun" ] \
    || fail "$out was begun with $begun shards, and RPPSIM_SHARDS is $RPPSIM_SHARDS; choose another folder, or leave it unset"
elif [ -n "${RPPSIM_SHARDS:-}" ]; then
  whole RPPSIM_SHARDS "$RPPSIM_SHARDS"
  shards="$RPPSIM_SHARDS"
  [ "$shards" -le "$chunks" ] || fail "RPPSIM_SHARDS is $shards, but the plan has only $chunks chunks"
else
  shards="$(awk -v s="$seconds" -v each="$((minutes * 60 * cpus))" 'BEGIN { n = s / each; print (n > int(n)) ? int(n) + 1 : int(n) }')"
  [ "$shards" -ge 1 ] || shards=1
  [ "$shards" -le "$chunks" ] || shards="$chunks"
  if [ "$shards" -gt "$may" ]; then
    echo "note: $shards shards of $minutes minutes are more than the $may that may be submitted; their work is divided among $may"
    shards="$may"
  fi
fi
[ "$shards" -le "$most" ] \
  || fail "$shards shards are more than an array may hold here: $most (MaxArraySize, MaxJobCount); nothing was submitted"

# Which are not complete? A range where there is one, so that the list stays short.
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
  printf "%d chunks, %d shards, about %.1f minutes each on %d processors (one thread of this machine: %.0f s in all)\n", k, n, s / n / c / 60, c, s }'
after=()
if [ "$count" -gt 0 ]; then
  list="$(IFS=,; echo "${todo[*]}")%$at_once"
  job="$(sbatch --parsable --array="$list" --cpus-per-task="$cpus" --output="$out/logs/shard-%a.log" \
    "$@" "$here/slurm-array.sh" "$plan" "$shards" "$out")"
  job="${job%%;*}"
  echo "array $job: $count of $shards shards ($list); logs in $out/logs"
  # After any end: the merge says which shards failed.
  after=(--dependency="afterany:$job")
else
  echo "all $shards shards are complete"
fi
merge="$(sbatch --parsable "${after[@]}" --output="$out/logs/merge.log" \
  "$@" "$here/merge.sh" "$shards" "$out")"
echo "merge ${merge%%;*}: results will be in $out/whole/results"
