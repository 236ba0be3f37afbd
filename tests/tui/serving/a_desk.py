"""A stand-in for a desk's process: it speaks as Textual's driver does, and does as it is told."""

import json
import os
import signal
import sys

FILE = bytes(range(256)) * 600


def send(kind: bytes, payload: bytes) -> None:
    """One packet to the server."""
    sys.stdout.buffer.write(kind + len(payload).to_bytes(4, "big") + payload)
    sys.stdout.buffer.flush()


def say(what: object) -> None:
    """Something drawn."""
    send(b"D", json.dumps(what, ensure_ascii=False).encode() + b"\n")


def piece(key: str, data: bytes) -> None:
    """A piece of a file, as Textual packs it."""
    name = key.encode()
    send(b"P", b"ts13:deliver_chunk" + b"s%d:%s" % (len(name), name) + b"%d:%s" % (len(data), data) + b"e")


def obey(words: str) -> None:
    """Does what the browser typed."""
    match words.split(" ", 1):
        case ["end", code]:
            sys.exit(int(code))
        case ["fail", said]:
            sys.exit(said)
        case ["raise", said]:
            raise RuntimeError(said)
        case ["offer", name]:
            told = {"type": "deliver_file_start", "key": "k1", "path": f"/x/{name}", "open_method": "browser"}
            send(b"M", json.dumps({**told, "encoding": "", "mime_type": "text/html", "name": None}).encode())
        case ["open", address]:
            send(b"M", json.dumps({"type": "open_url", "url": address, "new_tab": True}).encode())
        case ["flood"]:
            while True:
                send(b"D", b"x" * (1 << 20))
        case ["stay"]:
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            say("staying")
            while True:
                signal.pause()
        case _:
            say(words)


def main() -> None:
    """Until the end of the input, or until it is asked to end."""
    sent = 0
    sys.stdout.buffer.write(b"__GANGLION__\n")
    say({"pid": os.getpid(), "environment": dict(os.environ)})
    while kind := sys.stdin.buffer.read(1):
        payload = sys.stdin.buffer.read(int.from_bytes(sys.stdin.buffer.read(4), "big"))
        if kind == b"D":
            obey(payload.decode())
            continue
        match json.loads(payload):
            case {"type": "quit"}:
                break
            case {"type": "deliver_chunk_request", "key": key, "size": size}:
                if key == "k1" and "cut" in sys.argv and sent:
                    sys.exit(0)
                piece(key, FILE[sent : sent + size] if "endless" not in sys.argv else FILE[:size])
                sent += size
            case {"type": "resize", "width": width, "height": height}:
                say([width, height])
            case other:
                say(other)
    send(b"M", b'{"type": "exit"}')


if __name__ == "__main__":
    main()
