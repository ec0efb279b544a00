# EC2 says who has the address, and a node that becomes the master moves it to itself: the call takes it from the other node,
# also from one that hangs. Both nodes have the address, or the private one that it is translated to, on themselves all the time.
#
# Two masters of a partition do not fight over it: a node takes it once when it becomes the master, and after that only when
# nobody has it. A node that has it and is not the master gives it to the other one, which is: after a partition the address
# moves once more, since a master learns of a loss by what keepalived hears alone.

export HOME=/tmp AWS_DEFAULT_REGION=$REGION AWS_PAGER='' AWS_MAX_ATTEMPTS=1
export AWS_CONFIG_FILE=/dev/null AWS_METADATA_SERVICE_TIMEOUT=1 AWS_METADATA_SERVICE_NUM_ATTEMPTS=2

METADATA=${AWS_EC2_METADATA_SERVICE_ENDPOINT:-http://169.254.169.254}

owner=unknown   # own, peer, nobody, other, split between several, unknown
known_role=     # the role that the rest here is about
taken=no        # whether this node took the address since it became the master
given=no        # whether it gave it to the other one since its role changed
stranger=no     # whether this host is another one than the settings say
here=yes        # whether this host has on itself what it is to have
tries=0         # that failed, one after the other
began=0         # the first of them
splits=0        # how often the routes were found to lead to several nodes
not_before=0
next_check=0
next_report=0
next_hold=0

# Failures are said, and what the answer is worth is up to the caller. Errors of the program come in the answer: there may be
# no disk to write them to.
ec2() { # COMMAND…: the answer in ANSWER
  ANSWER=$(timeout --kill-after=1 "$CALL_TIMEOUT" aws ec2 "$@" --output text --cli-connect-timeout 2 --cli-read-timeout 5 2>&1) && return
  say "aws ec2 $1 failed: $(tr -s '[:space:]' ' ' <<<"$ANSWER")"
  return 1
}

metadata() { # PATH: the answer in ANSWER; IMDSv2, a second for each request
  local options=(--silent --fail --noproxy '*' --max-time 1) token
  token=$(curl "${options[@]}" --request PUT --header 'X-aws-ec2-metadata-token-ttl-seconds: 60' "$METADATA/latest/api/token" 2>/dev/null) || return
  ANSWER=$(curl "${options[@]}" --header "X-aws-ec2-metadata-token: $token" "$METADATA/latest/meta-data/$1" 2>/dev/null)
}

# A copy of this host that was started elsewhere must not take the address. Where the metadata say nothing, the settings count.
know_host() {
  metadata mac && metadata "network/interfaces/macs/${ANSWER%/}/interface-id" || return 0
  [[ $ANSWER == "$OWN_INTERFACE" ]] && return
  stranger=yes
  say "this host has $ANSWER, and not $OWN_INTERFACE: it does not take the address"
}

# Sets owner; as it was where EC2 does not answer.
find_owner() {
  if [[ -n $ALLOCATION ]]; then find_association; else find_routes; fi
}

# The interface stays where its instance is gone, and the address stays with it: nobody has it then.
find_association() {
  local interface instance
  ec2 describe-addresses --allocation-ids "$ALLOCATION" --query 'Addresses[0].[NetworkInterfaceId,InstanceId]' || return
  read -r interface instance <<<"$ANSWER"
  case "$interface $instance" in
    "$OWN_INTERFACE "*) owner=own ;;
    "$PEER_INTERFACE i-"*) owner=peer ;;
    eni-*' i-'*) owner=other ;;
    *) owner=nobody ;;
  esac
}

find_routes() {
  local target state own=0 peer=0 other=0 all=${#ROUTE_TABLES[@]}
  ec2 describe-route-tables --route-table-ids "${ROUTE_TABLES[@]}" \
    --query "RouteTables[].Routes[] | [?DestinationCidrBlock=='$ADDRESS/32'].[NetworkInterfaceId,State]" || return
  while read -r target state; do
    case "$target $state" in
      "$OWN_INTERFACE active") own=$((own + 1)) ;;
      "$PEER_INTERFACE active") peer=$((peer + 1)) ;;
      *active) other=$((other + 1)) ;;
    esac
  done <<<"$ANSWER"
  if ((own == all)); then
    owner=own
  elif ((peer == all)); then
    owner=peer
  elif ((own + peer + other == 0)); then
    owner=nobody
  elif ((other == all)); then
    owner=other
  else
    owner='split'
  fi
}

move() { # INTERFACE PRIVATE-ADDRESS
  if [[ -n $ALLOCATION ]]; then
    ec2 associate-address --allocation-id "$ALLOCATION" --network-interface-id "$1" --private-ip-address "$2" --allow-reassociation
  else
    replace_routes "$1"
  fi
}

replace_routes() { # INTERFACE; all tables at once
  local table pid pids=() failed=0
  for table in "${ROUTE_TABLES[@]}"; do
    ec2 replace-route --route-table-id "$table" --destination-cidr-block "$ADDRESS/32" --network-interface-id "$1" &
    pids+=($!)
  done
  for pid in "${pids[@]}"; do wait "$pid" || failed=1; done
  return "$failed"
}

# What is remembered belongs to a role, and ends with it.
notice() {
  [[ $role == "$known_role" ]] && return
  # Who was the master and is the backup has heard another master. Any other backup may yet become one.
  case "$known_role $role" in
    *' MASTER' | 'MASTER BACKUP') next_check=0 ;;
    *) next_check=$((NOW + SETTLED_AFTER)) ;;
  esac
  known_role=$role
  remember no
  given=no
  tries=0
  splits=0
  not_before=0
}

remember() { # whether the address was taken in this role; the agent may be started again
  taken=$1
  write "$RUN/taken" "$1"
}

take() {
  notice
  [[ $stranger == no ]] || return
  ((NOW >= not_before)) || return
  if [[ $taken == yes ]] && ! is_free; then return; fi
  if ((tries == 0)); then began=$NOW; fi
  if move "$OWN_INTERFACE" "$HELD_ADDRESS"; then
    clock
    moved_in $((NOW - began))
    tries=0
    owner=own
    next_check=$((NOW + CHECK_AS_MASTER))
    remember yes
    now_owner
  else
    clock
    tries=$((tries + 1))
    not_before=$((NOW + (tries < 5 ? 250 << tries : 8000)))
  fi
}

# Whether a master that lost the address may take it again.
is_free() {
  ((NOW >= next_check)) || return
  find_owner || owner=unknown
  clock
  next_check=$((NOW + CHECK_AS_MASTER))
  case $owner in
    own) now_owner ;; # given back
    nobody) remember no ;;
    split) if still_split; then remember no; fi ;;
  esac
  [[ $taken == no ]]
}

# Routes that lead to several nodes may be those of a move that goes on: only what stays so counts.
still_split() {
  splits=$((splits + 1))
  if ((splits < 2)); then return 1; fi
  splits=0
}

# EC2 sends packets here whether or not this host still answers. systemd-networkd takes off what others put on, when it starts
# again and when it renews a lease: https://github.com/systemd/systemd/issues/12050
hold() {
  ((NOW >= next_hold)) || return
  next_hold=$((NOW + 1000))
  if [[ $(ip -o -4 address show dev "$HELD_DEVICE" to "$HELD_ADDRESS/32" 2>/dev/null) == *" $HELD_ADDRESS/"* ]]; then
    here=yes
  elif ANSWER=$(ip address replace "$HELD_ADDRESS/32" dev "$HELD_DEVICE" 2>&1); then
    here=yes
    say "$HELD_ADDRESS was not on $HELD_DEVICE: put there"
  elif [[ $here == yes ]]; then
    here=no
    say "cannot put $HELD_ADDRESS on $HELD_DEVICE: $ANSWER"
  fi
}

may_keep() { [[ $role == MASTER ]]; }

keep() {
  notice
  ((NOW >= next_check)) || return
  next_check=$((NOW + CHECK_AS_MASTER))
  find_owner || return
  case $owner in
    own) splits=0 ;;
    split) if still_split; then again 'some routes lead elsewhere'; fi ;;
    nobody) again 'nobody has it' ;;
    *) not_owner "EC2 says that it is with another interface ($owner)" ;;
  esac
}

again() {
  not_owner "$1: taking it again"
  remember no
}

let_go() {
  owner=unknown
  not_owner "keepalived says $role, or says nothing"
}

# As the backup: keepalived runs, so there is a master, and it is the other node.
idle() {
  hold
  notice
  report
  [[ $role == BACKUP || $role == FAULT ]] || return
  if ((NOW < next_check)) || ! checked; then return; fi
  next_check=$((NOW + CHECK_AS_BACKUP))
  find_owner || return
  [[ $owner == own ]] || return
  [[ $role == BACKUP || $given == no ]] || return
  say "has the address as $role: giving it to $PEER"
  if move "$PEER_INTERFACE" "$PEER_HELD_ADDRESS"; then
    given=yes
    owner=peer
  else
    clock
    next_check=$((NOW + CHECK_AS_MASTER))
  fi
}

moved_in() { # MILLISECONDS
  local seconds
  printf -v seconds '%d.%03d' $(($1 / 1000)) $(($1 % 1000))
  say "moved the address in $seconds s, at try $((tries + 1))"
  move_metric "$seconds" || say "cannot write the metric to $METRICS"
}

move_metric() { # SECONDS
  local file="$METRICS/nines_pair_move.prom"
  {
    echo '# HELP nines_pair_move_seconds How long the calls took that moved the address to this node, the last time.'
    echo '# TYPE nines_pair_move_seconds gauge'
    echo "nines_pair_move_seconds{address=\"$ADDRESS\"} $1"
  } 2>/dev/null >"$file.new" && mv -f "$file.new" "$file" 2>/dev/null
}

# Every minute, whether this node could serve and whether it has the address: CloudWatch sounds when it hears neither.
# A host that lost the address for good can do neither.
report() {
  ((NOW >= next_report)) || return
  next_report=$((NOW + 60000))
  local ready=0 has=0
  if [[ $here == yes && ($role == MASTER || $role == BACKUP) ]] && checked; then ready=1; fi
  has_address && has=1
  timeout --kill-after=1 "$CALL_TIMEOUT" aws cloudwatch put-metric-data --namespace "$NAMESPACE" --metric-data \
    "MetricName=Ready,Value=$ready,Dimensions=[{Name=Pair,Value=$PAIR},{Name=Node,Value=$NODE}]" \
    "MetricName=Owner,Value=$has,Dimensions=[{Name=Pair,Value=$PAIR},{Name=Node,Value=$NODE}]" >/dev/null 2>&1 &
}

# The agent was started again: whose the address is, EC2 knows.
restore() {
  clock
  hold
  know_host
  local before=no
  [[ -r $RUN/taken ]] && read -r before <"$RUN/taken"
  clock
  notice
  remember "$before"
}

# EC2 says it, not this host, which has what the address leads to in either role.
has_address() { [[ $owner == own && $here == yes ]]; }
announce() { :; }
peer_released() { :; }
