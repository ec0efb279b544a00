"""The first process of a host: plays systemd's part for the units of a pair, as their files say.

Knows ExecStart, ExecStartPre, ExecStartPost, ExecStopPost, Environment, RuntimeDirectory, User, AmbientCapabilities,
Restart, RestartSec and Type=oneshot. Once started, it obeys lines in /run/init.control: `start UNIT`, `stop UNIT`, `freeze`, `thaw`.

usage: init.py UNIT…
"""

import glob
import os
import select
import shlex
import signal
import subprocess
import sys
import time


def settings(unit):
    files = [f"/lib/systemd/system/{unit}.service", f"/etc/systemd/system/{unit}.service"]
    files += sorted(glob.glob(f"/etc/systemd/system/{unit}.service.d/*.conf"))
    found = {}
    for path in filter(os.path.exists, files):
        for line in open(path):
            key, separator, value = line.strip().partition("=")
            if separator and not key.startswith(("#", ";")):
                found.setdefault(key, [])
                found[key] = found[key] + [value] if value else []
    return found


class Unit:
    def __init__(self, name):
        self.name = name
        self.settings = settings(name)
        self.process = None
        self.wanted = True
        self.start_at = 0.0
        self.environment = dict(os.environ)
        for line in self.settings.get("Environment", []):
            self.environment.update(pair.split("=", 1) for pair in shlex.split(line))

    def last(self, key, default=""):
        return self.settings.get(key, [default])[-1]

    def words(self, command):
        prefix = command[: len(command) - len(command.lstrip("-+@!"))]
        words = shlex.split(command.lstrip("-+@!"))
        expanded = []
        for word in words:
            if word.startswith("$"):  # systemd splits these, and leaves out what is not set
                expanded += self.environment.get(word[1:].strip("{}"), "").split()
            else:
                expanded.append(word)
        user = self.last("User")
        if user and "+" not in prefix:
            capabilities = ",".join("+" + name[4:].lower() for name in self.last("AmbientCapabilities").split())
            extra = [f"--inh-caps={capabilities}", f"--ambient-caps={capabilities}"] if capabilities else []
            expanded = ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups", *extra, *expanded]
        return expanded

    def run(self, key):
        for command in self.settings.get(key, []):
            subprocess.run(self.words(command), env=self.environment, check=False)

    def start(self):
        for folder in self.settings.get("RuntimeDirectory", []):
            os.makedirs(f"/run/{folder}", exist_ok=True)
        self.run("ExecStartPre")
        commands = self.settings.get("ExecStart", [])
        if self.last("Type") == "oneshot":
            self.run("ExecStart")
            self.run("ExecStartPost")
            self.wanted = False
            return
        log = open(f"/run/{self.name}.log", "a")
        self.process = subprocess.Popen(
            self.words(commands[-1]), env=self.environment, stdout=log, stderr=log, start_new_session=True
        )
        self.run("ExecStartPost")

    def ended(self):
        try:  # systemd ends what is left of a service, and keepalived's children are their own
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process = None
        self.run("ExecStopPost")
        self.start_at = time.monotonic() + float(self.last("RestartSec", "0.1").rstrip("s"))
        self.wanted = self.wanted and self.last("Restart") == "always"

    def step(self):
        if self.process is not None and self.process.poll() is not None:
            self.ended()
        if self.process is None and self.wanted and time.monotonic() >= self.start_at:
            self.start()

    def stop(self):
        self.wanted = False
        if self.process is not None:
            self.process.terminate()

    def start_again(self):
        self.wanted = True
        self.start_at = 0.0


units = {name: Unit(name) for name in sys.argv[1:]}
os.mkfifo("/run/init.control")
control = os.open("/run/init.control", os.O_RDWR)
while True:
    for unit in units.values():
        unit.step()
    ready, _, _ = select.select([control], [], [], 0.02)
    if ready:
        for line in os.read(control, 4096).decode().splitlines():
            verb, *names = line.split()
            if verb == "freeze":
                os.kill(-1, signal.SIGSTOP)
            elif verb == "thaw":
                os.kill(-1, signal.SIGCONT)
            elif verb == "stop":
                units[names[0]].stop()
            elif verb == "start":
                units[names[0]].start_again()
