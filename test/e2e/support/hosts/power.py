"""A switch for the power of hosts: `GET /off/NAME` ends the first process of a host, and with it all others.

Its link goes down first: the network of a process that ended answers for some time more.

usage: power.py PORT FABRIC NAME=PID…
"""

import os
import signal
import subprocess
import sys
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

hosts = dict(pair.split("=") for pair in sys.argv[3:])


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        name = self.path.removeprefix("/off/")
        pid = int(hosts[name])
        subprocess.run(["ip", "-n", sys.argv[2], "link", "set", f"p{name}", "down"], check=False)
        try:
            os.kill(pid, signal.SIGKILL)
            while os.path.exists(f"/proc/{pid}"):
                if open(f"/proc/{pid}/stat").read().rpartition(")")[2].split()[0] == "Z":
                    break
                time.sleep(0.01)
        except (ProcessLookupError, FileNotFoundError):
            pass
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_):
        pass


HTTPServer(("", int(sys.argv[1])), Handler).serve_forever()
