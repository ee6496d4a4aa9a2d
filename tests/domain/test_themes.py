"""The theme of a report, guessed from its words."""

from timeit import timeit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import data
from bot.domain.enums import Kind, Theme
from bot.domain.phrases import PhraseBook
from bot.domain.themes import Guess, ThemeGuesser, municipality_mends, offered

GUESSER = ThemeGuesser.of(data.theme_words())
PUBLIC_SPACE = PhraseBook.of({"mends": data.public_space_words()}, data.public_space_exceptions())

SAID = {
    Theme.LIVABILITY: (
        "lantaarnpaal kapot",
        "De lamp bij de speeltuin doet het niet",
        "afval naast de container",
        "losse stoeptegel voor de school",
        "hondenpoep in het park",
        "het stinkt in de straat",
        "schommel is stuk",
        "The street light is broken",
        "garbage everywhere",
        "schimmel in mijn woning",
    ),
    Theme.POVERTY: (
        "ik kan de huur niet betalen",
        "ik heb schulden",
        "geen geld voor eten",
        "deurwaarder aan de deur",
        "I can\u2019t pay my bills",
        "mijn uitkering is gestopt",
        "we komen niet rond",
        "rekeningen en boodschappen zijn zo duur",
    ),
    Theme.LONELINESS: (
        "ik voel me alleen",
        "mijn buurvrouw is erg eenzaam",
        "ik ken hier niemand",
        "sinds mijn man overleden is zit ik thuis",
        "I feel lonely",
        "oude man komt nooit meer buiten",
    ),
    Theme.COHESION: (
        "buurtbarbecue organiseren",
        "ruzie met de buren",
        "ik wil vrijwilliger worden",
        "koffieochtend in het buurthuis",
        "harde muziek van de buren",
        "I want to learn Dutch",
        "street party",
    ),
    Theme.HEALTH: (
        "mijn moeder is dement",
        "hij is depressief",
        "ik ben mantelzorger en doodmoe",
        "buurman drinkt te veel",
        "verwarde man op straat",
        "I am depressed",
    ),
    Theme.SAFETY: (
        "er wordt drugs gedeald",
        "inbraak in de straat",
        "ze rijden veel te hard",
        "hangjongeren bij de flat",
        "ik voel me niet veilig in de tunnel",
        "cars drive too fast",
        "fiets gestolen",
    ),
    Theme.SUSTAINABILITY: (
        "moestuin beginnen",
        "zonnepanelen op het dak",
        "meer bomen planten",
        "hulp bij isolatie",
        "solar panels",
        "repair café",
    ),
}


@pytest.mark.parametrize(("theme", "text"), [(theme, text) for theme, texts in SAID.items() for text in texts])
def test_the_clearest_theme_comes_first(theme: Theme, text: str) -> None:
    assert GUESSER.guess(text)[0].theme is theme


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hallo",
        "ik heb een vraag",
        "kan iemand mij bellen",
        "test",
        "goedemorgen",
        "dank je wel",
        "straat",
        "🙂",
        "0042",
    ],
)
def test_under_the_threshold_nothing_is_guessed(text: str) -> None:
    assert GUESSER.guess(text) == []


def test_two_weak_words_are_enough_and_one_word_over_and_over_is_not_more() -> None:
    class Row:
        """The words of a theme."""

        key, strong, weak = "leefbaarheid", ("tegel",), ("kapot", "straat")

    guesser = ThemeGuesser.of([Row()])
    assert guesser.guess("kapot") == []
    assert guesser.guess("kapot in de straat") == [Guess(Theme.LIVABILITY, 2)]
    assert guesser.guess("kapot " * 50) == [Guess(Theme.LIVABILITY, 2)]
    assert guesser.guess("tegel kapot") == [Guess(Theme.LIVABILITY, 4)]


def test_all_themes_are_offered_once_with_the_guess_first() -> None:
    assert offered([Guess(Theme.SAFETY, 3)])[0] is Theme.SAFETY
    assert sorted(offered([Guess(Theme.SAFETY, 3)])) == sorted(Theme)
    assert offered([]) == list(Theme)


def test_anders_is_never_guessed() -> None:
    assert Theme.OTHER not in {Theme(row.key) for row in data.theme_words()}
    assert {Theme(row.key) for row in data.theme_words()} == set(Theme) - {Theme.OTHER}


@given(st.text(max_size=200))
def test_any_text_gives_a_ranking(text: str) -> None:
    scores = [guess.score for guess in GUESSER.guess(text)]
    assert scores == sorted(scores, reverse=True)
    assert all(score >= 2 for score in scores)


def test_guessing_takes_less_than_a_millisecond() -> None:
    texts = [text for texts in SAID.values() for text in texts]
    best = min(timeit(lambda: [GUESSER.guess(text) for text in texts], number=1) for _ in range(5))
    assert best / len(texts) < 0.001


@pytest.mark.parametrize(
    "text",
    [
        "lantaarnpaal kapot",
        "de lamp bij de speeltuin doet het niet",
        "afval naast de container",
        "losse stoeptegel",
        "volle prullenbak",
        "gat in de weg",
        "schommel kapot",
        "hondenpoep",
        "boom omgewaaid op het fietspad",
        "street light is broken",
        "the bin is full",
        "glass on the bike path",
    ],
)
def test_what_is_broken_or_dirty_outside_the_municipality_mends(text: str) -> None:
    assert municipality_mends(text, Kind.PLACE, PUBLIC_SPACE)
    assert municipality_mends(text, None, PUBLIC_SPACE)
    assert not municipality_mends(text, Kind.IDEA, PUBLIC_SPACE)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "schimmel in mijn woning",
        "de lamp in het portiek doet het niet",
        "samen afval opruimen in de straat",
        "gat in mijn broek",
        "wanneer is de rommelroute",
        "ik voel me alleen",
        "hangjongeren op het plein",
        "te weinig bankjes in het park",
        "ze rijden te hard",
    ],
)
def test_the_rest_is_not_for_its_counter(text: str) -> None:
    assert not municipality_mends(text, Kind.PLACE, PUBLIC_SPACE)
