import pytest

pytestmark = pytest.mark.browser


def test_the_site_opens_in_a_real_browser_without_a_cookie(phone):
    assert phone.goto("/").status == 200
    assert phone.context.cookies() == []


def test_it_opens_without_javascript_too(phone_without_js):
    assert phone_without_js.goto("/").status == 200
