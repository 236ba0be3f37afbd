"""The pages that a browser is given, in both languages, and the files that they need: all of them from here."""

from __future__ import annotations

from functools import cache
from html import escape
from importlib.resources import files
from string import Template

from qiantai.words import Bilingual

TITLE = Bilingual("物业前台", "Front desk")
OPENING = Bilingual("正在打开前台…", "The desk is being opened …")
ENDED = Bilingual("前台已结束;写到一半的登记都留着", "The desk has ended; what was half written is kept")
AGAIN = Bilingual("重新打开", "Open again")
AWAY = Bilingual(
    "连不上前台的服务器。可行:看网络通不通、qiantai serve 还开着没有,再点一次;写到一半的登记都留着",
    "The desk's server is not reached. What would do: see to the network, and to qiantai serve, then try again; what "
    "was half written is kept",
)
MUCH = Bilingual(
    "要粘贴的字太多,没有粘贴。可行:一次最多 {most} 字",
    "That is too much to paste, and none of it was. What would do: {most} signs at most at once",
)
SCRIPT = Bilingual(
    "前台要用 JavaScript。可行:在浏览器里准许这个地址用",
    "The desk needs JavaScript. What would do: allow it for this address",
)
MOST_PASTED = 20_000
"""Signs: at three bytes each, less than the largest message that is taken."""
EVERY, UNHEARD = 5, 4
"""Seconds between two looks whether the server is there, and how many it leaves unanswered until it is given up."""
PASSWORD, ENTER = Bilingual("口令", "Password"), Bilingual("进入", "Enter")
FONTS_THERE = b"fontFamily:\"'Roboto Mono', Monaco, 'Courier New', monospace\""
"""How the terminal's script names its fonts, once; none of them has Chinese."""
NARROWED = ",rescaleOverlappingGlyphs:!0"
"""What the script is told besides: a sign too wide for its cell is narrowed."""
FONTS = (
    "'Desk Signs', 'Sarasa Mono SC', 'Maple Mono NF CN', 'Noto Sans Mono CJK SC', 'Source Han Mono SC', "
    "'Cascadia Mono', Consolas, Menlo, 'DejaVu Sans Mono', 'PingFang SC', 'Microsoft YaHei UI', 'Microsoft YaHei', "
    "'Noto Sans CJK SC', 'WenQuanYi Micro Hei', monospace"
)
_THEIRS = {"textual.js": "js/textual.js", "xterm.css": "css/xterm.css"}
_OURS = ("desk.js", "keys.js", "link.js", "desk.css")
_TYPES = {"js": "text/javascript", "css": "text/css"}


def policy(nonce: str, origin: str) -> str:
    """The page's rules for the browser: nothing from elsewhere, no script within the page, and no frame around it.

    Attributes of style are let through: the terminal draws by them where a machine has no WebGL.
    """
    socket = f" ws{origin.removeprefix('http')}" if origin else ""
    return (
        f"default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; style-src-attr 'unsafe-inline'; "
        f"img-src data:; connect-src 'self'{socket}; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    )


def desk_page(nonce: str, origin: str, language: str, size: int) -> str:
    """The page with the terminal in it; `size` is of its letters, in pixels."""
    return _filled(
        "desk.html",
        lang=_lang(language),
        title=TITLE[language],
        nonce=nonce,
        socket=f"ws{origin.removeprefix('http')}/ws",
        size=str(size),
        opening=OPENING[language],
        ended=ENDED[language],
        away=AWAY[language],
        much=MUCH.format(most=MOST_PASTED)[language],
        most=str(MOST_PASTED),
        every=str(EVERY),
        unheard=str(UNHEARD),
        script=SCRIPT[language],
        again=AGAIN[language],
    )


def words_page(what: Bilingual, language: str, *, form: bool = False, on: str = "") -> str:
    """A page that says this in both languages, the desk's own first.

    With `form` it asks for the password; it goes `on` to an address by itself.
    """
    other = "zh" if language == "en" else "en"
    paragraphs = "\n".join(
        f'<p lang="{_lang(each)}">{escape(line)}</p>' for each in (language, other) for line in what[each].splitlines()
    )
    asks = _filled("form.html", password=PASSWORD[language], enter=ENTER[language]) if form else ""
    goes = _filled("on.html", address=on) if on else ""
    return _page("words.html").substitute(
        lang=_lang(language), title=TITLE[language], on=goes, paragraphs=paragraphs, form=asks
    )


def _filled(name: str, **parts: str) -> str:
    return _page(name).substitute({key: escape(value) for key, value in parts.items()})


@cache
def _page(name: str) -> Template:
    return Template(files(__package__).joinpath("page", name).read_text(encoding="utf-8"))


@cache
def static(name: str) -> tuple[bytes, str]:
    """A file that pages need, and its type. Raises KeyError where there is none such."""
    if name in _THEIRS:
        body = files("textual_serve").joinpath("static", _THEIRS[name]).read_bytes()
        body = body.replace(FONTS_THERE, f'fontFamily:"{FONTS}"{NARROWED}'.encode())
    elif name in _OURS:
        body = files(__package__).joinpath("page", name).read_bytes()
    else:
        raise KeyError(name)
    return body, _TYPES[name.rpartition(".")[2]]


def _lang(language: str) -> str:
    return "en" if language == "en" else "zh-CN"
