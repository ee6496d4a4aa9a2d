"""A photo and a voice message that a phone of the demo sends: drawn here, so that nobody's own are needed."""

import math
import struct
import zlib
from typing import Final


def _png(width: int, height: int) -> bytes:
    """Return a small evening street with one dead and two burning lamps, as a PNG."""
    rows = bytearray()
    for y in range(height):
        rows.append(0)
        for x in range(width):
            rows += bytes(_pixel(x / width, y / height))
    return b"".join(
        [
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
            _chunk(b"IDAT", zlib.compress(bytes(rows), 9)),
            _chunk(b"IEND", b""),
        ]
    )


def _pixel(x: float, y: float) -> tuple[int, int, int]:
    if y > 0.78:
        return (52, 56, 66) if abs(y - 0.88) > 0.01 or int(x * 12) % 2 else (214, 214, 200)
    for place, burning in ((0.2, True), (0.5, False), (0.8, True)):
        if abs(x - place) < 0.008 and y > 0.3:
            return (90, 96, 110)
        distance = math.hypot(x - place, (y - 0.28) * 0.75)
        if distance < 0.03:
            return (255, 226, 140) if burning else (70, 74, 86)
        if burning and distance < 0.16:
            glow = 1 - distance / 0.16
            return (int(28 + 150 * glow), int(34 + 120 * glow), int(64 + 30 * glow))
    return (int(20 + 20 * y), int(26 + 24 * y), int(56 + 30 * y))


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


EXAMPLE_PHOTO: Final = _png(240, 180)
EXAMPLE_VOICE: Final = b"OggS" + bytes(60)
