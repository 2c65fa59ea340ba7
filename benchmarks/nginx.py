"""A real web server on loopback: what is measured is what a host would send."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_CONFIG = """\
{modules}daemon off;
pid {work}/nginx.pid;
error_log {work}/error.log;
worker_processes 1;
events {{ worker_connections 128; }}
http {{
  include {mime};
  default_type application/octet-stream;
  charset utf-8;
  access_log off;
  client_body_temp_path {work}/body;
  proxy_temp_path {work}/proxy;
  fastcgi_temp_path {work}/fastcgi;
  uwsgi_temp_path {work}/uwsgi;
  scgi_temp_path {work}/scgi;
  gzip on;
  gzip_static on;
  gzip_vary on;
  gzip_comp_level 6;
  gzip_min_length 256;
  gzip_types {types};
  {brotli}
  server {{
    listen 127.0.0.1:{port};
    root {root};
    index index.html;
    error_page 404 /404.html;
    location ~ ^/(assets|images)/ {{ add_header Cache-Control "public, max-age=31536000, immutable"; }}
  }}
}}
"""
_MIME = "/etc/nginx/mime.types"
# Debian's libnginx-mod-http-brotli-static and -filter; without them gzip it is.
_BROTLI = tuple(
    Path(f"/usr/lib/nginx/modules/ngx_http_brotli_{part}_module.so")
    for part in ("static", "filter")
)
_TYPES = (
    "text/css text/plain text/xml application/javascript application/json"
    " application/xml image/svg+xml text/javascript"
)
_BROTLI_ON = f"""\
brotli on;
  brotli_static on;
  brotli_comp_level 6;
  brotli_types {_TYPES};
"""


@contextmanager
def served(root: Path, work: Path) -> Iterator[str]:
    """The origin under which nginx serves `root`; `work` is a folder for what it needs.

    Raises `OSError` where there is no nginx, `TimeoutError` when it does not come up.
    """
    work.mkdir(parents=True, exist_ok=True)
    port = _free_port()
    config = work / "nginx.conf"
    packing = all(module.exists() for module in _BROTLI)
    text = _CONFIG.format(
        modules="".join(f"load_module {module};\n" for module in _BROTLI) if packing else "",
        brotli=_BROTLI_ON if packing else "",
        types=_TYPES,
        work=work,
        mime=_MIME,
        root=root,
        port=port,
    )
    config.write_text(text, "utf-8")
    environment = {**os.environ, "PATH": f"{os.environ.get('PATH', '')}:/usr/sbin"}
    server = subprocess.Popen(("nginx", "-c", str(config)), env=environment)
    try:
        _wait(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(port: int) -> None:
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError("nginx does not answer")
