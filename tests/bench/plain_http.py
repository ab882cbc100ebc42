"""One request over an open connection: a load client must not be busier than the hub it measures."""

from __future__ import annotations

import asyncio
import json


async def exchanged(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes
) -> tuple[int, dict[str, object]]:
    """Sends the whole request; the answer's status and the JSON object of its body."""
    writer.write(request)
    await writer.drain()
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    size = int(head.split("content-length:")[1].split("\r\n")[0])
    answer = json.loads(await reader.readexactly(size))
    return int(head.split()[1]), answer if isinstance(answer, dict) else {}
