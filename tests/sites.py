"""Other sites on this machine, whose pages embed the helpdesk; a site is one origin."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Intranet</title></head>
<body><h1>The library's intranet</h1><p>Opening hours and more.</p>
{embedded}
<p>The end of the page.</p></body></html>"""


@contextmanager
def site(pages: dict[str, str], *, host: str = "localhost", policy: str = "") -> Iterator[str]:
    """A site with these pages by path, and with a content security policy of its own; gives its origin.

    What embeds the helpdesk may be put into pages later, when its address is known.
    """

    class Pages(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            embedded = pages.get(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            if policy:
                self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write(_PAGE.format(embedded=embedded or "").encode())

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer((host, 0), Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://{host}:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
