# keepalived holds the address: the agent only says who has it.

take() { :; }
keep() { :; }
let_go() { :; }
restore() { :; }
idle() { :; }
peer_released() { :; }
