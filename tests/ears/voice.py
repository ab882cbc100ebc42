"""The voice of the screen reader: a speech-dispatcher that writes down what it would have said.

It answers as much of SSIP (the Speech Synthesis Interface Protocol) as a reader asks. What is cancelled
before it could be heard is kept apart: a blind officer hears nothing of it.
"""

from __future__ import annotations

import html
import re
import socket
import socketserver
import threading
import time
from dataclasses import dataclass
from pathlib import Path

LETTER_S = 0.055
"""How long a quick voice takes for a letter."""
HEARD_S = 0.25
"""What is cut off sooner than this after it began was not understood."""
_MARKUP = re.compile(r"<[^>]*>")
_ANSWERS = {
    "HISTORY GET CLIENT_ID": "245-1\r\n245 OK CLIENT ID SENT",
    "LIST OUTPUT_MODULES": "250-silent\r\n250 OK MODULE LIST SENT",
    "LIST VOICES": "249-MALE1\r\n249 OK VOICE LIST SENT",
    "LIST SYNTHESIS_VOICES": "249-English\ten\tnone\r\n249 OK VOICE LIST SENT",
    "GET OUTPUT_MODULE": "251-silent\r\n251 OK GET RETURNED",
}


@dataclass(slots=True)
class Utterance:
    """Words handed to the voice, when they would begin and end, and when they were cut off, if they were."""

    words: str
    begins: float
    ends: float
    cut: float | None = None

    @property
    def heard(self) -> bool:
        """Whether there was time for a word of it."""
        return self.cut is None or self.cut - self.begins >= min(HEARD_S, self.ends - self.begins)


class Voice:
    """Listens on a socket. `spoken` grows; read it under no lock, it only ever gets longer."""

    def __init__(self, place: Path) -> None:
        self.spoken: list[Utterance] = []
        voice = self

        class Client(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                for line in self.rfile:
                    command = line.decode(errors="replace").strip()
                    reply = voice._answer(command)
                    if command.upper() == "SPEAK":
                        self.wfile.write(b"230 OK RECEIVING DATA\r\n")
                        voice._say(self._data())
                        reply = "225-1\r\n225 OK MESSAGE QUEUED"
                    self.wfile.write(f"{reply}\r\n".encode())
                    if command.upper() == "QUIT":
                        return

            def _data(self) -> str:
                lines: list[str] = []
                for line in self.rfile:
                    words = line.decode(errors="replace").rstrip("\r\n")
                    if words == ".":
                        break
                    lines.append(words[1:] if words.startswith("..") else words)
                return " ".join(lines)

        class Server(socketserver.ThreadingUnixStreamServer):
            daemon_threads = True

            def handle_error(
                self, _request: socket.socket | tuple[bytes, socket.socket], _from: object
            ) -> None:
                """The reader went away in the middle of a word."""

        self._server = Server(str(place), Client)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def __enter__(self) -> Voice:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _answer(self, command: str) -> str:
        upper = command.upper()
        if upper.startswith(("CHAR ", "KEY ")):
            self._say(command.split(" ", 1)[1])
            return "225-1\r\n225 OK MESSAGE QUEUED"
        if upper.startswith(("CANCEL", "STOP")):
            self._cut()
            return "210 OK STOPPED"
        if upper == "QUIT":
            return "231 HAPPY HACKING"
        return _ANSWERS.get(upper, "203 OK")

    def _say(self, words: str) -> None:
        words = html.unescape(_MARKUP.sub("", words))
        now = time.monotonic()
        begins = max([now, *(one.ends for one in self.spoken[-1:] if one.cut is None)])
        self.spoken.append(Utterance(" ".join(words.split()), begins, begins + LETTER_S * len(words)))

    def _cut(self) -> None:
        now = time.monotonic()
        for one in reversed(self.spoken):
            if one.ends <= now or one.cut is not None:
                break
            one.cut = now
