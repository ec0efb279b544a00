#!/bin/bash
# nines-pair let-go: what systemd runs after keepalived ended, however it ended: killed, it leaves the address where it is.
set -u
# shellcheck source=/dev/null
. /etc/nines-pair/settings

ip address del "$VIRTUAL_ADDRESS" dev "$INTERFACE" 2>/dev/null || true
