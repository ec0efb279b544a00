# The agent of a pair: hears from keepalived which role this node has, and says who has the address.
# Below it stands what lets this node have it: take, may_keep, keep, let_go, restore,
# idle and peer_released are there.
#
# Times are milliseconds since boot, from /proc/uptime: a clock that is set has no say in who has the address.

role=BACKUP   # what keepalived says
held=no       # whether this node may have the address
present=no    # whether it has it
wrote=        # the last state that was written down
next_try=0
next_look=0
next_announce=0

say() { echo "$*" >&2; }

clock() {
  local up
  read -r up _ </proc/uptime
  NOW=$((10#${up/./} * 10))
}

# In place, with a fixed length: that needs no room on a disk that is full, which must not change who has the address.
write() {
  { printf '%-120s\n' "$2" 1<>"$1"; } 2>/dev/null || say "cannot write $1"
}

hear() { # a line from keepalived or from the other node
  local state
  case $1 in
    'INSTANCE "pair" '*)
      IFS=' ' read -r _ _ state _ <<<"$1"
      say "keepalived says $state"
      case $state in
        MASTER | BACKUP | FAULT | STOP) role=$state ;;
        DELETED) role=STOP ;;
        *) return ;; # not a state: after a partition, that a master has heard one of lower priority
      esac
      write "$RUN/role" "$role"
      next_try=0
      ;;
    'released '*) peer_released "${1#released }" ;;
  esac
}

# Whether the checks still run. keepalived that hangs or died says nothing more, and this node is not the master it was.
checked() {
  local last
  { read -r last <"$RUN/check/last"; } 2>/dev/null || return 1
  last=$((10#${last/./} * 10))
  ((NOW - last <= CHECKS_STALE_AFTER))
}

look() { # at whether the address is really here
  if has_address; then present=yes; else present=no; fi
}

has_address() {
  [[ $(ip -o -4 address show dev "$INTERFACE" to "$ADDRESS/32" 2>/dev/null) == *" $ADDRESS/"* ]]
}

publish() {
  local state="$role $present"
  [[ $state == "$wrote" ]] && return
  wrote=$state
  local owner=false
  [[ $present == yes ]] && owner=true
  write "$RUN/state" "{\"node\":\"$NODE\",\"role\":\"$role\",\"owner\":$owner}"
  metric || say "cannot write the metric to $METRICS"
}

metric() {
  local file="$METRICS/nines_pair.prom" owner=0 master=0
  [[ $present == yes ]] && owner=1
  [[ $role == MASTER ]] && master=1
  {
    echo '# HELP nines_pair_owner Whether this node has the address of its pair.'
    echo '# TYPE nines_pair_owner gauge'
    echo "nines_pair_owner{address=\"$ADDRESS\"} $owner"
    echo '# HELP nines_pair_master Whether keepalived says that this node is the master.'
    echo '# TYPE nines_pair_master gauge'
    echo "nines_pair_master{address=\"$ADDRESS\"} $master"
  } 2>/dev/null >"$file.new" && mv -f "$file.new" "$file" 2>/dev/null
}

# Tells neighbours and switches; several times, since one may be lost.
announce() {
  next_announce=$((NOW + 60000))
  timeout 5 arping -q -U -c 3 -I "$INTERFACE" "$ADDRESS" >/dev/null 2>&1 &
}

announce_again() {
  ((NOW < next_announce)) || announce
}

put_address() { # SECONDS that the kernel may have it, or forever
  ip address replace "$VIRTUAL_ADDRESS" dev "$INTERFACE" valid_lft "$1" preferred_lft "$1"
}

drop_address() {
  ip address del "$VIRTUAL_ADDRESS" dev "$INTERFACE" 2>/dev/null
  look # nobody may be told that it is gone while it is not
}

now_owner() {
  held=yes
  present=yes
  announce
  say 'has the address'
}

not_owner() {
  held=no
  say "has not the address: $1"
}

step() {
  clock
  if [[ $held == yes ]]; then
    if may_keep && checked; then keep; else let_go; fi
  elif [[ $role == MASTER ]] && ((NOW >= next_try)) && checked; then
    take
    clock
    next_try=$((NOW + RETRY))
  fi
  idle
  if ((NOW >= next_look)); then
    look
    next_look=$((NOW + 1000))
  fi
  publish
}

# Waits up to so many SECONDS for a line. Where the time ends in the middle of one, the rest is waited for next time.
begun=
listen() {
  local line
  if read -r -t "$1" -u "$events" line; then
    line=$begun$line
    begun=
    hear "$line"
  else
    begun+=$line
    return 1
  fi
}

main() {
  exec {events}<>"$RUN/events"
  [[ -r $RUN/role ]] && read -r role <"$RUN/role"
  look
  restore
  while :; do
    listen "$TICK"
    step
  done
}
