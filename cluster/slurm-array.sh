#!/usr/bin/env bash
# One shard of a sweep: a task of a Slurm array. cluster/submit.sh submits it; by hand:
#   sbatch --array=1-8%4 cluster/slurm-array.sh /abs/plan.toml 8 /abs/out
#SBATCH --job-name=rppsim-shard
#SBATCH --ntasks=1
#SBATCH --mem-per-cpu=300M
#SBATCH --time=01:00:00
#SBATCH --requeue
#SBATCH --open-mode=append
set -euo pipefail

plan="$1" shards="$2" out="$3"
rppsim="${RPPSIM:-rppsim}"
# Not SLURM_ARRAY_TASK_COUNT: an array may hold only the shards that were not complete.
shard="${SLURM_ARRAY_TASK_ID:?no array: submit it with --array}"
task="${SLURM_ARRAY_JOB_ID}_$shard"
folder="$out/shards-of-$shards/$shard"
restarts="${SLURM_RESTART_COUNT:-0}"

# Time left as [days-][hours:]minutes:seconds; none if there is no limit.
# (SLURM_JOB_ID of an array's last task is that of the array, and would name all its tasks.)
left="$(squeue --noheader --jobs="$task" --format=%L | awk -F'[-:]' '
  /^[0-9:-]+$/ { d = /-/ ? $1 : 0; s = 0; for (i = /-/ ? 2 : 1; i <= NF; i++) s = s * 60 + $i; print d * 86400 + s }')"
stop=()
if [ -n "$left" ]; then
  left=$((left - ${RPPSIM_MARGIN:-60}))
  [ "$left" -ge 1 ] || { echo "error: the time limit leaves nothing after RPPSIM_MARGIN=${RPPSIM_MARGIN:-60} seconds" >&2; exit 2; }
  stop=(--stop-after "${left}s")
fi

echo "shard $shard/$shards on ${SLURMD_NODENAME:-$(hostname)}, start $((restarts + 1))${left:+, $left s to go}"
# The first start and every later one: --resume begins if there is nothing yet.
"$rppsim" sweep "$plan" --shard "$shard/$shards" --out "$folder" --resume \
  --threads "${SLURM_CPUS_PER_TASK:-1}" "${stop[@]}"

if "$rppsim" status "$folder" --json | grep -q '"complete":true'; then
  exit 0
fi
if [ "$restarts" -ge "${RPPSIM_RESTARTS:-50}" ]; then
  echo "error: requeued $restarts times, and not complete; submit again to go on" >&2
  exit 1
fi
echo "out of time; requeued"
scontrol requeue "$task"
# Slurm ends this task now; should it not, the task has failed.
sleep 60
exit 1
