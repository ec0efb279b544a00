# This node may have the address when the other one says that it has not, or when it was ended.
#
# "Released" is said again and again by a node that neither has the address nor may take it. Only what is heard after this
# node became the master counts: in a partition nothing is heard, and the other node is ended.

released_at=0
wanted_since=0
say_at=0

peer_released() {
  clock
  [[ $1 == "$PEER" ]] && released_at=$NOW
}

take() {
  ((wanted_since == 0)) && wanted_since=$NOW
  if ((released_at > wanted_since)); then
    say "$PEER has let go"
  elif ((NOW - wanted_since < ACKNOWLEDGED_WITHIN)); then
    return
  else
    say "$PEER says nothing: fencing it"
    if ! timeout --kill-after=1 "$FENCE_TIMEOUT" "${FENCE[@]}"; then
      say "the fence failed: $PEER may have the address, so this node does not take it"
      return
    fi
    say "$PEER is fenced"
    drain # what keepalived said meanwhile
    clock
    if [[ $role != MASTER ]] || ! checked; then return; fi
  fi
  put_address forever || return
  now_owner
}

drain() {
  while listen 0.01; do :; done
}

may_keep() { [[ $role == MASTER ]]; }

keep() {
  wanted_since=0
  announce_again
  [[ $present == yes ]] && return
  put_address forever && announce
  present=yes
}

let_go() {
  drop_address
  not_owner "keepalived says $role, or says nothing"
}

idle() {
  if [[ $role != MASTER ]]; then wanted_since=0; fi
  [[ $role == MASTER || $held == yes || $present == yes ]] && return
  ((NOW >= say_at)) || return
  say_at=$((NOW + RETRY))
  { echo "released $NODE" >"/dev/udp/$PEER_ADDRESS/$RELEASE_PORT"; } 2>/dev/null
}

# The agent was started again: the address that is here was given to it.
restore() {
  [[ $present == yes ]] && held=yes
  hear_released &
}

hear_released() {
  while :; do
    socat -u "UDP4-RECV:$RELEASE_PORT,bind=$NODE_ADDRESS,range=$PEER_ADDRESS/32" "OPEN:$RUN/events,wronly,nonblock" 2>/dev/null
    sleep 1
  done
}
