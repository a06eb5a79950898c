"""A script in a story: whatever somebody writes is text on every page that shows it, to a parser and to a browser."""

import re
import xml.etree.ElementTree as ET
from html import unescape
from html.parser import HTMLParser
from itertools import product

import pytest
from django.conf import settings
from hypothesis import HealthCheck, example, given
from hypothesis import settings as trying
from hypothesis import strategies as st

from core.text import tidy
from stories.models import Status, Story
from tests.browser import DESK
from tests.stories.factory import a_story, published

TAGS = (
    "script", "img", "svg", "iframe", "style", "base", "meta", "form", "a", "math", "object", "textarea", "title",
    "template", "noscript", "details open", "body", "input autofocus", "video", "link rel=stylesheet",
)  # fmt: skip
ATTRIBUTES = (
    "onerror=alert(1)", "onload=alert(1)", "onfocus=alert(1) tabindex=1", "ontoggle='alert(1)'", 'onclick="alert(1)"',
    "src=x", "src=//x.example/x.js", 'href="javascript:alert(1)"', "style=background:url(//x.example)",
    "srcdoc='<script>alert(1)</script>'", "formaction=javascript:alert(1)", "action=javascript:alert(1)",
    "data=data:text/html,<script>alert(1)</script>", "http-equiv=refresh content='0;url=javascript:alert(1)'",
    "xlink:href=data:image/svg+xml,<svg/onload=alert(1)>",
)  # fmt: skip
# What may end the place in which a text stands, or says the same in other signs.
BREAKS = (
    "", '"', "'", "`", '">', "'>", "-->", "<!--", "]]>", "<![CDATA[", "</", "/>", "<", ">", "</textarea>", "</title>",
    "</script>", "</p></div>", "&lt;", "&#60;", "&#x3c;script&#x3e;", "&amp;lt;", "&", "\\u003cscript\\u003e",
    "%3Cscript%3E", "\uff1cscript\uff1e", "\u02bc", "{{ 7*7 }}", "{{ request.user }}", "{% debug %}", "{# x #}", "{{",
    "%}", "${7*7}", "<%= 7 %>", "\\x00", "&#0;", "%00", "\ufffd", "\u2028", "\u202e", "\ufeff", "\u0301",
    "javascript:alert(1)", "\n", "\n\n",
)  # fmt: skip
MARKUP = st.builds(
    "<{} {}>".format, st.sampled_from(TAGS), st.lists(st.sampled_from(ATTRIBUTES), max_size=3).map(" ".join)
)
PAYLOADS = st.lists(
    st.one_of(
        MARKUP,
        st.sampled_from(TAGS).map("</{}>".format),
        st.sampled_from(BREAKS),
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8),
    ),
    min_size=1,
    max_size=6,
).map(lambda parts: tidy("".join(parts)))
# One of each tag with each attribute, behind each break in turn.
THREE_HUNDRED = [
    f"{BREAKS[number % len(BREAKS)]}<{tag} {attribute}>alert(1)</{tag.split()[0]}>"
    for number, (tag, attribute) in enumerate(product(TAGS, ATTRIBUTES))
]
HARMLESS = (
    "Ik woonde bij Sanne in Zwolle.\n\nBel me op 06 12345678.\nOf kijk op www.voorbeeld.nl, zei mevrouw De Vries."
)
REFUSED = "window.refused = []; addEventListener('securitypolicyviolation', (event) => refused.push(event.blockedURI))"
ADDRESSES = frozenset(
    ("href", "src", "action", "formaction", "srcset", "data", "poster", "content", "hx-get", "hx-post")
)


class Parts(HTMLParser):
    """The elements of a page with the names of their attributes, the addresses in them, and the text."""

    def __init__(self, page: str):
        super().__init__()
        self.elements: set[tuple[str, ...]] = set()
        self.addresses: set[str] = set()
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements |= {(tag,), *((tag, name) for name, _ in attrs)}
        self.addresses |= {re.split("[?#]", str(value))[0] for name, value in attrs if name in ADDRESSES}

    def __or__(self, other):
        self.elements |= other.elements
        self.addresses |= other.addresses
        return self

    def handle_data(self, data):
        self.text += data

    def not_text(self, data):
        self.elements.add(("not text", data))

    handle_comment = handle_decl = handle_pi = unknown_decl = not_text


def words(text):
    return "".join(text.split())


class House:
    """A story on the site and one on the desk, with these texts, and every page that shows them."""

    def __init__(self, coordinator, reader, desk):
        self.reader, self.desk = reader, desk
        self.shown = published()
        self.told = a_story(status=Status.IN_HAND, reader=coordinator)

    def pages(self, payload, *more):
        text = "\n\n".join((HARMLESS, payload, *more))
        told = {
            "title": f"T {payload}"[:120],
            "teaser": f"T {payload}"[:200],
            "body": text,
            "helped": text,
            "feeling": text,
        }
        Story.objects.filter(pk=self.shown.pk).update(translated=True, language="pl", original_body=text, **told)
        Story.objects.filter(pk=self.told.pk).update(raw_body=text, raw_helped=text, raw_feeling=text)
        return {
            "story": self.page(self.reader, f"/verhalen/{self.shown.public_id}/"),
            "list": self.page(self.reader, "/verhalen/"),
            "search": self.page(self.reader, "/verhalen/", {"q": payload[:60]}),
            "desk": self.page(self.desk, f"/desk/verhalen/{self.told.public_id}/"),
        }

    def page(self, client, address, question=None):
        answer = client.get(address, question)
        assert answer.status_code == 200
        return Parts(answer.content.decode())

    def feed(self):
        nodes = list(ET.fromstring(self.reader.get("/verhalen/atom.xml").content).iter())
        read = [unescape(node.text or "") if node.get("type") == "html" else node.text or "" for node in nodes]
        assert not any(Parts(node.text or "").elements for node in nodes if node.get("type") == "html")
        return {(node.tag, *sorted(node.attrib)) for node in nodes}, "".join(read)


@pytest.mark.django_db
def test_no_text_becomes_an_element_an_attribute_or_an_address(client, coordinator, as_):
    house = House(coordinator, client, as_(coordinator))
    plain, plain_feed = house.pages("x"), house.feed()[0]
    for sought in ("", "Sanne", "Sane", "niets daarvan"):
        plain["search"] |= house.page(client, "/verhalen/", {"q": sought})

    @example([tidy("\ufffe\uffff<b>")])  # no signs of XML
    @example(['"><img src=x onerror=alert(1)>', "</textarea></title>"])
    @given(st.lists(PAYLOADS, min_size=1, max_size=12))
    @trying(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    def as_text(payloads):
        for name, page in house.pages(*payloads).items():
            assert page.elements <= plain[name].elements, name
            assert page.addresses <= plain[name].addresses, name
            if name in ("story", "desk"):
                assert all(words(payload) in words(page.text) for payload in payloads), name
        elements, text = house.feed()
        assert elements <= plain_feed
        assert words(f"T {payloads[0]}"[:200]) in words(text)

    as_text()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_three_hundred_scripts_run_at_no_reader_and_not_on_the_desk(new_page, coordinator, as_, live_server):
    assert len(set(THREE_HUNDRED)) == 300
    pages, cookie = ["/verhalen/"], as_(coordinator).cookies[settings.SESSION_COOKIE_NAME].value
    for begin in range(0, 300, 150):
        text = "\n\n".join(THREE_HUNDRED[begin : begin + 150])
        shown = published(title=THREE_HUNDRED[begin], body=text, helped=text, teaser=THREE_HUNDRED[begin + 1])
        told = a_story(status=Status.IN_HAND, reader=coordinator, raw_body=text)
        pages += [f"/verhalen/{shown.public_id}/", f"/desk/verhalen/{told.public_id}/"]
    page, dialogs = new_page(viewport=DESK), []
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])

    def close(dialog):
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", close)
    page.add_init_script(REFUSED)
    for address in pages:
        assert page.goto(address).status == 200
        assert page.get_by_text("alert(1)").count() > 0, "it is there to be read"
        page.keyboard.press("Tab")
        assert page.evaluate("refused") == [], address
    assert dialogs == []
