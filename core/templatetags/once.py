"""`{% once %} … {% endonce %}`: markup that is the same for everybody, put together once in a process.

Looking up translations, addresses and hashed file names costs more than all the rest of a page. What stands inside
sees nothing of the request or the page: only the language, and the values that the tag names, as in
`{% once signed_in=user.is_authenticated %}`. So nothing of one reader can reach another through it. Name only values
of which there are a few; texts of the house may be among them, never what tellers or members wrote.
"""

from collections.abc import Hashable

from django import template
from django.template.base import FilterExpression, Node, NodeList, Parser, Token, token_kwargs
from django.template.context import Context
from django.template.loader_tags import BlockNode
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()

_LANGUAGE = "once:language"
MOST = 64  # kept for one place in a template; past that it is made anew each time


class OnceNode(Node):
    child_nodelists = ("nodelist",)

    def __init__(self, nodelist: NodeList, values: dict[str, FilterExpression]) -> None:
        self.nodelist, self.values = nodelist, values
        self.made: dict[tuple[Hashable, ...], SafeString] = {}

    def get_nodes_by_type(self, nodetype: type[Node]) -> list[Node]:
        """There are no blocks in here, and Django looks for those on every visit."""
        return [] if nodetype is BlockNode else super().get_nodes_by_type(nodetype)

    def render(self, context: Context) -> SafeString:
        language = _spoken(context)
        values = [value.resolve(context, ignore_failures=True) for value in self.values.values()] if self.values else ()
        key = (language, *values)
        made = self.made.get(key)
        if made is None:
            inside = Context(dict(zip(self.values, values, strict=True)))
            inside.template = context.template
            made = self.nodelist.render(inside)
            if len(self.made) < MOST:
                self.made[key] = made
        return made


def _spoken(context: Context) -> str:
    """The language of this page, asked once: a page has thirty of these places."""
    found: str | None = context.render_context.get(_LANGUAGE)
    if found is None:
        found = context.render_context[_LANGUAGE] = get_language() or ""
    return found


@register.tag
def once(parser: Parser, token: Token) -> OnceNode:
    """Keep what is inside for each language and each set of the named values."""
    bits = token.split_contents()[1:]
    values = token_kwargs(bits, parser)
    if bits:
        raise template.TemplateSyntaxError("`once` takes values by name only: {% once name=value %}")
    if any(command == "language" for command, _token in parser.command_stack):
        raise template.TemplateSyntaxError("A page speaks one language wherever `once` stands in it.")
    nodelist = parser.parse(("endonce",))
    parser.delete_first_token()
    if nodelist.get_nodes_by_type(BlockNode):
        raise template.TemplateSyntaxError("A block inside `once` could not be filled by the page.")
    return OnceNode(nodelist, values)
