# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The server that a model answers from: asked over HTTP, heard as it speaks."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections.abc import AsyncIterator, Callable
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import httpx2

from .dialects import STOP, Answer, Chat, Dialect, Responses, UpstreamError
from .store import Json
from .world import Model

CONNECT = 10.0  # seconds to reach the server; how long it may speak is the run's business
LONGEST = 4_000_000  # characters of an answer, and of one event
LONGEST_ERROR = 100_000  # bytes of an error that are read
WORDS = 500  # characters of an error that are told
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0  # seconds before a server that is busy is asked again
BUSY = (429, 503)
NO_SUCH_PATH = (404, 405, 501)


class Upstream:
    """A server of chat completions or responses."""

    def __init__(self, model: Model) -> None:
        self._model = model
        host = urlsplit(model.url).hostname or ""
        # OpenAI's own models refuse max_tokens, and other servers know nothing else.
        ours = host.endswith((".openai.com", ".azure.com"))
        dialects: dict[str, Dialect] = {
            "chat": Chat("max_completion_tokens" if ours else "max_tokens"),
            "responses": Responses(),
        }
        self._dialects = [each for name, each in dialects.items() if model.api in (name, "auto")]
        key = {"Authorization": f"Bearer {model.key}"} if model.key else {}
        self._client = httpx2.AsyncClient(
            headers={"Accept": "text/event-stream, application/json", **key},
            timeout=httpx2.Timeout(None, connect=CONNECT),
            limits=httpx2.Limits(max_connections=None, max_keepalive_connections=model.parallel),
            trust_env=not _is_near(host),
            follow_redirects=False,
        )

    async def close(self) -> None:
        """Hang up."""
        await self._client.aclose()

    async def ask(self, chat: Json, say: Callable[[str], None], until: float) -> Answer:
        """The model's answer to a chat; each piece of its text is said as it comes.

        A busy server is asked again until a point in time. Raises UpstreamError, whose words never hold the key.
        """
        try:
            return await self._ask({**chat, "model": self._model.name or chat["model"]}, say, until)
        except httpx2.HTTPError as error:
            why = str(error) or type(error).__name__
            raise UpstreamError(
                self._hidden(f"The model's server at {self._model.url} gave no answer: {why}")
            ) from None
        except UpstreamError as error:
            raise UpstreamError(self._hidden(error.message), error.code) from None

    async def _ask(self, chat: Json, say: Callable[[str], None], until: float) -> Answer:
        tries = 0
        while True:
            dialect = self._dialects[0]
            answer = Answer(say)
            async with self._client.stream(
                "POST", self._model.url.rstrip("/") + dialect.path, json=dialect.asked(chat)
            ) as response:
                if response.status_code == 200:
                    await _hear(response, dialect, answer)
                    return answer
                said = await _beginning(response)
                pause = _pause(response, tries)
            if response.status_code in NO_SUCH_PATH and len(self._dialects) > 1 and not _names_the_model(said):
                del self._dialects[0]
                continue
            if response.status_code not in BUSY or time.time() + pause >= until:
                raise _refusal(response.status_code, said)
            tries += 1
            await asyncio.sleep(pause)

    def _hidden(self, words: str) -> str:
        """Words of a server that may repeat the key it was given."""
        return words.replace(self._model.key, "********") if self._model.key else words


async def _hear(response: httpx2.Response, dialect: Dialect, answer: Answer) -> None:
    """Read an answer to its end, be it a stream or one piece."""
    if "text/event-stream" not in response.headers.get("content-type", ""):
        text = (await _beginning(response, LONGEST)).decode(errors="replace")
        dialect.whole(_json(text), answer)
        return
    async for data in _events(response):
        if data == "[DONE]":
            answer.finish = answer.finish or STOP
            break
        event = _json(data)
        if isinstance(event.get("error"), dict | str):
            raise UpstreamError(f"The model's server said: {_words(data.encode())}")
        dialect.take(event, answer)
        if len(answer.text) + sum(len(call["arguments"]) for call in answer.calls.values()) > LONGEST:
            raise UpstreamError(f"The model's answer is longer than {LONGEST} characters.")
    if answer.finish is None:
        raise UpstreamError("The model's server broke off in the middle of its answer.")


async def _events(response: httpx2.Response) -> AsyncIterator[str]:
    """The data of each server-sent event; comments and other fields are passed over."""
    rest = ""
    data: list[str] = []
    async for piece in response.aiter_text():
        *lines, rest = (rest + piece).replace("\r\n", "\n").split("\n")
        for line in lines:
            if line.startswith("data:"):
                data.append(line[5:].removeprefix(" "))
            elif not line and data:
                yield "\n".join(data)
                data = []
        if len(rest) > LONGEST:
            raise UpstreamError("The model's server sends an event without end.")
    if data:
        yield "\n".join(data)


async def _beginning(response: httpx2.Response, most: int = LONGEST_ERROR) -> bytes:
    """The body, or so much of it."""
    body = b""
    async for piece in response.aiter_bytes():
        body += piece
        if len(body) > most:
            break
    return body[:most]


def _json(text: str) -> Json:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise UpstreamError(f"The model's server sent what is no JSON object: {text[:80]!r}")
    return value


def _pause(response: httpx2.Response, tries: int) -> float:
    """Seconds until the next try: what the server asks for, or twice as long each time."""
    asked = _seconds(response.headers.get("retry-after", ""))
    usual = float(min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(tries, 10))) * random.uniform(0.75, 1)
    return asked if asked is not None and asked > 0 else usual


def _seconds(text: str) -> float | None:
    """What a Retry-After header says."""
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        at = parsedate_to_datetime(text)
    except ValueError:
        return None
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp() - time.time()


def _refusal(status: int, said: bytes) -> UpstreamError:
    code = "rate_limit_exceeded" if status == 429 else "invalid_prompt" if status in (400, 413, 422) else "server_error"
    return UpstreamError(f"The model's server answered {status}: {_words(said)}", code)


def _words(said: bytes) -> str:
    """An error's words and code, in whichever shape it came."""
    text = said.decode(errors="replace")
    try:
        body: Any = json.loads(text)
    except (ValueError, RecursionError):
        body = text
    error = body.get("error", body) if isinstance(body, dict) else body
    if isinstance(error, dict):
        words = error.get("message") or error.get("detail") or json.dumps(error)
        code = error.get("code")
        error = f"{words} ({code})" if isinstance(code, str) and code else words
    shown = " ".join(str(error).split())
    return shown[:WORDS] or "nothing"


def _names_the_model(said: bytes) -> bool:
    """Whether a 404 is about the model, as Ollama and OpenAI say it, and not about the path."""
    return b"model" in said.lower()


def _is_near(host: str) -> bool:
    """A server on this machine is never asked by way of a proxy."""
    return host == "localhost" or host.startswith("127.") or host == "::1"
