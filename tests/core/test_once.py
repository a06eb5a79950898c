"""`once`: what is the same for everybody is made once, and nothing of one reader reaches another."""

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils.translation import override

from core.templatetags.once import MOST, OnceNode


def test_it_sees_nothing_of_the_page_but_what_is_named():
    template = Template("{% once shown=name %}{{ shown }}|{{ name }}|{{ secret }}{% endonce %}")
    assert template.render(Context({"name": "a", "secret": "b"})) == "a||"


def test_each_set_of_named_values_has_its_own_and_what_is_inside_is_escaped():
    template = Template("{% once name=name %}{{ name }}{% endonce %}")
    assert template.render(Context({"name": "<b>"})) == "&lt;b&gt;"
    assert template.render(Context({"name": "c"})) == "c"
    assert template.render(Context({"name": "<b>"})) == "&lt;b&gt;"


def test_it_is_made_once_and_keeps_no_more_than_a_few():
    template = Template("{% once name=name %}{% now 'u' %}{% endonce %}")
    first = template.render(Context({"name": 0}))
    assert template.render(Context({"name": 0})) == first
    for number in range(100):
        template.render(Context({"name": number}))
    node = template.nodelist[0]
    assert isinstance(node, OnceNode)
    assert len(node.made) == MOST


def test_each_language_has_its_own():
    template = Template("{% once %}{% get_current_language as spoken %}{{ spoken }}{% endonce %}")
    for language in ("nl", "ar", "nl"):
        with override(language):
            assert template.render(Context()) == language


@pytest.mark.parametrize(
    "wrong",
    [
        "{% once %}{% block a %}{% endblock %}{% endonce %}",
        "{% once a %}{% endonce %}",
        "{% language 'ar' %}{% once %}{% endonce %}{% endlanguage %}",
    ],
)
def test_what_could_not_work_is_refused(wrong):
    with pytest.raises(TemplateSyntaxError):
        Template(wrong)
