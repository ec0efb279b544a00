# A lock in etcd lets this node have the address, by etcd's JSON gateway (v3.4 and later).
#
# What is taken as left of the lock is counted from before it was asked for. The kernel is given the address for less than
# that, in whole seconds, so that it goes away in time also when this program hangs.
#
# A master that etcd does not answer, for as long as a lease is, tells keepalived to fault: the other node may have an answer.

lease=        # id of the lease in etcd
lease_until=0 # when it is over, at the earliest
renew_at=0
endpoint=0    # the one that answered last
silent=0      # since when etcd has not answered, 0 while it does
faulted=no    # whether keepalived was told so
ask_at=0

etcd() { # PATH BODY: the answer in ANSWER
  local tried options=(--silent --show-error --noproxy '*' --max-time "$REQUEST_TIMEOUT")
  [[ -n $ETCD_CA ]] && options+=(--cacert "$ETCD_CA")
  [[ -n $ETCD_CERTIFICATE ]] && options+=(--cert "$ETCD_CERTIFICATE" --key "$ETCD_KEY")
  for ((tried = 0; tried < ${#ENDPOINTS[@]}; tried++)); do
    if ANSWER=$(curl "${options[@]}" --data "$2" "${ENDPOINTS[endpoint]}$1" 2>&1) && [[ $ANSWER != *'"error"'* ]]; then
      ((silent == 0)) || say 'etcd answers again'
      silent=0
      return
    fi
    endpoint=$(((endpoint + 1) % ${#ENDPOINTS[@]}))
  done
  if ((silent == 0)); then # said once, and not for every try
    silent=$NOW
    say "etcd does not answer: ${ANSWER//$'\n'/ }"
  fi
  return 1
}

number() { # of a field of ANSWER, 0 where it is not there
  if [[ $ANSWER =~ \"$1\":\"?([0-9]+) ]]; then echo "${BASH_REMATCH[1]}"; else echo 0; fi
}

renew() { # the lease that is there, or a new one
  local sent=$NOW id=$lease
  if [[ -n $lease ]]; then
    etcd /v3/lease/keepalive "{\"ID\":\"$lease\"}" || return 1
    (($(number TTL) > 0)) || lease='' # over, or revoked
  fi
  if [[ -z $lease ]]; then
    [[ -z $id ]] || return 2
    clock
    sent=$NOW
    etcd /v3/lease/grant "{\"TTL\":\"$TTL\"}" || return 1
    lease=$(number ID)
    if [[ $lease == 0 ]]; then
      lease=
      return 1
    fi
    write "$RUN/lease" "$lease"
  fi
  lease_until=$((sent + TTL * 1000))
}

# Puts the key when nobody has it. What else it answers is whose it is: ours when an answer of before was lost.
lock() {
  local key="\"key\":\"$LOCK_KEY\""
  etcd /v3/kv/txn "{\"compare\":[{\"target\":\"CREATE\",\"result\":\"EQUAL\",$key,\"createRevision\":\"0\"}],
    \"success\":[{\"requestPut\":{$key,\"value\":\"$LOCK_VALUE\",\"lease\":\"$lease\"}}],
    \"failure\":[{\"requestRange\":{$key}}]}" || return 1
  [[ $ANSWER == *'"succeeded":true'* || $ANSWER == *"\"lease\":\"$lease\""* ]]
}

take() {
  [[ $faulted == no ]] || return
  if [[ -z $lease ]] || ((lease_until - NOW < TTL * 500)); then renew || return; fi
  lock || return
  hold || return
  renew_at=$((NOW + RENEW_EVERY))
  now_owner
}

# Gives the kernel the address for what is left of the lease, less the second by which it may be late.
hold() {
  clock
  local left=$(((lease_until - NOW) / 1000))
  ((TTL > 2)) && left=$((left - 1))
  ((left >= 1)) || return 1
  put_address "$left" || return 1
  clock
  ((NOW < lease_until)) && return
  drop_address # this program was stopped on the way, and the lease is over
  return 1
}

# A backup keeps what it has: the lock says who may, and after a partition nothing has to move because a priority is higher.
may_keep() { [[ $role == MASTER || $role == BACKUP ]]; }

keep() {
  if ((NOW >= renew_at)); then
    renew_at=$((NOW + RENEW_EVERY))
    renew
    case $? in
      0) hold_again ;;
      2) lost 'the lease is over' ;;
    esac
    clock
  fi
  if [[ $held == yes ]] && ((lease_until - NOW < 1000)); then lost 'the lease could not be renewed'; fi
}

hold_again() {
  if ! hold; then
    lost 'the lease was over before it was renewed'
  elif [[ $present == no ]]; then # the kernel had dropped it meanwhile
    present=yes
    announce
  else
    announce_again
  fi
}

lost() {
  drop_address
  lease=''
  not_owner "$1"
}

let_go() {
  drop_address
  not_owner "keepalived says $role, or says nothing"
  [[ -z $lease ]] || etcd /v3/lease/revoke "{\"ID\":\"$lease\"}" || say 'the lease ends by itself'
  lease=''
}

# The agent was started again: the lease that it had is still its own. It has to find out anew whether etcd answers.
restore() {
  tell no
  [[ -r $RUN/lease ]] && read -r lease <"$RUN/lease"
}

idle() {
  if [[ $faulted == yes ]]; then
    ask
  elif [[ $role != MASTER ]] || ! checked; then
    [[ $held == yes ]] || silent=0 # nothing is asked then
  elif ((silent > 0 && NOW - silent >= TTL * 1000)); then
    say "etcd has not answered for $TTL seconds: the other node has its turn"
    tell yes
  fi
}

# Of a member that has a majority: only such a one can tell what the key is.
ask() {
  ((NOW >= ask_at)) || return
  etcd /v3/kv/range "{\"key\":\"$LOCK_KEY\"}" && tell no
  clock
  ask_at=$((NOW + ASK_EVERY))
}

tell() { # keepalived, whether this node has to fault
  faulted=$1
  case $faulted in
    yes) write "$RUN/etcd-silent" 1 ;;
    no) write "$RUN/etcd-silent" 0 ;;
  esac
}

peer_released() { :; }
