#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives a whole session by the client that was written from protocol/PROTOCOL.md alone.

    candord generate DATA --users 300 --items 200 --ratings 10000
    Tests/Scripts/protocol_session.py --titles >> DATA/movies.dat
    candord serve --state STATE --socket SOCKET --tcp ADDRESS:PORT --data DATA
    Tests/Scripts/protocol_session.py SOCKET ADDRESS:PORT
    Tests/Scripts/protocol_session.py --tokens ADDRESS:PORT TOKEN   # a daemon with --token-file

Prints one line for each part; exits with 1 when something is not as the page says. The session rates
and trains. The standard library suffices.
"""

import math
import socket
import sys
import time

sys.dont_write_bytecode = True
from protocol_client import Client, Reply, check, match, quoted

# Items that only one who follows the page to the letter can ask for and read.
TITLES = {"-": "-", "a=b": 'Back\\slash, "quotes" and\u202e a tab\there', "\u00e9 @x": "yes"}


def greeting(client, tcp, path):
    """greeting, HELLO, limits, roles"""
    fields = client.succeed("hello 1").fields
    greeted = {"server": client.server, "generation": client.generation, "role": client.role}
    limits = {"line_bytes": "4096", "reply_rows": "1000", "identifier_bytes": "128", "output_bytes": "1048576"}
    check((greeted | limits | {"version": "1"}).items() <= fields.items(), "HELLO", fields)
    check((client.role, tcp.role) == ("operator", "writer"), "roles", client.role, tcp.role)
    client.refuse("HELLO 2", 108, "unsupported-version")
    client.succeed("\t PING \r")


def slots(words):
    """What HELP --table says of arguments or options: name, optional, kind, a good and a bad value."""
    samples = {"attribute": "gender", "attributes": "gender,age", "floors": "tail:1", "topic": "PING", "text": "a", "passage": "a", "operand": "1", "path": "new"}
    for slot in words.split(" ") if words else []:
        name, optional, kind, _, values = match(r"([a-z][a-z0-9_]*)(\??):([a-z-]+)(:(.+))?", slot)
        if kind in ["integer", "number"]:
            low, high = values.split("..")
            yield name, optional, kind, high or low, str(int(high) + 1) if high else "x"
        elif kind in ["choice", "choices"]:
            yield name, optional, kind, values.split("|")[0], "no-such"
        elif kind in ["user", "item", "items", "user-or-item"]:
            yield name, optional, kind, "1", '""'
        else:
            check(kind in samples, "a kind of the page", slot)
            yield name, optional, kind, samples[kind], None


def table(client, tcp, path):
    """HELP --table, and what follows from it for every verb, argument and option"""
    reply = client.succeed("HELP --table")
    check(reply.columns[:7] == "verb arguments options role long since summary".split(), "columns", reply.columns)
    check(len(reply.rows) > 20, "verbs", reply.rows)
    for row in reply.rows:
        verb, arguments = row["verb"], list(slots(row["arguments"]))
        check(row["role"] in ["guest", "reader", "writer", "operator"] and row["long"] in ["yes", "no"], "a row", row)
        check(client.succeed("HELP " + verb).columns == ["text"], "help for people", verb)
        good = [verb] + [argument[3] for argument in arguments]
        needed = sum(not argument[1] for argument in arguments)
        if needed:
            client.refuse(" ".join(good[:needed]), 103, "wrong-arguments")
        if not arguments or arguments[-1][2] not in ["text", "passage"]:
            client.refuse(" ".join(good + ["1"]), 103, "wrong-arguments")
        for place, (_, _, _, _, bad) in enumerate(arguments, 1):
            if bad:
                client.refuse(" ".join(good[:place] + [bad]), 104, "bad-value")
        for name, _, _, value, bad in slots(row["options"]):
            client.refuse(f"{verb} {name}={value} {name}={value}", 105, "unknown-option")
            if bad:
                client.refuse(f"{verb} {name}={bad}", 104, "bad-value")
        client.refuse(verb + " zz=1", 105, "unknown-option")
        forbidden = row["role"] == "operator"
        tcp.refuse(verb + " zz=1", *((301, "not-permitted") if forbidden else (105, "unknown-option")))
    client.refuse("RECOMEND 1", 102, "unknown-verb")


def quoting(client, tcp, path):
    """quotes and escapes both ways, identifiers, tags"""
    for user in ["-", 'say "b" \\c', "c=d", "\u202eZo\u00eb\u2028", "@tag", "x" * 128]:
        for item, title in TITLES.items():
            fields = client.succeed(f"RATE {quoted(user)} {quoted(item)} 4 at=978300760").fields
            check((fields["user"], fields["item"]) == (user, item), "identifiers come back", fields)
            shown = client.succeed(f"SHOW user {quoted(user)}").rows
            check((item, title) in [(row["item"], row["title"]) for row in shown], "titles come back", shown)
    client.refuse(f"SHOW user {'x' * 129}", 104, "bad-value")
    client.succeed("RATE Zo\u00eb 1 4")
    fields = client.succeed("RATE Zoe\u0308 2 4").fields
    check((fields["user"], fields["ratings"]) == ("Zoe\u0308", "2"), "equivalent spellings are one user", fields)
    for line in ['PING "a', 'PING "a"b', r'PING "\q"', r'PING "\u{d800}"', r'PING "\x80"', 'PING a"b', "", " "]:
        client.refuse(line, 101, "bad-syntax")
    tag = '"\\' + "x" * 62
    check(client.succeed(f"@{tag} PING").tag == tag, "a tag is taken literally")
    check(client.refuse(f"@{tag} FLY", 102, "unknown-verb").tag == tag, "errors bear the tag")
    check(not client.refuse(f"@{tag}x PING", 101, "bad-syntax").tag, "a tag that is too long is none")
    for line in [b"@t PING \xff\n", b"@t PING \0\n"]:
        client.socket.sendall(line)
        reply = client.answer()
        check(reply.error and reply.error[:2] == (107, "not-utf8") and not reply.tag, "not UTF-8", reply)


def formats(client, tcp, path):
    """text and JSON say the same, also where there is no value"""
    tcp.json = True
    check(tcp.succeed("FORMAT json").fields.keys() == {"generation"}, "FORMAT answers in the new format")
    missing = 0
    for request in [
            "@t PREDICT 1 5", "PREDICT nobody -", "RECOMMEND 1 k=20", "RECOMMEND nobody profile=none", "INFO",
            "EXPLAIN 1 5 top=2 head=rating", "SIMILAR 1", "SEARCH the", "SEARCH qqqq", 'SHOW user "-"', "SHOW item 1",
            "GENERATIONS", "HELP EXPLAIN", "HELP --table", r'VERIFY 1 5 "A\tb. \u{202e} \\ \"\n-"', "", "HELLO 2",
            "@t FLY\\ \u2028", "PREDICT 1 nothing", "RECOMMEND 1 k=1001"]:
        text, json = client.ask(request), tcp.ask(request)
        check(text._replace(columns=None) == json._replace(columns=None), f"{request} in JSON", text, json)
        check(not text.rows or text.columns == json.columns, "members in the order of columns", json)
        missing += sum(list(row.values()).count(None) for row in text.rows or [])
    check(missing > 0, "no value is -, and null")
    tcp.succeed("RECOMMEND 1 k=1")
    kinds = [type(value) for value in tcp.members["rows"][0].values()]
    check(kinds == [int, str, str, float, float], "numbers are numbers in JSON, identifiers strings", tcp.members)
    tcp.json = False
    tcp.succeed("FORMAT text")


def rating(client, tcp, path):
    """RATE, then RECOMMEND, PREDICT and EXPLAIN, whose shares add up to the score"""
    check(client.succeed("PREDICT new 5").fields["source"] == "popular", "a cold user is served")
    tcp.send("@a RATE new 1 5", "@b RATE new 2 4.5 at=978300760", "@c PREDICT new 5")
    a, b, c = replies = [tcp.answer() for _ in "abc"]
    check([reply.tag for reply in replies] == ["a", "b", "c"], "answers in order", replies)
    check(int(b.fields["sequence"]) == int(a.fields["sequence"]) + 1 and b.fields["rating"] == "4.5", "RATE", a, b)
    check((c.fields["source"], c.fields["ratings"]) == ("folded-in", "2"), "a request sees those before it", c)
    client.refuse("RATE new 1 6", 208, "rating-out-of-scale")
    client.refuse("RATE new nothing 5", 202, "unknown-item")
    client.refuse("EXPLAIN nobody 5", 201, "unknown-user")
    scale = {row["name"]: row["value"] for row in client.succeed("INFO").rows}
    lowest, highest = float(scale["scale_min"]), float(scale["scale_max"])
    for user in ["new", "1", "2"]:
        listed = client.succeed(f"RECOMMEND {user} k=5").rows
        check([row["rank"] for row in listed] == list("12345"), "ranks", listed)
        scores = [float(row["score"]) for row in listed]
        check(scores == sorted(scores, reverse=True), "best first", scores)
        check(user != "new" or not {"1", "2"} & {row["item"] for row in listed}, "nothing rated", listed)
        item = quoted(listed[0]["item"])
        predicted = client.succeed(f"PREDICT {user} {item}").fields
        check(predicted["stars"] == listed[0]["stars"], "stars in a list are those of PREDICT", listed, predicted)
        score, margin = float(predicted["score"]), 1.2815515655 * float(predicted["deviation"])
        for name, end in [("low", score - margin), ("high", score + margin)]:
            end = min(max(end, lowest), highest)
            check(abs(float(predicted[name]) - end) < 1e-8, "the 80% interval", predicted)
        for head, given in [("ranking", scores[0]), ("rating", score)]:
            for top in [1, 1000]:
                reply = client.succeed(f"EXPLAIN {user} {item} head={head} top={top}")
                total = math.fsum(float(row["share"]) for row in reply.rows)
                check(abs(total - float(reply.fields["score"])) <= 1e-9, "shares add up to the score", total, reply)
                check(abs(total - given) <= 1e-9, "the score explained is the one given", total, given)
    client.succeed("UNRATE new 1")
    client.refuse("UNRATE new 1", 207, "not-rated")


def long(client, tcp, path):
    """long requests: progress, tags, what waits behind them, cancelling"""
    for name in ["text", "json"]:
        client.json = name == "json"
        before = int(client.succeed("FORMAT " + name).fields["generation"])
        client.send("@r RETRAIN force rating=fast sweeps=3", "@p PING")
        trained, behind = client.answer(), client.answer()
        check((trained.tag, behind.tag) == ("r", "p"), "answers in order", trained, behind)
        check({step[0] for step in trained.progress} == {"r"}, "progress bears the tag", trained)
        check(trained.progress[-1][1] > 50, "progress is in percent", trained)
        check(trained.fields["generation"] == behind.fields["generation"] == str(before + 1), "generations", trained)
    client.json = False
    client.succeed("FORMAT text")
    busy = Client(path)
    busy.send("@b RETRAIN sweeps=1000 rating_factors=255")
    step = busy.next()
    check(not isinstance(step, Reply) and step[0] == "b", "progress comes while the work runs", step)
    client.refuse("RETRAIN", 401, "retrain-running")
    check(client.succeed("PING").fields["generation"] == str(before + 1), "the old generation serves")
    busy.leave()
    tries = 600
    while (reply := client.ask("RETRAIN force")).error and tries > 0:
        check(reply.error[0] == 401, "running until it is cancelled", reply)
        tries -= 1
        time.sleep(0.1)
    check(reply.fields.get("generation") == str(before + 2), "what was cancelled changed nothing", reply)


def events(client, tcp, path):
    """events: a retrain seen from beside, in both formats and roles, until the next line"""
    watchers = [Client(path), Client(path)]
    watchers[1].json = True
    watchers[1].succeed("FORMAT json")
    watchers[0].send("@w WATCH retrain,generation")
    watchers[1].send("@w WATCH")
    client.refuse("WATCH sunsets", 104, "bad-value")
    tcp.refuse("WATCH reload", 301, "not-permitted")
    before = int(client.succeed("RETRAIN force rating=fast sweeps=3").fields["generation"]) - 1
    for watcher in watchers:
        watcher.send("@p PING")
        watched, pinged = watcher.answer(), watcher.answer()
        check((watched.tag, pinged.tag) == ("w", "p"), "the next line ends it", watched, pinged)
        told = watched.events
        check(watched.fields["events"] == str(len(told)) and watched.fields["ended"] == "next-line", "all told", watched)
        check({event["tag"] for event in told} == {"w"}, "events bear the tag", told)
        check(told[-2]["kind"] == "generation" and told[-2]["previous"] == str(before), "what serves", told)
        check((told[-1]["kind"], told[-1]["state"]) == ("retrain", "finished"), "the end", told)
        check(told[0]["state"] == "began", "the beginning", told)
        steps = [float(event["percent"]) for event in told if event.get("state") == "progress"]
        check(steps and steps == sorted(steps), "steps", told)
        watcher.leave()


def pipeline(client, tcp, path):
    """more answers than may wait for a slow reader"""
    count, before = 300, client.received
    client.send(*(f"@{place} RECOMMEND {place % 100 + 1} k=1000" for place in range(count)))
    replies = [client.answer() for _ in range(count)]
    check([reply.tag for reply in replies] == [str(place) for place in range(count)], "all in order")
    check(client.received - before > 2 * 1048576, "more than may wait unread", client.received)
    check(replies[0].rows == replies[100].rows != replies[1].rows, "each answers its request")


def closing(client, tcp, path):
    """what closes a connection, and what does not"""
    longest = "PING" + " " * 4092
    client.succeed(longest + "\r")
    refused = {longest + " ": 106, "x" * 100000: 106, "GET / HTTP/1.1\n": 109, "Host: localhost\n": 109}
    for sent, code in refused.items():
        other = Client(path)
        other.socket.sendall(sent.encode())
        reply = other.answer()
        check(reply.error and reply.error[0] == code, f"{sent[:20]!r} is refused: {code}", reply)
        other.ended(repr(sent[:20]))
    other = Client(path)
    other.socket.sendall(b"PING\nSEARCH the\nRATE ghost 1 5")
    other.socket.shutdown(socket.SHUT_WR)
    check(not other.answer().error and other.answer().rows, "who has sent all still gets all answers")
    other.ended("the end of the requests")
    client.refuse("SHOW user ghost", 201, "unknown-user")
    for leaving in [client, tcp]:
        leaving.send("@q QUIT", "PING")
        reply = leaving.answer()
        check(not reply.error and reply.tag == "q", "QUIT is answered", reply)
        leaving.ended("QUIT")


def tokens(address, path):
    """tokens: guests, proofs, roles, failures"""
    name, role, secret = open(path, encoding="ascii").read().split()
    guest = Client(address)
    check(guest.role == "guest", "a guest", guest.role)
    guest.succeed("PING")
    for row in guest.succeed("HELP --table").rows:
        if row["role"] != "guest":
            guest.refuse(row["verb"], 302, "authentication-required")
    reply = guest.prove(name, "reader", secret)
    check((reply.fields.get("name"), reply.fields.get("role")) == (name, "reader"), "a proof", reply)
    guest.succeed("RECOMMEND 1 k=1")
    guest.refuse("RATE 1 1 5", 301, "not-permitted")
    check(guest.prove(name, role, secret).fields.get("role") == role, "the token's own role")
    guest.succeed("RATE 1 1 5")
    check(guest.succeed("HELLO").fields["role"] == role, "HELLO tells")
    other = Client(address)
    for attempt in [(name, role, "00" * 32), ("nobody", role, secret), (name, role, secret[:-2] + "00")]:
        reply = other.prove(*attempt)
        check(reply.error and reply.error[0] in [303, 304], "a wrong proof", reply)
    check(reply.error[0] == 304, "the third closes", reply)
    other.ended("the third wrong proof")
    print("ok  ", tokens.__doc__)


if sys.argv[1] == "--tokens":
    tokens(sys.argv[2], sys.argv[3])
    sys.exit()
if sys.argv[1:] == ["--titles"]:
    for item, title in TITLES.items():
        print(f"{item}::{title}::Drama")
    sys.exit()
client, tcp = Client(sys.argv[1]), Client(sys.argv[2])
for part in [greeting, table, quoting, formats, rating, long, events, pipeline, closing]:
    try:
        part(client, tcp, sys.argv[1])
    except Exception as error:
        sys.exit(f"FAIL {part.__doc__}: {error!r}")
    print("ok  ", part.__doc__, flush=True)
