# shellcheck shell=bash
# What submit.sh and parallel.sh have in common: read by them, not run.

fail() {
  echo "error: $1" >&2
  exit 2
}

whole_number() { # NAME VALUE: refuses what is no whole number from 1.
  [[ $2 =~ ^[1-9][0-9]{0,8}$ ]] || fail "$1 is \`$2\`; it must be a whole number, 1 or more"
}

# The program, by its full path: it is called from other machines and folders.
find_program() {
  local name="${RPPSIM:-rppsim}"
  RPPSIM="$(command -v -- "$name")" || fail "there is no program $name; set RPPSIM to the path of rppsim"
  RPPSIM="$(realpath -- "$RPPSIM")"
  export RPPSIM
}

# Asks what the plan is: the number of `chunks`, and the `seconds` of one thread of this machine.
ask_plan() { # PLAN
  local told
  if ! told="$(RAYON_NUM_THREADS=1 "$RPPSIM" sweep --dry-run "$1" --rows 0 --json)"; then
    "$RPPSIM" sweep --dry-run "$1" > /dev/null || true
    fail "the plan cannot be run; nothing was started"
  fi
  chunks="$(sed -n 's/.*"chunks":\([0-9]*\).*/\1/p' <<< "$told")"
  # shellcheck disable=SC2034
  seconds="$(sed -n 's/.*"expected_seconds":\([-+.0-9eE]*\).*/\1/p' <<< "$told")"
}

# Into how many `shards` the folder was divided before, or how many are asked for; empty if
# neither. A division is kept: shards of different divisions cannot be merged.
ask_division() { # OUT
  local division
  shards=""
  for division in "$1"/shards-of-*; do
    [ -d "$division" ] || continue
    [ -z "$shards" ] || fail "$1 holds several divisions (shards-of-*); move all but one away"
    shards="${division##*/shards-of-}"
  done
  [ -n "${RPPSIM_SHARDS:-}" ] || return 0
  whole_number RPPSIM_SHARDS "$RPPSIM_SHARDS"
  [ "$RPPSIM_SHARDS" -le "$chunks" ] \
    || fail "RPPSIM_SHARDS is $RPPSIM_SHARDS, but the plan has only $chunks chunks"
  [ "${shards:=$RPPSIM_SHARDS}" -eq "$RPPSIM_SHARDS" ] \
    || fail "$1 was begun with $shards shards, and RPPSIM_SHARDS is $RPPSIM_SHARDS; leave it unset, or choose another folder"
}
