"""A service: answers with the host's name. It fails while /run/app.broken is there.

usage: app.py PORT
"""

import os
import socket
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        body = socket.gethostname().encode()
        self.send_response(503 if os.path.exists("/run/app.broken") else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


    def handle(self):
        try:
            super().handle()
        except ConnectionError:  # a client that went away
            pass


class Server(ThreadingHTTPServer):
    request_queue_size = 128


Server(("", int(sys.argv[1])), Handler).serve_forever()
