# keepalived holds the address: the agent only says who has it.

take() { :; }
may_keep() { :; }
keep() { :; }
let_go() { :; }
restore() { :; }
idle() { :; }
peer_released() { :; }
