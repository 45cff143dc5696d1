#!/usr/bin/env bash
# Merges the shards of a sweep, or says which of them are not complete and merges nothing.
# A job of Slurm after the array, or by hand: cluster/merge.sh 8 OUT
#SBATCH --job-name=rppsim-merge
#SBATCH --ntasks=1
#SBATCH --mem-per-cpu=500M
#SBATCH --time=01:00:00
set -euo pipefail

if [ $# -ne 2 ]; then
  echo "usage: cluster/merge.sh NUMBER-OF-SHARDS OUT" >&2
  exit 2
fi
shards="$1" out="$2"
rppsim="${RPPSIM:-rppsim}"

folders=() lacking=0
for ((shard = 1; shard <= shards; shard++)); do
  folder="$out/shards-of-$shards/$shard"
  folders+=("$folder")
  if [ ! -e "$folder/store.json" ]; then
    echo "shard $shard/$shards: not begun"
  # A status with damage ends with 1, and tells of it.
  elif ! told="$("$rppsim" status "$folder" --json)" && ! grep -q '"complete":' <<< "$told"; then
    echo "shard $shard/$shards: cannot be read: $told"
  elif ! grep -q '"complete":true' <<< "$told"; then
    echo "shard $shard/$shards: not complete"
    { "$rppsim" status "$folder" || true; } | sed 's/^/  /'
  else
    continue
  fi
  lacking=$((lacking + 1))
done
if [ "$lacking" -gt 0 ]; then
  echo "$lacking of $shards shards are not complete; nothing was merged" >&2
  echo "  help: see $out/logs, then start again with the same command: what is done is kept" >&2
  exit 1
fi
"$rppsim" merge "${folders[@]}" --out "$out/whole"
