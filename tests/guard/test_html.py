"""The tokenizer against the HTML standard, and against an independent one."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flask_garrison.guard.html import RAW_ELEMENTS, Place, Tag, Tokenizer, likeliest, raw_text_end, read_tag

SCRIPT_BODIES = [
    (b"a</script>", 1),
    (b"a</SCRIPT\n>", 1),
    (b"'</scripty>'</script/x>", 12),
    (b"<!--</script>", 4),
    (b"<!--<script></script>--></script>", 24),
    (b"<!--<script></script></script>", 21),
    (b"<!--<scripty></script>", 13),
    (b"<!--><script></script>", 13),
    (b"<!---><script></script>", 14),
    (b"<!-- --><script></script>", 16),
    (b"<!--<script>--></script>", 15),
    (b"<script></script>", 8),
    (b"<!--<script></script>", None),
    (b"a</script", None),
    (b"a</script ", 1),
    (b"", None),
]


@pytest.mark.parametrize(("body", "end"), SCRIPT_BODIES)
def test_where_a_script_ends(body: bytes, end: int | None) -> None:
    assert raw_text_end("script", body, 0) == end


@pytest.mark.parametrize(
    ("source", "attributes"),
    [
        (b"<p>", {}),
        (b"<p a>", {"a": b""}),
        (b"<p A=1 a=2>", {"a": b"1"}),
        (b"<p a = '>' b=\"'\">", {"a": b">", "b": b"'"}),
        (b"<p/a=1/>", {"a": b"1/"}),
        (b"<p a=>", {"a": b""}),
        (b"<p a= b>", {"a": b"b"}),
        (b"<p =a=b>", {"=a": b"b"}),
        (b"<p a'b=c\"d<e>", {"a'b": b'c"d<e'}),
        (b"<p a=''b=''>", {"a": b"", "b": b""}),
        (b"<p\ta\r=\n1\fb>", {"a": b"1", "b": b""}),
    ],
)
def test_attributes(source: bytes, attributes: dict[str, bytes]) -> None:
    tag = read_tag(source)
    assert tag is not None
    assert tag.end == len(source)
    assert tag.attributes == attributes


@pytest.mark.parametrize(
    "source", [b"", b"<", b"< p>", b"<p", b"<p a='>", b'<p a=">', b"<p a=b", b"<!p>", b"<3>", b"x<p>"]
)
def test_no_whole_tag(source: bytes) -> None:
    assert read_tag(source) is None


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (b"<a/>", True),
        (b"<a />", True),
        (b"<a b/>", True),
        (b"<a b=c/>", False),
        (b"<a b='c'/>", True),
        (b"<a>", False),
    ],
)
def test_self_closing(source: bytes, expected: bool) -> None:
    tag = read_tag(source)
    assert tag is not None
    assert tag.self_closing is expected


@pytest.mark.parametrize(
    ("source", "place", "raw"),
    [
        (b"a", Place.DATA, ""),
        (b"<p", Place.TAG, ""),
        (b"<p a='>", Place.TAG, ""),
        (b"<", Place.TAG, ""),
        (b"<!-- <p>", Place.TEXT, ""),
        (b"<!doctype", Place.TEXT, ""),
        (b"<textarea><p>", Place.TEXT, "textarea"),
        (b"<script>a</script>", Place.DATA, ""),
        (b"<svg><style/>", Place.DATA, ""),
        (b"<svg><![CDATA[<p>", Place.TEXT, ""),
        (b"<svg><![CDATA[<p>]]>", Place.DATA, ""),
        (b"</ p>", Place.DATA, ""),
        (b"</>", Place.DATA, ""),
        (b"<!-->", Place.DATA, ""),
        (b"<!--->", Place.DATA, ""),
        (b"<!--!>", Place.TEXT, ""),
        (b"<!-- --!>", Place.DATA, ""),
    ],
)
def test_places(source: bytes, place: Place, raw: str) -> None:
    tokenizer = Tokenizer()
    tokenizer.feed(source)
    assert (tokenizer.place, tokenizer.raw) == (place, raw)


def test_offsets_count_from_the_chunk() -> None:
    tokenizer = Tokenizer()
    assert tokenizer.feed(b"ab<p ") == []
    assert tokenizer.held == 3
    assert tokenizer.feed(b"x>") == [Tag("p", False, -3, 2, b" x")]


def test_the_likeliest_state_is_the_one_that_finds_tags() -> None:
    data, comment = Tokenizer(), Tokenizer()
    comment.feed(b"<!--")
    assert likeliest([comment, data]) is data


PIECES = st.sampled_from(
    "<script> <script <SCRIPT\tsrc=a> </script> </script </scr <!-- --> --!> <!--> <form <form> </form> <form\ta='> "
    'a=" > < / </ </> <! <? ?> \' " = <b> <textarea> </textarea> <title> </title> <style> </style> <xmp> </xmp> '
    "<plaintext <iframe> </iframe> x - -- \t & &lt; <scripty> <a\tb=c/> é <!doctype\thtml>".replace("\t", "\0").split()
).map(lambda piece: piece.replace("\0", " "))
DOCUMENTS = st.lists(PIECES, max_size=25).map("".join)


def independent(document: str) -> list[tuple[str, dict[str, str]]]:
    """Return the scripts and forms that html5lib's tokenizer starts."""
    tokenizer_module = pytest.importorskip("html5lib._tokenizer")
    kinds = pytest.importorskip("html5lib.constants").tokenTypes
    tokenizer = tokenizer_module.HTMLTokenizer(document)
    found = []
    for token in tokenizer:
        if token["type"] != kinds["StartTag"]:
            continue
        name = token["name"]
        if name in RAW_ELEMENTS:
            tokenizer.state = getattr(tokenizer, _states(name))
        if name in ("script", "form"):
            found.append((name, dict(reversed(token["data"]) if isinstance(token["data"], list) else token["data"])))
    return found


def _states(name: str) -> str:
    special = {"script": "scriptDataState", "plaintext": "plaintextState"}
    return special.get(name, "rcdataState" if name in ("textarea", "title") else "rawtextState")


def ours(document: str, cuts: list[int]) -> list[tuple[str, dict[str, str]]]:
    data, tokenizer, tags = document.encode(), Tokenizer(), []
    bounds = sorted({0, len(data), *(cut % (len(data) + 1) for cut in cuts)})
    for start, end in pairwise(bounds):
        tags += [tag for tag in tokenizer.feed(data[start:end]) if not tag.closing]
    wanted = [tag for tag in tags if tag.name in ("script", "form")]
    return [(tag.name, {_text(name): value.decode() for name, value in tag.attributes.items()}) for tag in wanted]


def _text(name: str) -> str:
    return name.encode("latin-1").decode()


@settings(max_examples=600, deadline=None)
@given(DOCUMENTS, st.lists(st.integers(0, 400), max_size=6))
def test_agrees_with_html5lib_however_it_is_cut(document: str, cuts: list[int]) -> None:
    expected = [(name, {k: v.replace("&lt;", "<") for k, v in data.items()}) for name, data in independent(document)]
    mine = [(name, {k: v.replace("&lt;", "<") for k, v in data.items()}) for name, data in ours(document, cuts)]
    assert mine == expected


@settings(max_examples=300, deadline=None)
@given(DOCUMENTS)
def test_single_bytes_and_the_whole_find_the_same(document: str) -> None:
    assert ours(document, list(range(len(document.encode())))) == ours(document, [])


@pytest.mark.parametrize(
    "unit",
    [b"<a ", b"<a b='", b"<a b=", b"<!--", b"</script", b"<script", b"=", b"a ", b"/", b"<", b'"', b"<!--<script>"],
)
def test_hostile_repetition_takes_linear_time(unit: bytes) -> None:
    def seconds(size: int) -> float:
        data = b"<script " + unit * (size // len(unit))
        start = time.process_time()
        read_tag(data)
        raw_text_end("script", data, 0)
        return time.process_time() - start

    small, large = (min(seconds(size) for _ in range(3)) for size in (20_000, 320_000))
    # Sixteen times the input: linear is 16, quadratic is 256.
    assert large < 120 * max(small, 0.0005)
