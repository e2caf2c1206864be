# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Connections: kept for the next request, given up with what was not, and read no longer than is worth waiting for."""

from __future__ import annotations

import http
import http.client
import io
import time
from collections.abc import Iterator
from http.cookiejar import DefaultCookiePolicy
from typing import TYPE_CHECKING, Any

from .libraries import (
    HTTPAdapter,
    HTTPConnection,
    HTTPConnectionPool,
    HTTPSConnection,
    HTTPSConnectionPool,
    HttpSession,
    requests,
    urllib3,
)

PIECE = 65536
MOST_CONNECTIONS = 32
"""As many requests may be on their way at once."""

LARGEST_ANSWER = 2**28
EVENT_STREAM = "text/event-stream"

if TYPE_CHECKING:
    AnyConnection = HTTPConnection
else:
    AnyConnection = object


class NoFirstByte(http.client.RemoteDisconnected):
    """A connection ended before the first byte of an answer."""


class Outworn(ConnectionResetError):
    """The same, of a connection that had been kept from earlier: the server had closed it by then, or was about to."""


class _InTime(io.RawIOBase):
    """What comes out of a socket until a moment: a byte now and then keeps no line of an answer open."""

    def __init__(self, sock: Any) -> None:
        super().__init__()
        self._sock, self._raw, self._pause = sock, sock.makefile("rb", buffering=0), sock.gettimeout()
        self.allow(self._pause)  # each request has one

    def allow(self, seconds: float) -> None:
        """All that is still to come must come within that many seconds from now."""
        self._end = time.monotonic() + seconds

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Reads what is there, or waits for it. Raises TimeoutError once the moment has come."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError("it had not ended in time")
        self._sock.settimeout(min(left, self._pause))
        try:
            return self._raw.readinto(buffer)
        finally:
            self._sock.settimeout(self._pause)

    def close(self) -> None:
        """Gives the socket up, which lives as long as its connection does."""
        self._raw.close()
        super().close()


class _Answer(http.client.HTTPResponse):
    def __init__(self, sock: Any, *args: Any, **how: Any) -> None:
        super().__init__(sock, *args, **how)
        self.fp.close()
        self.coming = _InTime(sock)
        self.fp = io.BufferedReader(self.coming)

    def begin(self) -> None:
        """Waits for the first byte by itself, to know whether there was one."""
        try:
            first = self.fp.peek(1)
        except ConnectionError:
            first = b""
        if not first:
            raise NoFirstByte("the connection was closed without an answer")
        super().begin()

    def _read_status(self) -> tuple[str, int, str]:
        """Passes over what a server says before its answer, such as 103: http.client knows of 100 alone."""
        while True:
            version, status, reason = super()._read_status()  # type: ignore[misc]
            if not http.HTTPStatus.SWITCHING_PROTOCOLS < status < http.HTTPStatus.OK:
                return version, status, reason
            http.client.parse_headers(self.fp)


class _Kept(AnyConnection):
    """A connection that knows whether it is new."""

    response_class = _Answer
    worn = False

    def connect(self) -> None:
        """Makes it new."""
        self.worn = False
        super().connect()

    def send(self, data: Any) -> None:
        """A part of a request."""
        try:
            super().send(data)
        except ConnectionResetError as error:
            if self.worn:
                raise Outworn(*error.args) from error
            raise

    def getresponse(self) -> Any:
        """The beginning of the answer."""
        try:
            answer = super().getresponse()
        except NoFirstByte as error:
            if self.worn:
                raise Outworn(*error.args) from error
            raise
        self.worn = True
        return answer


class _Plain(_Kept, HTTPConnection):
    pass


class _Tls(_Kept, HTTPSConnection):
    pass


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _Plain


class _TlsPool(HTTPSConnectionPool):
    ConnectionCls = _Tls


class _Adapter(HTTPAdapter):
    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Pools of connections that know whether they are new."""
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _PlainPool, "https": _TlsPool}

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        """The same behind a proxy."""
        manager = super().proxy_manager_for(proxy, **kwargs)
        if isinstance(manager, urllib3.ProxyManager):  # a SOCKS proxy has connections of its own
            manager.pool_classes_by_scheme = {"http": _PlainPool, "https": _TlsPool}
        return manager

    def send(self, request: Any, stream: bool = False, timeout: Any = None, *args: Any, **how: Any) -> Any:
        """Sends, and reads the answer unless it is a stream of events that was asked for."""
        response = super().send(request, True, timeout, *args, **how)
        if not (stream and is_event_stream(response)) and hasattr(response.raw, "read1"):  # urllib3 from 2.1 on
            response._content = _whole(response, timeout)
        return response


class Session(HttpSession):
    """Keeps connections, and nothing else: no cookies, nothing of the environment, no redirects."""

    def __init__(self) -> None:
        super().__init__()
        self.trust_env = False
        self.cookies.set_policy(DefaultCookiePolicy(allowed_domains=()))
        for scheme in ("http://", "https://"):
            self.mount(scheme, _Adapter(pool_maxsize=MOST_CONNECTIONS))

    def get_redirect_target(self, resp: requests.Response) -> None:
        """None: requests would parse what a redirect names even where it is not to be followed."""


def was_outworn(failure: Exception) -> bool:
    """Whether a request went out on a kept connection that ended without one byte: most likely it has not arrived."""
    broken = failure.args[0] if failure.args else None
    return isinstance(broken, urllib3.exceptions.ProtocolError) and any(isinstance(x, Outworn) for x in broken.args)


def is_event_stream(response: requests.Response) -> bool:
    """Whether an answer is a stream of server-sent events."""
    return response.ok and response.headers.get("content-type", "").lower().startswith(EVENT_STREAM)


def arriving(response: requests.Response, seconds: float) -> Iterator[bytes]:
    """The body, piece by piece, each as soon as it is there, all within `seconds`. Raises requests' own exceptions."""
    raw = response.raw
    if coming := getattr(raw._original_response, "coming", None):  # a SOCKS proxy has connections of its own
        coming.allow(seconds)
    read = raw.read1 if hasattr(raw, "read1") else lambda amount: raw.read(1)
    try:
        while piece := read(PIECE):
            yield piece
    except urllib3.exceptions.ReadTimeoutError as error:
        raise requests.ReadTimeout(error) from error
    except urllib3.exceptions.DecodeError as error:
        raise requests.exceptions.ContentDecodingError(error) from error
    except (urllib3.exceptions.HTTPError, OSError) as error:
        raise requests.ConnectionError(error) from error


def _whole(response: requests.Response, seconds: float) -> bytes:
    """All of the body. Raises a failure of requests where it takes longer than `seconds`, or has no end."""
    end, pieces, size = time.monotonic() + seconds, [], 0
    for piece in arriving(response, seconds):
        pieces.append(piece)
        size += len(piece)
        if size > LARGEST_ANSWER:
            response.close()
            raise requests.ConnectionError(f"its body has more than {LARGEST_ANSWER} bytes")
        if time.monotonic() > end:
            response.close()
            raise requests.ReadTimeout(f"its body had not ended {seconds:g} seconds after it began")
    return b"".join(pieces)
