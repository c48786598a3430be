"""CSS rules beyond what themes can express, and the window's icon. Text of documents never goes in here."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from app.chat.i18n import COOKIE, KEPT, direction, language

if TYPE_CHECKING:
    from PIL.Image import Image

_FONTS = {"Noto Sans Khmer": "noto-sans-khmer", "Noto Sans Devanagari": "noto-sans-devanagari"} | {
    "Noto Naskh Arabic": "noto-naskh-arabic"
}
"""Scripts that an old computer may have no font for; SIL Open Font License, in ``static/``."""
_COLOURS = {
    "light": "--line: #c3ced6; --tint: #e9eff3; --mark: #b38f00; --marked: #fff8d6; --ground: #fff; --accent: #1f5673;"
    " --quiet: #56626c; --on-accent: #fff;",
    "dark": "--line: #46535e; --tint: #232d35; --mark: #e0b400; --marked: #3a3314; --ground: #14191e;"
    " --accent: #7db8d8; --quiet: #a9b5be; --on-accent: #0d1216",
}
_REPORTS = {
    "light": ("#1f5673", "#8a4b08", "#3d6b21", "#7a3471", "#5c5c14"),
    "dark": ("#7db8d8", "#e0a060", "#95c97a", "#d69acb", "#c4c46a"),
}
"""Reports of an answer have one each, in turn."""
REPORT_COLOURS = len(_REPORTS["light"])
_SVG = (
    "url(\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24' fill='none'"
    " stroke='black' stroke-width='1.8' stroke-linecap='round' stroke-linejoin='round'%3E{}%3C/svg%3E\")"
)
_PICTURES = {
    "copy": _SVG.format(
        "%3Crect x='9' y='8' width='11' height='13' rx='1.5'/%3E%3Cpath d='M5 16V4.5C5 3.7 5.7 3 6.5 3H16'/%3E"
    ),
    "tick": _SVG.format("%3Cpath d='M5 12.5l4.5 4.5L19 7.5'/%3E"),
}
"""Of the buttons that copy."""
_RULES = """
/* A script takes no room, nor the gap after it. */
[data-testid="stElementContainer"]:has(> [data-testid="stHtml"] > script:only-child) { display: none; }
.stMainBlockContainer { padding: 4.5rem 2rem 1rem; max-width: 96rem; }
[data-testid="stBottomBlockContainer"] { padding: .5rem 2rem 1rem; max-width: 60rem; gap: .25rem; }
[data-testid="stSidebarHeader"] { height: 2.5rem; margin-bottom: 0; padding-bottom: 0; }
[data-testid="stSidebarUserContent"] { padding-bottom: 1.5rem; }
[data-testid="stSidebarUserContent"] h3 { padding: 0; }
.st-key-conversation:has([class*="st-key-answer-"]) { padding-bottom: 30vh; }
[data-testid="stColumn"]:has(.st-key-page-closed) { display: none; }
.st-key-conversation { max-width: 48rem; margin: 0 auto; }
.st-key-guide { max-width: 48rem; }
[class*="st-key-guide-question-"] button { text-align: start; justify-content: start; }
[class*="st-key-asked-"] { scroll-margin-top: 4.75rem; }
.stMain button, .stSidebar button { min-height: 1.75rem; min-width: 1.75rem; }
.stMain h2 { font-size: 1.6rem; padding: 0 0 .5rem; }
.stMain h3 { font-size: 1.2rem; padding: .5rem 0 .25rem; }
/* What Streamlit makes half transparent has too little contrast. */
[data-testid="stCaptionContainer"], [data-testid="stCaptionContainer"] p { color: var(--quiet); opacity: 1; }
::placeholder { color: var(--quiet) !important; opacity: 1 !important; }
button[kind^="primary"]:not(:disabled), button[kind^="primary"]:not(:disabled) p { color: var(--on-accent); }
[data-testid="stMultiSelect"] span[title], [data-testid="stMultiSelect"] span[title] ~ * { color: var(--on-accent); }
/* Buttons with a picture alone: their words are for those who hear the screen. */
:is([class*="st-key-name-"], [class*="st-key-delete-"], [class*="st-key-brief-quote-"],
  [class*="st-key-brief-steps-"] > [class*="st-key-brief-"], .st-key-page-previous, .st-key-page-next,
  .st-key-turn-previous, .st-key-turn-next) button
  [data-testid="stMarkdownContainer"] { position: absolute; width: 1px; height: 1px; overflow: hidden;
  clip-path: inset(50%); }
[data-testid="stText"] { white-space: pre-wrap; overflow-wrap: anywhere; }
/* Every paragraph runs the way of its own first letter: reports are read in another language than the screen's. */
[data-testid="stText"], [data-testid="stText"] *, [data-testid="stMarkdownContainer"] :is(h1, h2, h3, p, li),
  [data-testid="stCaptionContainer"] p { unicode-bidi: plaintext; }
[data-testid="stMarkdownContainer"], [data-testid="stMarkdownContainer"] :is(h1, h2, h3, ul, li),
  [data-testid="stMarkdown"] p, [data-testid="stCaptionContainer"] p, [data-testid="stText"], [data-testid="stText"] * {
  text-align: start; }
[dir="rtl"] [data-testid="stMarkdownContainer"] :is(ul, ol, li) { padding-left: 0; margin-left: 0;
  padding-inline-start: .75rem; }
[dir="rtl"] .stSidebar h3 { text-align: right; }
[dir="rtl"] [data-testid="stToolbar"] > div > div:last-child { margin-left: 0; margin-right: auto; }
[dir="rtl"] [data-testid="stSidebar"][data-collapsed="true"] { transform: translateX(300px) !important; }
[dir="rtl"] :is(.st-key-page-previous, .st-key-page-next, .st-key-turn-previous, .st-key-turn-next,
  [data-testid="stExpandSidebarButton"],
  [data-testid="stSidebarCollapseButton"]) [data-testid="stIconMaterial"] { transform: scaleX(-1); }
[dir="rtl"] code { direction: ltr; unicode-bidi: isolate; }
[class*="st-key-asked-"] > div { background: var(--tint); padding: .5rem .9rem; border-radius: .4rem; }
[class*="st-key-sentence-"] { border-inline-start: 3px solid var(--line); padding-inline-start: .75rem; gap: .35rem; }
[class*="st-key-sentence-"][class*="-best"] [data-testid="stText"] { font-size: 1.15rem; line-height: 1.45; }
[class*="st-key-sentence-"] button { padding: 0 .4rem; min-width: 2rem; }
[class*="st-key-sentence-"] :is(button, [data-testid="stCaptionContainer"]) { user-select: none; }
/* The number of a quote, and below it what can be done with the quote. */
[class*="st-key-sentence-"]:has([class*="st-key-actions-"]) { display: grid; row-gap: 0; align-items: start;
  grid-template: repeat(8, min-content) 1fr / minmax(0, 1fr) auto; }
[class*="st-key-sentence-"]:has([class*="st-key-actions-"]) > * { grid-column: 2; justify-self: end; width: auto; }
[class*="st-key-sentence-"]:has([class*="st-key-actions-"]) > :first-child { grid-area: 1 / 1 / -1 / 2; width: 100%; }
[class*="st-key-sentence-cell-"] [class*="st-key-actions-"] { flex-direction: column; }
[class*="st-key-actions-"] { flex-wrap: nowrap; }
[class*="st-key-actions-"] button, [class*="st-key-brief-steps-"] button { min-width: 1.75rem; padding: 0;
  color: var(--quiet); }
button.insights-copy { display: inline-flex; align-items: center; gap: .5rem; min-height: 2.05rem; padding: 0 .75rem;
  border: 1px solid var(--line); border-radius: .4rem; background: none; color: inherit; font: inherit;
  font-size: .875rem; cursor: pointer; }
button.insights-copy.bare { border: 0; padding: 0; justify-content: center; min-height: 1.75rem; color: var(--quiet); }
button.insights-copy:hover { color: var(--accent); border-color: var(--accent); }
.insights-copy:focus-visible { outline: 3px solid var(--accent); outline-offset: 1px; }
.insights-copy .picture { width: 1.1rem; height: 1.1rem; background: currentColor; mask: var(--copy) center / contain; }
.insights-copy.done .picture { mask-image: var(--tick); }
#insights-copied { position: fixed; inset-block-start: 4rem; inset-inline: 0; margin: 0 auto; width: fit-content;
  z-index: 1001; border-radius: .4rem; background: var(--accent); color: var(--on-accent); font-size: .9rem; }
#insights-copied.shown { padding: .4rem .9rem; }
#insights-by-hand { width: min(40rem, 92vw); padding: 1rem; border: 1px solid var(--line); border-radius: .4rem;
  background: var(--ground); color: inherit; }
#insights-by-hand textarea { width: 100%; margin: .5rem 0; font: inherit; color: inherit; background: var(--tint);
  border: 1px solid var(--line); }
[class*="st-key-brief-item-"] { gap: .25rem; }
[class*="st-key-brief-steps-"] { justify-content: flex-end; }
[class*="st-key-open-"] button, [class*="st-key-open-"] button > div { justify-content: start; text-align: start; }
.st-key-page-quote { border-inline-start: 3px solid var(--mark); background: var(--marked); padding: .5rem .75rem; }
[class*="st-key-page-number-"] button { display: none; }
[class*="st-key-page-number-"] input { padding: 0 .4rem; text-align: center; }
[class*="st-key-found-"] button, [class*="st-key-found-"] button > div { justify-content: start; text-align: start; }
.st-key-page-panel { gap: .6rem; }
.st-key-page-panel:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.st-key-page-panel:focus:not(:focus-visible) { outline: none; }
.st-key-page-panel [data-testid="stImage"] img { border: 1px solid var(--line); border-radius: 0; }
@media (min-width: 641px) {
  /* Where a close-up of the page shows it, large enough to be read, its text is for those who hear the screen. */
  .st-key-page-quote-heard { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  [data-testid="stColumn"]:has(.st-key-page-panel) { position: sticky; top: 4.25rem; align-self: flex-start;
    max-height: calc(100vh - 12.5rem); overflow-y: auto; padding-inline-end: .75rem; }
}
@media (max-width: 640px) {
  /* The name above, its buttons in one row below it. */
  [class*="st-key-chat-"] > :first-child { flex: 1 0 100%; }
  [class*="st-key-brief-steps-"] > :first-child { flex: 1 0 100%; }
  .stMainBlockContainer, [data-testid="stBottomBlockContainer"] { padding-left: 1rem; padding-right: 1rem; }
  .stMainBlockContainer:has(.st-key-page-panel) { padding-bottom: 60vh; }
  .st-key-conversation button, .st-key-case-result button, .st-key-guide button { scroll-margin: 4rem 0 68vh; }
  /* The page has the whole width anyway. */
  .st-key-page-wide, .st-key-page-narrow { display: none; }
  /* Below the conversation, and in sight: a click far up must not change something far down. */
  .st-key-page-panel { position: fixed; left: 0; right: 0; bottom: 0; width: 100%; max-height: 62vh; overflow-y: auto;
    background: var(--ground); border-top: 2px solid var(--accent); padding: .75rem 1rem 1rem;
    z-index: 1000; flex-wrap: nowrap; }
  .st-key-page-panel:has(.st-key-page-narrow) { max-height: 94vh; }
}
"""


_SET_LANGUAGES = """
window.insightsLanguages ??= (() => {
  const update = () => {
    for (const one of document.querySelectorAll('[class*="-written-in-"]')) {
      const code = one.className.match(/-written-in-([a-z]+)/)[1];
      if (one.lang !== code) one.lang = code;
    }
    for (const one of document.querySelectorAll('.st-key-conversation:not([aria-live])'))
      Object.assign(one, {role: 'log', ariaLive: 'polite', ariaRelevant: 'additions'});
    for (const one of document.querySelectorAll('div[lang]:not([class*="-written-in-"])')) one.removeAttribute('lang');
  };
  const watch = new MutationObserver(update);
  watch.observe(document.body, {subtree: true, childList: true, attributeFilter: ['class']});
  update();
  return watch;
})();
"""
"""For screen readers. Streamlit's texts take no ``lang``: this script sets it from the key of their container.
New sentences of an answer are announced as they arrive."""


def style(theme: str) -> str:
    """Return the rules for a theme, "light" or "dark", as HTML; what is not known is light."""
    theme = theme if theme in _COLOURS else "light"
    pictures = "; ".join(f"--{name}: {picture}" for name, picture in _PICTURES.items())
    reports = "".join(
        f'[class*="st-key-report-{n}-"] [class*="st-key-sentence-"] {{ border-color: {colour}; }}\n'
        f'[class*="st-key-report-{n}-"] > div > [data-testid="stCaptionContainer"] p {{ color: {colour}; }}\n'
        for n, colour in enumerate(_REPORTS[theme])
    )
    return f"<style>{_font_faces()}\n:root {{ {_COLOURS[theme]}; {pictures}; }}{_RULES}{reports}</style>"


def _font_faces() -> str:
    # "swap" shows the text at once, in whatever font there is.
    return "".join(
        f"@font-face {{ font-family: '{family}'; font-weight: {weight}; font-display: swap;"
        f" src: url('app/static/{file}-{weight}.woff2') format('woff2'); }}"
        for family, file in _FONTS.items()
        for weight in (400, 700)
    )


def scroll_to(selector: str, block: str, occasion: str) -> None:
    """Scroll an element into view, once per ``occasion``. Never pass a document's text."""
    import streamlit as st

    # Streamlit renders a button twice, once out of sight to measure its width.
    seen = f"[...document.querySelectorAll('{selector}')].find(one => one.offsetParent)"
    script = f"{seen}?.scrollIntoView({{block: '{block}'}})"
    st.html(f"<script>/* {occasion} */ {script}</script>", unsafe_allow_javascript=True)


def focus_on(selector: str, occasion: str) -> None:
    """Focus an element, once per ``occasion``: what was clicked may be gone. Never pass a document's text.

    It is tried for two seconds: the element may not be drawn yet, or lose the focus again while it is being moved.
    """
    import streamlit as st

    script = f"""const pressed = document.activeElement;
    const go = (left) => {{
      const one = [...document.querySelectorAll('{selector}')].find(one => one.clientHeight);
      if (one && !one.matches('button')) one.tabIndex = -1;
      one?.focus({{preventScroll: true}});
      const lost = () => [document.body, pressed].includes(document.activeElement);
      if (left) setTimeout(() => (!one || lost()) && go(left - 1), 200);
    }};
    go(10);"""
    st.html(f"<script>/* {occasion} */ {{ {script} }}</script>", unsafe_allow_javascript=True)


def language_key(key: str, code: str) -> str:
    """Return a container's key with its text's language, ISO 639-1, for ``lang``; ``key`` where it is unknown."""
    return f"{key}-written-in-{code}" if code else key


def set_page_language() -> None:
    """Set the page's language and direction for the browser and screen readers; save a choice in a cookie."""
    import streamlit as st

    code = language()
    script = f"Object.assign(document.documentElement, {{lang: '{code}', dir: '{direction(code)}'}}); {_SET_LANGUAGES}"
    if st.session_state.get(KEPT):
        script += f" document.cookie = '{COOKIE}={code}; path=/; max-age=31536000; samesite=strict';"
    st.html(f"<script>{script}</script>", unsafe_allow_javascript=True)


@cache
def icon() -> Image:
    """Return the window's icon: a page with a marked line. A named one would be fetched from a server elsewhere."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (64, 64), "#1f5673")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((14, 8, 50, 56), fill="white")
    draw.rectangle((20, 28, 44, 36), fill="#ffd60a")
    for top in (17, 44):
        draw.rectangle((20, top, 44, top + 3), fill="#9fb2bf")
    return picture
