"""The forms of values, where a mistake would reach a page."""

from __future__ import annotations

import pytest

from tusoi.formats import is_address


@pytest.mark.parametrize("text", ["https://git.example.vn/xa/ho-so", "http://10.0.0.5:3000/xa", "https://bao.example.vn/bai.html?so=1#muc"])
def test_an_address_of_the_web_is_one(text: str) -> None:
    assert is_address(text)


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//example.vn/a",
        "https://",
        "https://a b",
        'https://a"onclick=x',
        "https://a/<script>",
        "https://a/{branch}",
        "https://[x",
        "https://ten:mat-khau@git.example.vn/xa",
        "https://token@git.example.vn/xa",
    ],
)
def test_what_would_run_leave_the_page_or_tell_a_password_is_none(text: str) -> None:
    assert not is_address(text)
