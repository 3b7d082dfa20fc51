# SPDX-License-Identifier: GPL-3.0-or-later
"""A second client, written from protocol/PROTOCOL.md alone; protocol_session.py drives it.

It takes nothing that the page does not allow: a line, a field, an escape or a member that is not as
the page says ends the program with a message and the status 1. The standard library suffices.
"""

import hashlib
import hmac
import json
import re
import socket
import sys
from collections import namedtuple

# Fields are a dictionary, rows a list of them, without a table None. Values are as in the text format,
# escapes resolved, None where there is none. An error is a code, a name and a message, else None;
# progress a list of tags, percentages and stages; events a list of dictionaries.
Reply = namedtuple("Reply", "tag error fields columns rows progress events", defaults=[None, {}, None, None, None, None])

HIDDEN = ("[\0-\x1f\x7f-\x9f\u2028\u2029\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"
          "\ufff9-\ufffb\U000e0000-\U000e007f]")
ESCAPE = re.compile(r"\\(?:x([0-7][0-9a-fA-F])|u\{([0-9a-fA-F]{1,6})\}|(.?))")
STATUS = re.compile(r"(?:@([!-~]{1,64}) )?(OK|ERR|\*|!) (.+)")
FIELD = re.compile(r' ([a-z][a-z0-9_]*)=(?:"((?:[^"\\]|\\.)*)"|([^ "\\]+))(?= |$)')


def check(holds, what, *seen):
    if not holds:
        sys.exit(f"FAIL {what}: " + " ".join(map(repr, seen)))


def match(pattern, text):
    found = re.fullmatch(pattern, text)
    check(found, f"a line like {getattr(pattern, 'pattern', pattern)}", text)
    return found.groups()


def unescaped(text):
    def character(found):
        ascii, unicode, letter = found.groups()
        plain = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}.get(letter)
        check(letter is None or plain, "an escape of the page", text)
        return plain or chr(int(ascii or unicode, 16))
    return ESCAPE.sub(character, text)


def quoted(text):
    """The text as a word of a request."""
    text = re.sub(r'["\\]', r"\\\g<0>", text)
    return '"' + re.sub(HIDDEN, lambda found: f"\\u{{{ord(found[0]):x}}}", text) + '"'


def from_cell(cell):
    return None if cell == "-" else unescaped(cell)


def from_json(value):
    """The same value as the text format has it: Python, too, writes the shortest decimal."""
    if value is None or isinstance(value, str):
        return value
    return ("yes" if value else "no") if isinstance(value, bool) else repr(value)


class Client:
    def __init__(self, address):
        """Connects to the path of a socket or to ADDRESS:PORT, and reads the greeting."""
        host, colon, port = address.rpartition(":")
        self.socket = socket.socket(socket.AF_INET if colon else socket.AF_UNIX)
        self.socket.settimeout(120)
        self.socket.connect((host, int(port)) if colon else address)
        self.input = self.socket.makefile("rb")
        self.json, self.received, self.members = False, 0, None
        self.server, self.generation, self.role = match(
            r"CANDOR 1 (\S+) generation=(\d+) role=(\w+)", self.line())

    def line(self):
        line = self.input.readline(16777216)
        check(line.endswith(b"\n"), "a line that ends", line[-80:])
        self.received += len(line)
        text = line[:-1].decode()
        check(not re.search(HIDDEN, text.replace("\t", "")), "nothing that deceives a terminal", text)
        return text

    def send(self, *requests):
        self.socket.sendall("".join(request + "\n" for request in requests).encode())

    def ask(self, request):
        self.send(request)
        return self.answer()

    def succeed(self, request):
        reply = self.ask(request)
        check(not reply.error, f"{request} is answered", reply)
        return reply

    def refuse(self, request, code, name):
        reply = self.ask(request)
        check(reply.error and reply.error[:2] == (code, name), f"{request} is refused: {code}", reply)
        return reply

    def answer(self):
        """The next answer, with the progress and the events that came before it."""
        progress, events = [], []
        while not isinstance(step := self.next(), Reply):
            if isinstance(step, dict):
                events.append(step)
                continue
            check(not progress or progress[-1][1] <= step[1] <= 100, "progress that never falls", step)
            progress.append(step)
        return step._replace(progress=progress, events=events)

    def next(self):
        """The next answer, event, or progress report: a tag, a percentage and a stage."""
        line = self.line()
        return self.read_json(line) if self.json else self.read_text(line)

    def read_text(self, line):
        tag, kind, rest = match(STATUS, line)
        if kind == "*":
            percent, stage = match(r"(\d+\.\d) (.+)", rest)
            return tag, float(percent), unescaped(stage)
        if kind == "ERR":
            code, name, message = match(r"(\d{3}) ([a-z0-9-]+) (.+)", rest)
            return Reply(tag, (int(code), name, unescaped(message)))
        if kind == "!":
            number, name, words = match(r"(\d+) ([a-z]+)( generation=\d+ time=\d+.*)", rest)
            return {"tag": tag, "event": number, "kind": name, **self.read_fields(words)}
        count, words = match(r"(\d+)( generation=\d+.*)", rest)
        fields = self.read_fields(words)
        columns = fields.pop("columns", None)
        check(columns is None or words.endswith(f" columns={columns}"), "columns come last", words)
        columns = columns and columns.split(",")
        lines = [self.line() for _ in range(int(count))]
        check(columns or not lines, "rows only under columns", words)
        check(all(line.startswith(" ") for line in lines), "a body begins with a space", lines)
        rows = [[from_cell(cell) for cell in line[1:].split("\t")] for line in lines]
        check(all(len(row) == len(columns) for row in rows), "a cell for each column", rows)
        return Reply(tag, None, fields, columns, columns and [dict(zip(columns, row)) for row in rows])

    def read_fields(self, words):
        check(FIELD.sub("", words) == "", "fields", words)
        fields = {}
        for name, inside, bare in FIELD.findall(words):
            needed = re.search(r'[ "\\]|^$|^-$', inside)
            check(bare or needed, "quotes only where they are needed", words)
            fields[name] = from_cell(bare) if bare else unescaped(inside)
        return fields

    def read_json(self, line):
        members = self.members = json.loads(line)
        check(list(members)[:1] == ["protocol"] and members["protocol"] == 1, "protocol comes first", line)
        tag = members.pop("tag", None)
        if "progress" in members:
            return tag, 100 * members["progress"], members["stage"]
        if "event" in members:
            check(list(members)[:5] == ["protocol", "event", "kind", "generation", "time"], "an event's members", line)
            return {"tag": tag, **{name: from_json(value) for name, value in list(members.items())[1:]}}
        first = ["protocol", "ok", "verb", "generation", "elapsed_us"]
        check(list(members)[:5] == first and members["elapsed_us"] >= 0, "members in their order", line)
        if not members["ok"]:
            return Reply(tag, tuple(members["error"][part] for part in ["code", "name", "message"]))
        rows = members.get("rows")
        fields = {name: from_json(members[name]) for name in ["generation", *list(members)[5:]] if name != "rows"}
        if rows is not None:
            rows = [{name: from_json(cell) for name, cell in row.items()} for row in rows]
        return Reply(tag, None, fields, rows and list(rows[0]), rows)

    def ended(self, what):
        check(self.input.read() == b"", f"{what} closes the connection")

    def prove(self, name, role, secret):
        """Proves to hold a token; the answer to the proof."""
        nonce = self.succeed(f"AUTH {name} {role}").fields["nonce"]
        statement = f"CANDOR 1 AUTH {name} {role} {nonce}".encode("ascii")
        return self.ask(f"AUTH {name} {role} proof="
                        + hmac.new(bytes.fromhex(secret), statement, hashlib.sha256).hexdigest())

    def leave(self):
        self.socket.shutdown(socket.SHUT_RDWR)
        self.input.close()
        self.socket.close()
