"""Watches an address from one side of a network: who answers for it, and whether clients are served.

Every 50 ms: an ARP request for the address, and a TCP handshake begun with each host by its own hardware address, so that a
host that still answers for the address is seen whatever neighbours believe; and a request as clients send it. Writes a line
of JSON for each answer, by when the kernel got it: {"t", "owner": host}, and for each request, by when it was sent:
{"t", "served": host or null}. Times are those of the clock that only goes forward. Ends with its standard input.

usage: probe.py INTERFACE OWN_ADDRESS ADDRESS PORT NAME=MAC…
"""

import asyncio
import json
import os
import socket
import struct
import sys
import time

INTERFACE, OWN, ADDRESS, PORT = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
HOSTS = {bytes.fromhex(mac.replace(":", "")): name for name, mac in (pair.split("=") for pair in sys.argv[5:])}
EVERY = 0.05
REQUEST_TIMEOUT = 1.0
SO_TIMESTAMPNS = 35

raw = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(0x0003))
raw.bind((INTERFACE, 0))
raw.setblocking(False)
raw.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
MAC = raw.getsockname()[4]
own, address = socket.inet_aton(OWN), socket.inet_aton(ADDRESS)


def checksum(data):
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    total = (total & 0xFFFF) + (total >> 16)
    return ~(total + (total >> 16)) & 0xFFFF


def arp_request():
    body = struct.pack("!HHBBH6s4s6s4s", 1, 0x0800, 6, 4, 1, MAC, own, bytes(6), address)
    return b"\xff" * 6 + MAC + b"\x08\x06" + body


def syn(to, source_port):
    tcp = struct.pack("!HHIIBBHHH", source_port, PORT, source_port, 0, 5 << 4, 2, 1024, 0, 0)
    pseudo = own + address + struct.pack("!BBH", 0, 6, len(tcp))
    tcp = tcp[:16] + struct.pack("!H", checksum(pseudo + tcp)) + tcp[18:]
    ip = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 20 + len(tcp), 0, 0x4000, 64, 6, 0, own, address)
    ip = ip[:10] + struct.pack("!H", checksum(ip)) + ip[12:]
    return to + MAC + b"\x08\x00" + ip + tcp


def received_at(ancillary):
    (_, _, data), *_ = ancillary
    seconds, nanoseconds = struct.unpack("qq", data)
    age = time.clock_gettime(time.CLOCK_REALTIME) - (seconds + nanoseconds / 1e9)
    return time.monotonic() - age


def receive():
    while True:
        try:
            frame, ancillary, _, _ = raw.recvmsg(2048, 64)
        except BlockingIOError:
            return
        host = HOSTS.get(frame[6:12])
        if host is not None and (answers_arp(frame) or answers_syn(frame)):
            say({"t": received_at(ancillary), "owner": host})


def answers_arp(frame):  # to us: a gratuitous one only tells
    return frame[12:14] == b"\x08\x06" and frame[20:22] == b"\x00\x02" and frame[28:32] == address and frame[0:6] == MAC


def answers_syn(frame):  # the kernel here ends the handshake: it knows of none
    if frame[12:14] != b"\x08\x00" or frame[23] != 6 or frame[26:30] != address:
        return False
    source, target = struct.unpack("!HH", frame[34:38])
    return source == PORT and 20000 <= target < 30000 and frame[47] & 0x12 == 0x12


def say(event):
    print(json.dumps(event), flush=False)


async def request(at):
    served = None
    try:
        async with asyncio.timeout(REQUEST_TIMEOUT):
            reader, writer = await asyncio.open_connection(ADDRESS, PORT)
            writer.write(b"GET / HTTP/1.0\r\nHost: probe\r\n\r\n")
            answer = await reader.read()
            writer.close()
            head, _, body = answer.partition(b"\r\n\r\n")
            if head.split(b" ")[1:2] == [b"200"]:
                served = body.decode() or "somebody"
    except (OSError, TimeoutError):
        pass
    say({"t": at, "served": served, "took": time.monotonic() - at})


async def main():
    loop = asyncio.get_running_loop()
    loop.add_reader(raw, receive)
    ended = loop.create_future()
    loop.add_reader(0, lambda: ended.done() or os.read(0, 64) or ended.set_result(None))
    port, requests = 20000, set()
    begun = time.monotonic()
    count = 0
    while not ended.done():
        at = time.monotonic()
        frames = [arp_request()]
        for mac in HOSTS:
            frames.append(syn(mac, port))
            port = 20000 + (port - 19999) % 10000
        for frame in frames:
            try:
                raw.send(frame)
            except OSError:  # its own link is down
                pass
        task = asyncio.ensure_future(request(at))
        requests.add(task)
        task.add_done_callback(requests.discard)
        count += 1
        await asyncio.sleep(max(0.005, begun + count * EVERY - time.monotonic()))
    if requests:
        await asyncio.wait(requests)
    sys.stdout.flush()


asyncio.run(main())
