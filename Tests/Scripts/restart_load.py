# SPDX-License-Identifier: GPL-3.0-or-later
"""Asks a daemon without a pause, each time on a new connection and on one that stays, and counts what fails.

usage: restart_load.py SOCKET FILE
Begins with the line "begun" and goes on until FILE exists; the last line is, for example,
"4711 asked, 0 failed, longest wait 210 ms, refused and asked again 2". A request fails when it gets no
answer; one that is refused because the daemon stops (404), or that meets a connection the daemon has
closed before it was sent, is asked again on a new connection, as the protocol says.
"""

import os
import socket
import sys
import threading
import time

path, enough = sys.argv[1:]
request = b"RECOMMEND 1 k=10\n"
results = []


def connected():
    client = socket.socket(socket.AF_UNIX)
    client.settimeout(30)
    client.connect(path)
    file = client.makefile("rb")
    return client, file, file.readline()


def attempt(connection):
    """The connection to go on with, and whether there was an answer: True, False, or None to ask again."""
    client, file, greeting = connection or connected()
    if not greeting.startswith(b"CANDOR "):
        return None, None if not greeting or greeting.startswith(b"ERR 4") else False
    try:
        client.sendall(request)
        status = file.readline()
    except (BrokenPipeError, ConnectionResetError):
        return None, None
    if status.startswith(b"ERR 404 ") or (status == b"" and connection):
        return None, None
    if not status.startswith(b"OK 10 "):
        print("got", status, flush=True)
        return None, False
    return ((client, file, greeting), all(file.readline() for _ in range(10)))


def ask(stays):
    connection = None
    while not os.path.exists(enough):
        began, again = time.monotonic(), 0
        outcome = None
        while outcome is None and time.monotonic() < began + 60:
            try:
                connection, outcome = attempt(connection)
            except OSError as error:
                print("failed:", error, flush=True)
                connection, outcome = None, False
            again += outcome is None
        if not stays:
            connection = None
        results.append((bool(outcome), time.monotonic() - began, again))


threads = [threading.Thread(target=ask, args=[stays]) for stays in (False, False, True, True)]
for thread in threads:
    thread.start()
print("begun", flush=True)
for thread in threads:
    thread.join()
failed = sum(not outcome for outcome, _, _ in results)
print(f"{len(results)} asked, {failed} failed, longest wait {1000 * max(wait for _, wait, _ in results):.0f} ms, "
      f"refused and asked again {sum(again for _, _, again in results)}")
