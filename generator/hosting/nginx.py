"""A server of nginx for a published site; to be included within `http { }`."""

from __future__ import annotations

from generator.hosting.served import LIFETIMES, PAGES, TYPES, Hosted

_TEXTS = (
    "text/plain text/css application/javascript text/javascript application/json"
    " application/feed+json application/xml text/xml application/atom+xml image/svg+xml"
)
# Neither what was asked behind a `?` nor where a reader came from is anybody's business.
_LOG = (
    '\'$remote_addr - [$time_local] "$request_method $yuqi_path $server_protocol" $status'
    ' $body_bytes_sent "$http_user_agent"\''
)
_TLS = """\
    # 有了证书以后换成下面三行，再让 80 端口跳到 https：
    # listen 443 ssl;
    # ssl_certificate     /etc/ssl/yuqi/fullchain.pem;
    # ssl_certificate_key /etc/ssl/yuqi/privkey.pem;
"""
_SENDING = f"""\
    server_tokens off;
    index index.html;
    absolute_redirect off;
    charset utf-8;
    charset_types {_TEXTS};
    access_log /var/log/nginx/yuqi.log yuqi;
    # 正式发布时已经压缩好；没有压缩副本的再当场压缩。
    gzip_static on;
    gzip on;
    gzip_vary on;
    gzip_min_length 256;
    gzip_types {_TEXTS};
    add_header Cache-Control $yuqi_lifetime;
"""


def server(site: Hosted, root: str, *, listen: str = "80", brotli: bool = False) -> str:
    """`root` is the folder addresses begin at: it holds the site, under its base path if any."""
    headers = "".join(
        f"    add_header {name} {_word(value)} always;\n" for name, value in site.headers.items()
    )
    packed = "brotli_static on;" if brotli else "# 装了 brotli 模块就打开：brotli_static on;"
    return (
        "# 由 yuqi hosting nginx 生成，重新发布后再生成一次。用法见 docs/deployment.md。\n"
        f"{_maps(site)}log_format yuqi {_LOG};\n"
        f"server {{\n    listen {listen};\n{_TLS}"
        f"    server_name {site.host};\n    root {_word(root)};\n{_SENDING}    {packed}\n"
        f"{headers}{_places(site)}}}\n"
    )


def _maps(site: Hosted) -> str:
    """Old addresses, lifetimes, and the path as it was asked for."""
    moved = "".join(f"    {_word(old)} {_word(new)};\n" for old, new in site.redirects)
    lifetimes = "".join(f"    {_word(f'~{path}')} {_word(told)};\n" for path, told in LIFETIMES)
    size = max(2048, 4 * len(site.redirects))
    return (
        f"map_hash_bucket_size 512;\nmap_hash_max_size {size};\n"
        f'map $uri $yuqi_moved {{\n    default "";\n{moved}}}\n'
        f"map $uri $yuqi_lifetime {{\n    default {_word(PAGES)};\n{lifetimes}}}\n"
        "map $request_uri $yuqi_path {\n    ~^(?<yuqi_asked>[^?]*) $yuqi_asked;\n}\n"
    )


def _places(site: Hosted) -> str:
    """What is answered where."""
    missing = f"{site.base}/404.html"
    typed = [(f"/{name.replace('.', '[.]')}$", kind) for name, kind in TYPES]
    types = "".join(
        f"    location ~ {pattern} {{\n        types {{ }}\n        default_type {kind};\n"
        "        try_files $uri =404;\n    }\n"
        for pattern, kind in (*typed, ("[.]gz$", "application/gzip"))
    )
    return (
        f"    error_page 404 {missing};\n"
        "    if ($yuqi_moved) {\n        return 301 $yuqi_moved;\n    }\n"
        "    location / {\n        try_files $uri $uri/ =404;\n    }\n"
        f"    location = {missing} {{\n        internal;\n    }}\n"
        f"    location ~ /[.](?!well-known/) {{\n        return 404;\n    }}\n{types}"
    )


def _word(text: str) -> str:
    """A word of the configuration, quoted."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
