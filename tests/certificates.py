"""Certificates for tests, made on the spot: an authority of our own, and what it signs for a server.

X.509 with keys on the curve P-256, in as little DER as a TLS library takes. For tests only: nothing here is in
constant time.
"""

from __future__ import annotations

import hashlib
import secrets
import ssl
from base64 import encodebytes
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

_P = 2**256 - 2**224 + 2**192 + 2**96 - 1
_N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_G = (
    0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
    0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
)
_Point = tuple[int, int] | None
_EC_KEY, _P256, _ECDSA_SHA256 = "2A8648CE3D0201", "2A8648CE3D030107", "2A8648CE3D040302"
_COMMON_NAME, _ALT_NAME, _CONSTRAINTS = "550403", "551D11", "551D13"


@dataclass(frozen=True)
class Authority:
    """Who signs: a name, a key, and the file with its own certificate, which is to be trusted."""

    name: str
    key: int
    file: Path


def authority(folder: Path, name: str) -> Authority:
    """Make an authority of its own."""
    key, file = secrets.randbelow(_N - 1) + 1, folder / f"{name}.pem"
    file.write_text(_pem("CERTIFICATE", _certificate(name, _public(key), name, key, None, timedelta(days=1))))
    return Authority(name, key, file)


def server_context(
    folder: Path, signer: Authority, address: str = "127.0.0.1", *, valid: timedelta = timedelta(days=1)
) -> ssl.SSLContext:
    """Return what a server at *address* shows, signed by *signer*; a negative *valid* has run out."""
    key = secrets.randbelow(_N - 1) + 1
    chain = folder / f"{address}-{secrets.token_hex(4)}.pem"
    shown = _certificate(address, _public(key), signer.name, signer.key, address, valid)
    chain.write_text(_pem("EC PRIVATE KEY", _private(key)) + _pem("CERTIFICATE", shown))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(chain)
    return context


def _certificate(name: str, public: bytes, issuer: str, key: int, address: str | None, valid: timedelta) -> bytes:
    now = datetime.now(UTC)
    began, ends = now - timedelta(days=9), now + valid
    algorithm = _sequence(_id(_ECDSA_SHA256))
    if address is None:
        extension = _sequence(_id(_CONSTRAINTS), b"\x01\x01\xff", _der(4, _sequence(b"\x01\x01\xff")))
    else:
        extension = _sequence(_id(_ALT_NAME), _der(4, _sequence(_der(0x87, ip_address(address).packed))))
    body = _sequence(
        _der(0xA0, _number(2)),
        _number(secrets.randbits(64)),
        algorithm,
        _name(issuer),
        _sequence(_time(began), _time(ends)),
        _name(name),
        _sequence(_sequence(_id(_EC_KEY), _id(_P256)), _der(3, b"\0" + public)),
        _der(0xA3, _sequence(extension)),
    )
    return _sequence(body, algorithm, _der(3, b"\0" + _signed(body, key)))


def _signed(what: bytes, key: int) -> bytes:
    digest = int.from_bytes(hashlib.sha256(what).digest(), "big")
    once = secrets.randbelow(_N - 1) + 1
    point = _times(once, _G)
    assert point is not None
    first = point[0] % _N
    return _sequence(_number(first), _number(pow(once, -1, _N) * (digest + first * key) % _N))


def _public(key: int) -> bytes:
    point = _times(key, _G)
    assert point is not None
    return b"\x04" + point[0].to_bytes(32, "big") + point[1].to_bytes(32, "big")


def _private(key: int) -> bytes:
    curve, public = _der(0xA0, _id(_P256)), _der(0xA1, _der(3, b"\0" + _public(key)))
    return _sequence(_number(1), _der(4, key.to_bytes(32, "big")), curve, public)


def _times(factor: int, point: _Point) -> _Point:
    total: _Point = None
    while factor:
        if factor & 1:
            total = _plus(total, point)
        point, factor = _plus(point, point), factor >> 1
    return total


def _plus(one: _Point, two: _Point) -> _Point:
    if one is None or two is None:
        return one or two
    (x1, y1), (x2, y2) = one, two
    if x1 == x2 and (y1 + y2) % _P == 0:
        return None
    slope = (3 * x1 * x1 - 3) * pow(2 * y1, -1, _P) if one == two else (y2 - y1) * pow(x2 - x1, -1, _P)
    x3 = (slope * slope - x1 - x2) % _P
    return x3, (slope * (x1 - x3) - y1) % _P


def _der(tag: int, content: bytes) -> bytes:
    size = len(content)
    wide = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag]) + (bytes([size]) if size < 128 else bytes([128 + len(wide)]) + wide) + content


def _sequence(*parts: bytes) -> bytes:
    return _der(0x30, b"".join(parts))


def _number(value: int) -> bytes:
    return _der(2, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def _id(code: str) -> bytes:
    return _der(6, bytes.fromhex(code))


def _time(moment: datetime) -> bytes:
    tag, form = (0x18, "%Y%m%d%H%M%SZ") if moment.year > 2049 else (0x17, "%y%m%d%H%M%SZ")
    return _der(tag, moment.strftime(form).encode())


def _name(text: str) -> bytes:
    return _sequence(_der(0x31, _sequence(_id(_COMMON_NAME), _der(12, text.encode()))))


def _pem(label: str, content: bytes) -> str:
    return f"-----BEGIN {label}-----\n{encodebytes(content).decode()}-----END {label}-----\n"
