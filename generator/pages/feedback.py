"""「这页有帮助吗」 at the foot of an article: there only where the operator says where answers go."""

from __future__ import annotations

from urllib.parse import urlsplit

from msgspec import Struct

from generator.settings import Settings

ANSWERS = (
    "有帮助",
    "没找到我要的答案",
    "看不懂",
    "有地方写错了或过时了",
    "照着做遇到了问题",
)


class Feedback(Struct, frozen=True):
    """Where answers go: an address of mail or of a form, the other is `""`.

    `origin` is the form's as a policy names it. `notice` tells, before anything is sent, who gets
    it, what for, how long it is kept and how to have it deleted.
    """

    mailto: str
    endpoint: str
    origin: str
    answers: tuple[str, ...]
    notice: str
    privacy: str


def feedback(settings: Settings, privacy: str) -> Feedback | None:
    """`None` where nothing is configured; `privacy` is the site path of the page about it."""
    told, operator = settings.options.feedback, settings.options.operator
    if not told.asked:
        return None
    parts = urlsplit(told.endpoint)
    what = "你选的那一项、你写的话和这一页的网址"
    if told.mailto:
        what = "邮件里的内容和你的邮箱地址"
    notice = (
        f"别写姓名、电话、身份证号、卡号和欠款金额。收到的是{what}，由{operator.name}"
        f"（{operator.contact}）保存，只用来改正文章，{told.retention}。"
        "想查看、更正或者删除，用上面的方式联系我们。"
    )
    origin = f"{parts.scheme}://{parts.netloc}" if told.endpoint else ""
    return Feedback(told.mailto, told.endpoint, origin, ANSWERS, notice, privacy)
