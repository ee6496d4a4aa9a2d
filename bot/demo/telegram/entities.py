"""HTML to text with entities, and lengths as Telegram counts them (UTF-16 units).

The parser follows TDLib's ``parse_html`` (td/telegram/MessageEntity.cpp): same tags, same errors, byte offsets.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Any, Final

from bot.demo.telegram.errors import malformed

Entity = dict[str, Any]

_TYPES: Final = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "s": "strikethrough", "strike": "strikethrough",
    "del": "strikethrough", "u": "underline", "ins": "underline", "tg-spoiler": "spoiler", "span": "spoiler",
    "a": "text_link", "pre": "pre", "code": "code", "blockquote": "blockquote", "tg-emoji": "custom_emoji",
}  # fmt: skip
_NAMED: Final = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_CHARACTER: Final = re.compile(r"&(?:#(\d+)|#[xX]([0-9a-fA-F]+)|(lt|gt|amp|quot));?")
_FOUND: Final = re.compile(
    r"(?P<url>\bhttps?://[^\s<>\"]*[^\s<>\".,;:!?)\]])"
    r"|(?P<email>\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b)"
    r"|(?<![\w@/])(?P<mention>@[A-Za-z]\w{3,31})\b"
    r"|(?<![\w/@<])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@\w{4,32})?)(?![\w/])"
    r"|(?<![\w#])(?P<hashtag>#\w*[^\W\d]\w*)"
)
_ORDER: Final = {"blockquote": 0, "expandable_blockquote": 0, "pre": 1, "text_link": 2}


def utf16_length(text: str) -> int:
    """Return the length of *text* in UTF-16 units, the unit of every Telegram limit and offset."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def utf16_slice(text: str, offset: int, length: int) -> str:
    """Return *length* UTF-16 units of *text* from *offset*."""
    if text.isascii():
        return text[offset : offset + length]
    return text.encode("utf-16-le")[2 * offset : 2 * (offset + length)].decode("utf-16-le", "replace")


@dataclass(slots=True)
class _Open:
    tag: str
    argument: str
    offset: int


class _Parser:
    """One run over one HTML text."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.text: list[str] = []
        self.units = 0
        self.open: list[_Open] = []
        self.entities: list[Entity] = []

    def run(self) -> tuple[str, list[Entity]]:
        source, end = self.source, len(self.source)
        while self.at < end:
            character = source[self.at]
            if character == "<":
                if source[self.at + 1 : self.at + 2] == "/":
                    self._end_tag()
                else:
                    self._start_tag()
            elif character == "&":
                self._add(self._character())
            else:
                stop = next((i for i in range(self.at, end) if source[i] in "<&"), end)
                self._add(source[self.at : stop])
                self.at = stop
        if self.open:
            raise self._error(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        return "".join(self.text), self.entities

    def _add(self, piece: str) -> None:
        self.text.append(piece)
        self.units += utf16_length(piece)

    def _character(self) -> str:
        found = _CHARACTER.match(self.source, self.at)
        if not found:
            self.at += 1
            return "&"
        code = int(found[1]) if found[1] else int(found[2], 16) if found[2] else 0
        if not found[3] and not 0 < code < 0x10FFFF:
            self.at += 1
            return "&"
        self.at = found.end()
        return _NAMED[found[3]] if found[3] else chr(code)

    def _peek(self) -> str:
        return self.source[self.at : self.at + 1]

    def _spaces(self) -> None:
        while self._peek().isspace():
            self.at += 1

    def _word(self, stops: str) -> str:
        begin = self.at
        while (c := self._peek()) and not c.isspace() and c not in stops:
            self.at += 1
        return self.source[begin : self.at]

    def _start_tag(self) -> None:
        begin = self.at
        self.at += 1
        tag = self._word(">").lower()
        if not self._peek():
            raise self._at(begin, "Unclosed start tag")
        if tag not in _TYPES:
            raise self._at(begin, f'Unsupported start tag "{tag}"')
        argument = ""
        while self._peek() != ">":
            self._spaces()
            if self._peek() == ">":
                break
            name = self._word("=>").lower()
            if not name:
                raise self._at(begin, f'Empty attribute name in the tag "{tag}"')
            value = self._value(begin, tag, name)
            argument = self._argument(tag, name, value) or argument
        self.at += 1
        if tag == "span" and argument != "tg-spoiler":
            raise self._at(begin, 'Tag "span" must have class "tg-spoiler"')
        self.open.append(_Open(tag, argument, self.units))

    @staticmethod
    def _argument(tag: str, name: str, value: str) -> str:
        if (tag, name) in {("a", "href"), ("span", "class"), ("tg-emoji", "emoji-id")}:
            return value
        if (tag, name) == ("code", "class") and value.startswith("language-"):
            return value.removeprefix("language-")
        return "1" if (tag, name) == ("blockquote", "expandable") else ""

    def _value(self, begin: int, tag: str, name: str) -> str:
        self._spaces()
        if self._peek() != "=":
            if tag == "blockquote" and name == "expandable":
                return ""
            raise self._at(begin, f'Expected equal sign in declaration of an attribute of the tag "{tag}"')
        self.at += 1
        self._spaces()
        quote = self._peek()
        if quote not in {"'", '"'}:
            token = self.at
            while (c := self._peek()) and (c.isalnum() or c in ".-"):
                self.at += 1
            if self._peek() and not self._peek().isspace() and self._peek() != ">":
                raise self._at(token, "Unexpected end of name token")
            value = self.source[token : self.at].lower()
        else:
            self.at += 1
            pieces = []
            while (c := self._peek()) and c != quote:
                if c == "&":
                    pieces.append(self._character())
                else:
                    pieces.append(c)
                    self.at += 1
            self.at += 1
            value = "".join(pieces)
        if not self._peek():
            raise self._at(begin, "Unclosed start tag")
        return value

    def _end_tag(self) -> None:
        begin = self.at
        if not self.open:
            raise self._at(begin, "Unexpected end tag")
        self.at += 2
        name = self._word(">").lower()
        self._spaces()
        if self._peek() != ">":
            raise self._at(begin, "Unclosed end tag")
        self.at += 1
        opened = self.open.pop()
        if name and name != opened.tag:
            where = f', expected "</{opened.tag}>", found "</{name}>"'
            raise self._at(begin, "Unmatched end tag", where)
        if self.units > opened.offset:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        kind = _TYPES[opened.tag]
        entity: Entity = {"offset": opened.offset, "length": self.units - opened.offset, "type": kind}
        if kind == "text_link":
            url = opened.argument or "".join(self.text)[-entity["length"] :]
            if not re.match(r"(https?|tg|mailto|tel)://?|[\w-]+\.\w", url):
                return
            entity["url"] = url
        elif kind == "custom_emoji":
            entity["custom_emoji_id"] = opened.argument
        elif kind == "blockquote" and opened.argument:
            entity["type"] = "expandable_blockquote"
        elif kind == "code" and opened.argument and self.open and self.open[-1].tag == "pre":
            self.open[-1].argument = opened.argument
            return
        elif kind == "pre" and opened.argument:
            entity["language"] = opened.argument
        self.entities.append(entity)

    def _at(self, position: int, text: str, after: str = "") -> Exception:
        offset = len(self.source[:position].encode())
        return self._error(f"{text} at byte offset {offset}{after}")

    @staticmethod
    def _error(text: str) -> Exception:
        return malformed(f"can't parse entities: {text}")


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Return the text and the entities of *source*, sorted by offset; raise 400 where the server would."""
    if "<" not in source and "&" not in source:
        return source, []
    text, entities = _Parser(source).run()
    return text, sorted(entities, key=_place)


def _place(entity: Entity) -> tuple[int, int, int]:
    return entity["offset"], -entity["length"], _ORDER.get(entity["type"], 9)


def trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Return *text* without white space around it, its entities moved along and the empty ones dropped."""
    body = text.strip()
    if body == text:
        return text, entities
    lead = utf16_length(text[: len(text) - len(text.lstrip())])
    size = utf16_length(body)
    kept = []
    for entity in entities:
        start = max(entity["offset"] - lead, 0)
        stop = min(entity["offset"] - lead + entity["length"], size)
        if stop > start:
            kept.append({**entity, "offset": start, "length": stop - start})
    return body, kept


def found_in(text: str, beside: list[Entity] | None = None) -> list[Entity]:
    """Return the links, addresses, mentions, commands and hashtags that the server finds in *text* by itself.

    Nothing is found inside code or links of *beside*; the result holds *beside* too, sorted.
    """
    known = beside or []
    if not any(mark in text for mark in "@/#"):
        return known
    solid = [e for e in known if e["type"] in {"code", "pre", "text_link", "text_mention"}]
    result = list(known)
    for match in _FOUND.finditer(text):
        offset, length = utf16_length(text[: match.start()]), utf16_length(match.group())
        if any(e["offset"] < offset + length and offset < e["offset"] + e["length"] for e in solid):
            continue
        result.append({"offset": offset, "length": length, "type": match.lastgroup})
    return sorted(result, key=_place)


_TAGS: Final = {
    "bold": "b", "italic": "i", "underline": "u", "strikethrough": "s", "spoiler": "tg-spoiler", "code": "code",
    "pre": "pre", "blockquote": "blockquote", "expandable_blockquote": "blockquote",
}  # fmt: skip


def to_html(text: str, entities: list[Entity]) -> str:
    """Return *text* as safe HTML: what it said is escaped, its entities are tags."""
    if not entities:
        return html.escape(text, quote=False)
    opens: dict[int, list[str]] = {}
    closes: dict[int, list[str]] = {}
    for entity in sorted(entities, key=_place):
        start, stop = entity["offset"], entity["offset"] + entity["length"]
        tag = _TAGS.get(entity["type"])
        if entity["type"] in {"text_link", "url"}:
            url = entity.get("url") or utf16_slice(text, start, entity["length"])
            opens.setdefault(start, []).append(f'<a href="{html.escape(url)}">')
            closes.setdefault(stop, []).insert(0, "</a>")
        elif tag:
            opens.setdefault(start, []).append(f"<{tag}>")
            closes.setdefault(stop, []).insert(0, f"</{tag}>")
    marks = sorted({0, utf16_length(text), *opens, *closes})
    pieces: list[str] = []
    for here, following in zip(marks, [*marks[1:], marks[-1]], strict=True):
        pieces += closes.get(here, []) + opens.get(here, [])
        pieces.append(html.escape(utf16_slice(text, here, following - here), quote=False))
    return "".join(pieces)
