"""Tells search engines about changed addresses: IndexNow (Bing, Yandex and others) and Baidu.

Each engine gives a result of its own; what may pass by itself is tried again a bounded number of
times, never followed elsewhere.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from http.client import HTTPException
from typing import IO
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, Request, build_opener

from msgspec import Struct

from generator.settings import Settings

ATTEMPTS = 3
TIMEOUT = 15.0
"""Seconds for one answer."""

_WAIT_LIMIT = 30.0
_PASSING = frozenset((429, 500, 502, 503, 504))
_INDEXNOW_BATCH, _BAIDU_BATCH = 10_000, 2_000
_INDEXNOW_REFUSALS = {
    400: "请求的格式不对",
    403: "密钥不对，或者网站上没有密钥文件",
    422: "网址不属于这个网站，或者和密钥对不上",
    429: "发得太频繁，过一阵再试",
}
_BAIDU_REFUSALS = {
    "token is not valid": "token 不对",
    "site error": "这个网站没有在百度站长平台验证",
    "empty content": "内容是空的",
    "over quota": "今天的配额用完了",
    "only 2000 urls are allowed once": "一次最多 2000 个网址",
}


class Result(Struct, frozen=True):
    """What an engine made of it: how many of `offered` addresses it took, and its own words."""

    engine: str
    offered: int
    accepted: int
    detail: str

    @property
    def complete(self) -> bool:
        return self.accepted == self.offered


class _Reply(Struct, frozen=True):
    """An answer; `status` 0 when there was none, and `text` then says why."""

    status: int
    text: str
    retry_after: str = ""


class _NoRedirect(HTTPRedirectHandler):
    """A key or token must not be carried to wherever an answer points."""

    def redirect_request(self, *_: object) -> None:
        return None


class Sender:
    """Posts with bounded patience. `sleep` takes seconds."""

    def __init__(
        self, timeout: float = TIMEOUT, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._timeout = timeout
        self._sleep = sleep
        self._opener: OpenerDirector = build_opener(_NoRedirect)

    def post(self, address: str, body: bytes, kind: str) -> _Reply:
        """The last answer after at most `ATTEMPTS` attempts."""
        headers = {"Content-Type": kind, "User-Agent": "yuqi"}
        request = Request(address, body, headers, method="POST")  # noqa: S310  # http(s) by the settings
        reply = self._once(request)
        for attempt in range(1, ATTEMPTS):
            if reply.status not in _PASSING and reply.status:
                break
            told = reply.retry_after
            self._sleep(min(float(told) if told.isdigit() else 2.0**attempt, _WAIT_LIMIT))
            reply = self._once(request)
        return reply

    def _once(self, request: Request) -> _Reply:
        try:
            with self._opener.open(request, timeout=self._timeout) as answer:
                return _Reply(answer.status, _text(answer))
        except HTTPError as error:
            with error:
                return _Reply(error.code, _text(error), error.headers.get("Retry-After", ""))
        except TimeoutError:
            return _Reply(0, "等不到回答")
        except (OSError, HTTPException) as error:
            reason = getattr(error, "reason", error)
            timed_out = isinstance(reason, TimeoutError)
            return _Reply(0, "等不到回答" if timed_out else f"连不上：{reason}")


def _text(answer: IO[bytes]) -> str:
    return answer.read(65_536).decode("utf-8", errors="replace")


def index_now(addresses: Sequence[str], settings: Settings, sender: Sender) -> Result:
    """All engines of IndexNow at once; gone addresses are welcome too."""
    told = settings.options.notify
    accepted, details = 0, []
    for batch in _batches(addresses, _INDEXNOW_BATCH):
        value = {
            "host": urlsplit(settings.site_url).netloc,
            "key": told.indexnow_key,
            "keyLocation": f"{settings.site_url}{told.indexnow_key}.txt",
            "urlList": batch,
        }
        kind = "application/json; charset=utf-8"
        reply = sender.post(told.indexnow_endpoint, json.dumps(value).encode(), kind)
        if reply.status in (200, 202):
            accepted += len(batch)
            details.append("已收下" if reply.status == 200 else "已收下，密钥还在核对")
        else:
            known = _INDEXNOW_REFUSALS.get(reply.status, reply.text[:200])
            details.append(f"{reply.status or '没有回答'}：{known}")
            break
    return Result("IndexNow", len(addresses), accepted, "；".join(dict.fromkeys(details)))


def baidu(addresses: Sequence[str], token: str, settings: Settings, sender: Sender) -> Result:
    """Baidu's push; it may take a part and name what it did not take."""
    parts = urlsplit(settings.site_url)
    query = urlencode({"site": f"{parts.scheme}://{parts.netloc}", "token": token})
    address = f"{settings.options.notify.baidu_endpoint}?{query}"
    accepted, details = 0, []
    for batch in _batches(addresses, _BAIDU_BATCH):
        reply = sender.post(address, "\n".join(batch).encode(), "text/plain")
        taken, detail = _baidu_answer(reply)
        accepted += taken
        details.append(detail)
        if taken < len(batch):
            break
    return Result("百度", len(addresses), accepted, "；".join(dict.fromkeys(details)))


def _baidu_answer(reply: _Reply) -> tuple[int, str]:
    """How many addresses were taken, and what was said."""
    if not reply.status:
        return 0, f"没有回答：{reply.text}"
    try:
        value = json.loads(reply.text)
        if "error" in value:
            message = str(value.get("message", ""))
            return 0, f"{value['error']}：{_BAIDU_REFUSALS.get(message, message)}"
        taken, left = int(value["success"]), int(value.get("remain", 0))
        refused = [*value.get("not_same_site", ()), *value.get("not_valid", ())]
    except (ValueError, TypeError, KeyError, AttributeError):
        return 0, f"{reply.status}：读不懂回答 {reply.text[:200]}"
    told = f"今天还剩 {left} 个配额"
    return taken, f"{told}，没有收下：{'、'.join(map(str, refused[:3]))}" if refused else told


def _batches(addresses: Sequence[str], size: int) -> Iterator[list[str]]:
    for start in range(0, len(addresses), size):
        yield list(addresses[start : start + size])
