"""Nothing inline, nothing from elsewhere, a policy that says exactly what the page uses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import urlsplit

from generator.audit.document import Element, Findings, Page, Site
from generator.audit.first_view import imported
from generator.messages import finding
from generator.policy import REFERRER_POLICY, STORAGE_KEYS, hashed, parsed

_LOADING = {
    "src": None,
    "srcset": None,
    "imagesrcset": None,
    "poster": None,
    "background": None,
    "ping": None,
    "action": None,
    "formaction": None,
    "data": ("object",),
    "href": ("link", "base", "use", "image"),
    "xlink:href": ("use", "image"),
}
# A `<link>` with one of these only names another address; nothing is fetched from it.
_NAMING = frozenset(("alternate", "author", "canonical", "license"))
# The only form that may be sent elsewhere.
FEEDBACK = "feedback__form"
# Blocks of data that no browser runs.
_DATA_TYPES = frozenset(("application/ld+json", "application/json"))
_FORBIDDEN_STORES = re.compile(r"\b(?:sessionStorage|indexedDB|caches|cookieStore)\b")
_STORED = re.compile(r"""\.(?:getItem|setItem|removeItem)\(\s*(?:["'`]([^"'`]*)["'`])?""")
_PLAIN_STORE = re.compile(r"\blocalStorage\s*(?:\[|\.(?!getItem|setItem|removeItem)\w)")
_COOKIE = re.compile(r"\bdocument\s*\.\s*cookie\b")
_SENDS = re.compile(r"\b(?:sendBeacon|XMLHttpRequest|EventSource|WebSocket|RTCPeerConnection)\b")


def inline_findings(page: Page, site: Site) -> Findings:
    """Style attributes, event handlers, and inline code the policy does not name by its hash."""
    told = parsed(page.meta("content-security-policy"))
    for element in page.elements:
        for name in element.attributes:
            if name == "style" or name.startswith("on"):
                yield finding("audit-inline", page.path, what=f"<{element.tag}> 的 {name} 属性")
        if is_inline_code(element):
            directive = f"{element.tag}-src"
            if hashed(code_of(element)) not in told.get(directive, ()):
                yield finding("audit-inline", page.path, what=f"没有写进安全策略的 <{element.tag}>")


def is_inline_code(element: Element) -> bool:
    """Whether a browser would run or apply what stands in the element."""
    if element.tag == "style":
        return True
    kind = element.get("type").lower()
    return element.tag == "script" and not element.get("src") and kind not in _DATA_TYPES


def code_of(element: Element) -> str:
    return str(element.node.text(strip=False))


def outside_findings(page: Page, site: Site) -> Findings:
    """Addresses of other sites that are loaded or written to; links a reader clicks are none."""
    for element in page.elements:
        for address in _loaded(element):
            parts = urlsplit(address)
            if parts.scheme or parts.netloc:
                yield finding("audit-outside", page.path, tag=element.tag, address=address)
        if element.tag == "meta" and element.get("http-equiv").lower() == "refresh":
            target = page.moved_to
            if urlsplit(target).netloc:
                yield finding("audit-outside", page.path, tag="meta", address=target)


def _loaded(element: Element) -> Iterator[str]:
    for name, tags in _LOADING.items():
        value = element.get(name)
        if not value or (tags is not None and element.tag not in tags):
            continue
        if name == "action" and element.get("class") == FEEDBACK:
            continue  # sent by a reader's own touch to where the operator says; the policy names it
        relations = set(element.get("rel").lower().split())
        if element.tag == "link" and relations and relations <= _NAMING:
            continue
        for address in value.split(",") if name.endswith("srcset") else [value]:
            yield address.strip().split(" ")[0]


def policy_findings(page: Page, site: Site) -> Findings:
    """A policy that is missing, or allows more or less than the page uses; the referrer rule."""
    policies = [
        element.get("content")
        for element in page.all("meta")
        if element.get("http-equiv").lower() == "content-security-policy"
    ]
    if len(policies) != 1:
        yield finding("audit-policy", page.path, detail=f"有 {len(policies)} 条，应当正好一条")
        return
    told, used = parsed(policies[0]), needed(page, site)
    for directive in sorted(told.keys() | used.keys()):
        has, wants = told.get(directive, ()), used.get(directive, ())
        if set(has) != set(wants):
            detail = f"{directive} 写的是“{' '.join(has)}”，页面用到的是“{' '.join(wants)}”"
            yield finding("audit-policy", page.path, detail=detail)
    if not page.is_redirect and page.meta("referrer") != REFERRER_POLICY:
        yield finding("audit-policy", page.path, detail=f"referrer 不是 {REFERRER_POLICY}")


def needed(page: Page, site: Site) -> dict[str, tuple[str, ...]]:
    """The directives of the narrowest policy this page works with; every page of ours has search,
    which asks this site for files.
    """
    policy: dict[str, list[str]] = {"default-src": [], "base-uri": [], "form-action": []}
    for element in page.elements:
        relations = element.get("rel").lower().split()
        if element.tag == "link" and "stylesheet" in relations:
            policy.setdefault("style-src", []).append("'self'")
        elif element.tag == "img" or (element.tag == "link" and "icon" in relations):
            policy.setdefault("img-src", []).append("'self'")
        elif element.tag == "link" and "manifest" in relations:
            policy.setdefault("manifest-src", []).append("'self'")
        elif is_inline_code(element):
            policy.setdefault(f"{element.tag}-src", []).append(hashed(code_of(element)))
        elif element.tag == "script" and element.get("src"):
            policy.setdefault("script-src", []).append("'self'")
        elif element.tag == "form" and element.get("action"):
            policy["form-action"].append(_origin(element.get("action")))
    if not page.is_redirect:
        policy["connect-src"] = ["'self'"]
    return {name: tuple(dict.fromkeys(sources)) or ("'none'",) for name, sources in policy.items()}


def _origin(address: str) -> str:
    """Where a form is sent, as a policy names it."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else "'self'"


def storage_findings(page: Page, site: Site) -> Findings:
    """Cookies, and anything kept on the device beyond the two choices of how a page looks."""
    for name, text in _code(page, site):
        for detail in _faults(text):
            yield finding("audit-storage", page.path, script=name, detail=detail)


@lru_cache(maxsize=64)  # every page names the same few files
def _faults(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_kept(text)))


def _kept(text: str) -> Iterator[str]:
    """What a script keeps or sends that it may not, as far as its text shows."""
    if _COOKIE.search(text):
        yield "读写 cookie"
    for store in _FORBIDDEN_STORES.findall(text):
        yield f"用了 {store}"
    for key in _STORED.findall(text):
        if key not in STORAGE_KEYS:
            yield f"保存“{key or '写不明的键名'}”"
    for way in _SENDS.findall(text):
        yield f"会向外发送（{way}）"
    if _PLAIN_STORE.search(text):
        yield "不写键名就用了 localStorage"


def _code(page: Page, site: Site) -> Iterator[tuple[str, str]]:
    """(name, text) of every script the page runs, those it may ask for later included."""
    for element in page.elements:
        if element.tag == "script" and is_inline_code(element):
            yield page.path, code_of(element)
        for attribute, address in element.attributes.items():
            if address.endswith(".js") and (attribute == "src" or attribute.startswith("data-")):
                for name in imported(page.local(address), site):
                    yield name, site.files.get(name, b"").decode("utf-8", errors="replace")
