"""A gunicorn worker that waits for nobody forever: who stalls in the middle of a request or of its reply is let go.

A reader whose network is gone says no goodbye; without this each would keep a thread until the service is restarted.
"""

import socket
import struct
import threading
import time
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from gunicorn.workers.gthread import ThreadWorker

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

PATIENCE_SECONDS = 30


class ImpatientWorker(ThreadWorker):  # type: ignore[misc]
    """Threads that end a connection whose request is not whole, or whose reply is not taken, in time."""

    patience_seconds = PATIENCE_SECONDS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._awaited: dict[socket.socket, float] = {}
        self._lock = threading.Lock()

    def init_process(self) -> None:
        """Start to watch, then to serve."""
        threading.Thread(target=self._watch, name="watch", daemon=True).start()
        super().init_process()

    def load_wsgi(self) -> None:
        """Take the application, and note when it has begun to reply."""
        super().load_wsgi()
        application: Any = self.wsgi  # type: ignore[has-type]

        def noted(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
            def start(*args: Any) -> Any:
                self._came(environ["gunicorn.socket"])
                return start_response(*args)

            return application(environ, start)  # type: ignore[no-any-return]

        self.wsgi = noted

    def handle(self, conn: Any) -> Any:
        """Serve one request of a connection."""
        seconds = struct.pack("ll", int(self.patience_seconds), 0)
        with suppress(OSError):
            conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, seconds)
        with self._lock:
            self._awaited[conn.sock] = time.monotonic() + self.patience_seconds
        try:
            return super().handle(conn)
        finally:
            self._came(conn.sock)

    def _came(self, sock: socket.socket) -> None:
        with self._lock:
            self._awaited.pop(sock, None)

    def _watch(self) -> None:
        while True:
            time.sleep(min(1.0, self.patience_seconds / 2))
            now = time.monotonic()
            with self._lock:
                late = [sock for sock, deadline in self._awaited.items() if deadline < now]
            for sock in late:
                with suppress(OSError):
                    sock.shutdown(socket.SHUT_RD)  # whoever reads from it reads its end
