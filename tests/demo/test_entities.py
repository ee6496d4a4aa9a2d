"""HTML, entities and lengths."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.demo.telegram import World
from bot.demo.telegram.entities import found_in, parse_html, to_html, trimmed, utf16_length, utf16_slice
from bot.demo.telegram.errors import ApiError
from tests.demo.client import Client


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("plain", "plain", []),
        ("<b>a</b> &lt;b&gt; &amp; &quot; &#39; &#x41; &eacute; &", "a <b> & \" ' A &eacute; &", [("bold", 0, 1)]),
        ("<strong>a<em>b</em></strong>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
        ("👍<u>x</u><s>y</s>", "👍xy", [("underline", 2, 1), ("strikethrough", 3, 1)]),
        ('<span class="tg-spoiler">x</span><tg-spoiler>y</tg-spoiler>', "xy", [("spoiler", 0, 1), ("spoiler", 1, 1)]),
        ("<blockquote expandable>x</blockquote>", "x", [("expandable_blockquote", 0, 1)]),
        ("<b></b>x", "x", []),
        ("<A HREF='https://x.nl?a=1&amp;b=2'>x</A>", "x", [("text_link", 0, 1)]),
        ("<b>x</>", "x", [("bold", 0, 1)]),
        ('<a href="javascript:x">x</a>', "x", []),
        ("<code class=language-py>x</code>", "x", [("code", 0, 1)]),
        ("<b >x</b >", "x", [("bold", 0, 1)]),
    ],
)
def test_html_becomes_text_and_entities(source: str, text: str, entities: list[tuple[str, int, int]]) -> None:
    parsed, found = parse_html(source)
    assert parsed == text
    assert [(e["type"], e["offset"], e["length"]) for e in found] == entities


def test_links_languages_and_emoji_keep_what_they_name() -> None:
    _, [link] = parse_html('<a href="https://x.nl?a=1&amp;b=2">x</a>')
    assert link["url"] == "https://x.nl?a=1&b=2"
    _, [pre] = parse_html('<pre><code class="language-python">x</code></pre>')
    assert (pre["type"], pre["language"]) == ("pre", "python")
    _, [emoji] = parse_html('<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>')
    assert emoji["custom_emoji_id"] == "5368324170671202286"


@pytest.mark.parametrize(
    ("source", "error"),
    [
        ("<x>", 'Unsupported start tag "x" at byte offset 0'),
        ("é <b", "Unclosed start tag at byte offset 3"),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<a href>x</a>", 'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0'),
        ('<a ="x">x</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ("<a href=x_y>x</a>", "Unexpected end of name token at byte offset 8"),
    ],
)
def test_html_errors_are_worded_as_the_server_does(source: str, error: str) -> None:
    with pytest.raises(ApiError) as caught:
        parse_html(source)
    assert caught.value.description == f"Bad Request: can't parse entities: {error}"


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_escaped_text_comes_back_whole(text: str) -> None:
    assert parse_html(to_html(text, [])) == (text, [])


@given(st.text(alphabet="ab é👍", max_size=20), st.text(alphabet="ab👍", min_size=1, max_size=9))
def test_offsets_count_utf16_units(before: str, bold: str) -> None:
    text, [entity] = parse_html(f"{before}<b>{bold}</b>")
    assert utf16_slice(text, entity["offset"], entity["length"]) == bold
    assert utf16_length(text) == len(text.encode("utf-16-le")) // 2
    assert to_html(text, [entity]) == f"{before}<b>{bold}</b>"


def test_white_space_around_goes_and_entities_move_along() -> None:
    text, [bold] = trimmed(
        "  👍 x  ", [{"type": "bold", "offset": 2, "length": 2}, {"type": "bold", "offset": 6, "length": 2}]
    )
    assert (text, bold) == ("👍 x", {"type": "bold", "offset": 0, "length": 2})


def test_commands_mentions_links_addresses_and_tags_are_found() -> None:
    text = "/start@buurtbode_bot hoi @fatima_1 https://x.nl/a?b. mail a@b.nl #buurt 1/2 a/b"
    found = [(e["type"], utf16_slice(text, e["offset"], e["length"])) for e in found_in(text)]
    assert found == [
        ("bot_command", "/start@buurtbode_bot"), ("mention", "@fatima_1"), ("url", "https://x.nl/a?b"),
        ("email", "a@b.nl"), ("hashtag", "#buurt"),
    ]  # fmt: skip
    code = [{"type": "code", "offset": 0, "length": 20}]
    assert found_in(text, code)[0] == code[0]
    assert ("bot_command", "/start@buurtbode_bot") not in [
        (e["type"], text[: e["length"]]) for e in found_in(text, code)
    ]


def test_rendered_html_is_safe() -> None:
    text, entities = parse_html('<b>&lt;script&gt;</b> <a href="https://x.nl">x</a> <pre>y</pre>')
    assert to_html(text, entities) == '<b>&lt;script&gt;</b> <a href="https://x.nl">x</a> <pre>y</pre>'


async def test_lengths_are_counted_after_parsing(world: World, bot: Client) -> None:
    world.add_person("Fatima", id=1, started=True)
    await bot.call("sendMessage", chat_id=1, text="<b>" + "x" * 4096 + "</b>", parse_mode="HTML")
    too_long = "400 Bad Request: message is too long"
    assert await bot.refused("sendMessage", chat_id=1, text="x" * 4097) == too_long
    await bot.call("sendMessage", chat_id=1, text="👍" * 2048)
    assert await bot.refused("sendMessage", chat_id=1, text="👍" * 2049) == too_long
    assert await bot.refused("sendMessage", chat_id=1, text=" \n ") == "400 Bad Request: message text is empty"
    assert await bot.refused("sendMessage", chat_id=1, text="<b> </b>", parse_mode="HTML") == (
        "400 Bad Request: message text is empty"
    )


async def test_entities_may_come_ready_made_and_are_checked(world: World, bot: Client) -> None:
    world.add_person("Fatima", id=1, started=True)
    bold = {"type": "bold", "offset": 0, "length": 2}
    message = await bot.call("sendMessage", chat_id=1, text="👍!", entities=[bold])
    assert message["entities"] == [bold]
    for wrong in ({"type": "fat", "offset": 0, "length": 1}, {"type": "bold", "offset": 2, "length": 2}):
        refusal = await bot.refused("sendMessage", chat_id=1, text="👍!", entities=[wrong])
        assert refusal.startswith("400 Bad Request: can't parse entities: ")
    for mode in ("MarkdownV2", "Wiki"):
        assert "400" in await bot.refused("sendMessage", chat_id=1, text="x", parse_mode=mode)
