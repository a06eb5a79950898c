"""E-mail addresses, web addresses and social handles."""

from __future__ import annotations

import re

from stories.recogniser.lists import is_common, not_identifying
from stories.recogniser.marks import MarkKind, Span

_TOP = "nl|com|org|net|eu|be|de|info|me|io|co|frl|amsterdam|example|tr|pl|ua|online|site|app|gg|tv"
_TAIL = "apen?staart(?:je)?"
_AT = rf"(?:\s?@\s?|\s?[(\[{{<]\s?(?:@|at|a|{_TAIL})\s?[)\]}}>]\s?|\s(?:at|{_TAIL})\s)"
_DOT = r"(?:\.|\s?[(\[{<]\s?(?:\.|dot|punt)\s?[)\]}>]\s?|\spunt\s|\sdot\s)"
# With a space beside the dot or a comma for it only before these (behind a dot 'net' begins a sentence: 'ik at patat.
# Net toen'), and with nothing behind it only at these.
_APART = r"(?:(?:\s?\.\s?|,)(?:nl|com|org|eu)|(?:\s\.\s?|,)net)"
_PROVIDER = r"(?:gmail|googlemail|hotmail|outlook|icloud|ziggo|yahoo|kpnmail|protonmail)"
_EMAIL = re.compile(
    rf"(?<![\w.%+\-])[a-z0-9][\w.%+\-]{{0,63}}{_AT}(?:[a-z0-9\-]{{1,63}}(?:{_DOT}[a-z0-9\-]{{1,63}}){{0,3}}"
    rf"(?:{_DOT}(?:{_TOP}|[a-z]{{2,6}})|{_APART})|{_PROVIDER})\b"
)
_WEB = re.compile(
    rf"\b(?:https?://[^\s<>\"]+|www\.[^\s<>\"]+|(?<![.\-])[a-z0-9][a-z0-9\-]{{0,62}}(?:\.[a-z0-9\-]{{1,62}}){{0,3}}\.(?:{_TOP})\b(?:/[^\s<>\"]*)?)"
)
# Sites of help lines belong to everybody.
_PUBLIC_SITES = (
    "113.nl", "kindertelefoon.nl", "jeugdstem.nl", "veiligthuis.nl", "allesoke.nl", "rijksoverheid.nl",
    "politie.nl", "gezinshuis.com", "bol.com",
)  # fmt: skip
_HANDLE = re.compile(r"(?<![\w.])@(?P<name>[a-z0-9_][\w.]{1,30})")
_NETWORK = re.compile(
    r"\b(?:snap(?:chat)?|insta(?:gram)?|tik\s?tok|discord|telegram|facebook|fb|twitter|x-account|youtube|twitch|"
    r"roblox|fortnite|psn|ig|sc)\b(?:\s+(?:ook|is|heet|ze|hij|zij|ben|ik|onder|als|naam|naamje|account|naar|op|via|me|met|mijn|mn|sta|@))"
    r"{0,4}\s*[:=@]?\s*(?P<name>[a-z0-9_][\w.#\-]{2,30})"
)


# A name nobody has by birth: with an underscore inside, or letters with a tail of digits ('noah_030x', 'lieke2008').
_MADE_UP = re.compile(
    r"(?<![\w.@/-])(?=[a-z0-9._]{0,30}[a-z])(?:(?:[a-z0-9]+\.)*[a-z0-9]*_[\w.]{0,30}|(?!covid|windows|mp3|ps\d|h2o|a4\b)[a-z]{4,24}\d{2,6}"
    r"|[a-z]{3,}(?:\.[a-z]{2,}|\.exe)[_\d]{1,6})(?![\w@-]|\.[a-z])"
)
_ON = re.compile(
    r"(?P<name>[a-z0-9_][\w.\-]{2,30})\s+(?:heet\s+ik\s+)?(?:op|via)\s+(?:mijn\s+|me\s+|mn\s+|zijn\s+|haar\s+)?"
    r"(?:snap(?:chat)?|insta(?:gram)?|tik\s?tok|tt|discord|dc|telegram|twitch|roblox|fortnite|psn|ig|steam|xbox|facebook|fb)\b"
)
_IS_CALLED = re.compile(
    r"\b(?:snap(?:chat)?|insta(?:gram)?|tik\s?tok|discord|telegram|twitch|roblox|psn|ig|steam|gamertag|username|"
    r"gebruikersnaam|accountnaam|account)(?:naam)?\s*(?:[:=]|is|heet|=)\s*(?P<name>[a-z0-9_][\w.\-]{2,30})"
)
# Somewhere behind the name of a network, a name in pieces: 'op insta heet ze nu anders, was roosje.vd.l'.
_A_NETWORK = re.compile(r"\b(?:snap(?:chat)?|insta(?:gram)?|tik\s?tok|discord|telegram|twitch|roblox|ig)\b")
_IN_PIECES = re.compile(r"(?<![\w.@/])(?P<name>[a-z0-9]{2,}(?:[._][a-z0-9]+){1,5})(?![\w@/])")
_WITHIN = 70
_PASSWORD = re.compile(r"\b(?:wachtwoord\w*|ww|password|pincode|toegangscode)\b[^@]{0,50}\Z")


def find_email(text: str) -> list[Span]:
    """E-mail addresses, also written out ('naam apenstaartje gmail punt com')."""
    return [Span(*match.span(), MarkKind.EMAIL) for match in _EMAIL.finditer(text)]


def find_web(text: str) -> list[Span]:
    """Web addresses with or without scheme; sites of public help lines are left alone."""
    found = []
    for match in _WEB.finditer(text):
        end = match.start() + len(match.group().rstrip(".,;:!?)'"))
        host = re.sub(r"^https?://", "", text[match.start() : end]).removeprefix("www.")
        if end > match.start() and not host.startswith(_PUBLIC_SITES):
            found.append(Span(match.start(), end, MarkKind.WEB))
    return found


def find_handle(text: str) -> list[Span]:
    """Names on social networks: behind an @, or behind the name of a network."""
    found = [
        Span(match.start(), match.start() + len(match.group().rstrip(".")), MarkKind.SOCIAL_HANDLE)
        for match in _HANDLE.finditer(text)
    ]
    for match in _NETWORK.finditer(text):
        name = match.group("name").rstrip(".-")
        looks_made_up = bool(re.search(r"[\d_#]|[a-z]\.[a-z]", name))
        if len(name) > 2 and looks_made_up and not name.isdigit() and not is_common(name):
            found.append(Span(match.start("name"), match.start("name") + len(name), MarkKind.SOCIAL_HANDLE))
    found += [
        Span(*match.span("name"), MarkKind.SOCIAL_HANDLE)
        for network in _A_NETWORK.finditer(text)
        for match in _IN_PIECES.finditer(text, network.end(), network.end() + _WITHIN)
        if not all(is_common(part) for part in re.split(r"[._]", match["name"]))
    ]
    found += [
        Span(*match.span(), MarkKind.SOCIAL_HANDLE)
        for match in _MADE_UP.finditer(text)
        if not _is_password(text, match.start())
    ]
    return found + _on_a_network(text)


def _is_password(text: str, start: int) -> bool:
    secret = _PASSWORD.search(text, max(0, start - 70), start)
    return secret is not None and _A_NETWORK.search(secret.group()) is None


def _on_a_network(text: str) -> list[Span]:
    found = []
    for pattern in (_ON, _IS_CALLED):
        for match in pattern.finditer(text):
            name = match.group("name").rstrip(".-")
            if not is_common(name) and name not in not_identifying() and not name.isdigit():
                found.append(Span(match.start("name"), match.start("name") + len(name), MarkKind.SOCIAL_HANDLE))
    return found
