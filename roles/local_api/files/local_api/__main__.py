# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""``python -m local_api``: read the arguments, listen, serve until told to end."""

from __future__ import annotations

import argparse
import ipaddress
import os
import re
import resource
import signal
import socket
import sqlite3
import sys
from contextlib import AbstractContextManager, nullcontext
from types import FrameType
from typing import get_args
from urllib.parse import urlsplit

import uvicorn

from .core.app import create_app
from .core.faults import CONTROL
from .core.world import Model, ModelApi, Options, Settings, World
from .families import FAMILIES

LONGEST = 10_000_000
CONNECTIONS = 1000
KEY_VARIABLE = "LOCAL_API_REQUIRE_KEY"


class Server(uvicorn.Server):
    """uvicorn, which leaves signals to us and says when it is ready."""

    url = ""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Say one line once requests are answered."""
        await super().startup(sockets)
        print(f"local_api listening on {self.url}", flush=True)

    def capture_signals(self) -> AbstractContextManager[None]:  # type: ignore[override]
        """Our own handlers stay in place."""
        return nullcontext()


def prefix(text: str) -> str:
    """A URL prefix such as /v1; / means none."""
    stripped = text.strip("/")
    if not re.fullmatch(r"[A-Za-z0-9._~/-]*", stripped) or f"/{stripped}/".startswith(f"{CONTROL}/"):
        raise argparse.ArgumentTypeError(f"{text!r} is no beginning of a path such as /v1 (nor {CONTROL})")
    return f"/{stripped}" if stripped else ""


def port(text: str) -> int:
    """A TCP port."""
    if not (text.isascii() and text.isdigit() and len(text) < 6 and int(text) <= 65535):
        raise argparse.ArgumentTypeError(f"{text!r} is no port: give a number from 0 to 65535")
    return int(text)


def duration(text: str) -> float:
    """Seconds or milliseconds."""
    try:
        number = float(text)
    except ValueError:
        number = -1
    if not 0 <= number <= LONGEST:
        raise argparse.ArgumentTypeError(f"{text!r} is no duration: give a number from 0 to {LONGEST}")
    return number


def count(text: str) -> int:
    """How many at once."""
    if not (text.isascii() and text.isdigit() and len(text) < 5 and int(text) > 0):
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1 to 9999")
    return int(text)


def model_url(text: str) -> str:
    """The base URL of a model's server. A key in it would be seen by everybody on the machine."""
    try:
        parts = urlsplit(text)
        given = parts.hostname and parts.port != 0 and parts.scheme in ("http", "https")
    except ValueError:
        given = False
    if not given:
        raise argparse.ArgumentTypeError(f"{text!r} is no URL such as http://127.0.0.1:11434/v1")
    if parts.username is not None or parts.query or parts.fragment:
        raise argparse.ArgumentTypeError("it may hold no user, query or fragment; give a key by --model-key-env")
    return text.rstrip("/")


def header_text(text: str) -> str:
    """A value that a header can carry as it is."""
    if not (text.isascii() and text.isprintable() and text == text.strip()):
        raise argparse.ArgumentTypeError("it may hold printable ASCII characters only, without spaces around them")
    return text


def arguments(words: list[str] | None = None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="local_api", description=sys.modules["local_api"].__doc__)
    parser.add_argument("--port", type=port, default=8080, help="port to listen on; 0 takes a free one")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--db", help="file to keep the objects in (default: in memory)")
    parser.add_argument("--prefix", type=prefix, default="/v1", help="what paths begin with")
    parser.add_argument("--run-seconds", type=duration, default=0.2, help="how long a run takes")
    parser.add_argument("--latency-ms", type=duration, default=0, help="delay of every answer of the API")
    parser.add_argument(
        "--require-key",
        type=header_text,
        default=os.environ.get(KEY_VARIABLE) or None,
        help=f"the only API key accepted (default: any; also ${KEY_VARIABLE})",
    )
    parser.add_argument(
        "--auth-scheme",
        choices=["bearer", "api_key"],
        help="the only header the key is taken from: Authorization, or api-key (default: either)",
    )
    parser.add_argument("--api-version", help="the api-version that every query must hold (default: none is needed)")
    parser.add_argument("--lists-threads", action="store_true", help="GET /threads lists all threads, as Foundry does")
    parser.add_argument(
        "--no-message-deletion",
        dest="message_deletion",
        action="store_false",
        help="DELETE of a message answers 405, as with servers that do not offer it",
    )
    add_model(parser)
    given = parser.parse_args(words)
    if given.model_url and not given.require_key and not is_loopback(given.host):
        parser.error(f"with --model-url, an address that other machines reach ({given.host}) needs --require-key")
    given.model = model_of(parser, given)
    return given


def add_model(parser: argparse.ArgumentParser) -> None:
    """What is asked about the model that answers runs."""
    live = parser.add_argument_group("a model that answers runs (default: an echo of the last user message)")
    live.add_argument("--model-url", type=model_url, help="base URL of its server, which speaks OpenAI's API")
    live.add_argument("--model", help="its name there (default: the run's model)")
    live.add_argument(
        "--model-key-env", metavar="NAME", help="the environment variable that holds its server's API key"
    )
    live.add_argument(
        "--model-api",
        choices=get_args(ModelApi),
        default="auto",
        help="ask by /chat/completions or by /responses (default: the first that its server offers)",
    )
    live.add_argument("--parallel", type=count, default=4, help="how many runs it answers at once (default: 4)")


def model_of(parser: argparse.ArgumentParser, given: argparse.Namespace) -> Model | None:
    """The model that answers runs, if there is one."""
    if given.model_url is None:
        if given.model or given.model_key_env:
            parser.error("--model and --model-key-env need --model-url")
        return None
    key = None
    if given.model_key_env:
        try:
            key = header_text(os.environ[given.model_key_env])
        except KeyError:
            parser.error(f"--model-key-env names {given.model_key_env}, which the environment does not hold")
        except argparse.ArgumentTypeError as error:
            parser.error(f"the key in {given.model_key_env}: {error}")
    return Model(given.model_url, given.model or None, key or None, given.model_api, given.parallel)


def is_loopback(host: str) -> bool:
    """Whether nobody else than programs on this machine can reach an address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def listen(host: str, number: int) -> socket.socket:
    """A listening socket, or one clear sentence why there is none.

    It names its protocol, because asyncio sets TCP_NODELAY only then; without, each answer takes 40 ms more.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, number))
        listening.listen(2048)
    except (OSError, UnicodeError) as error:  # UnicodeError: a name that is none
        sys.exit(f"local_api: cannot listen on {host} port {number}: {getattr(error, 'strerror', None) or error}")
    return listening


def remember(options: Options, settings: Settings) -> World:
    """The server's memory, or one clear sentence why there is none."""
    try:
        return World(options, settings)
    except sqlite3.Error as error:
        sys.exit(f"local_api: cannot keep objects in {options.db}: {error}")


def most_connections() -> int:
    """How many connections are served at once; the next ones are told 503. Each takes a file of the process."""
    files, _hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    return CONNECTIONS if files == resource.RLIM_INFINITY else max(1, min(CONNECTIONS, files - 64))


def leave_on_signals(world: World) -> None:
    """End at once: every answer given is already stored, and what a model has not answered yet is asked again."""

    def leave(number: int, frame: FrameType | None) -> None:
        world.store.close()
        os._exit(0)

    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGINT, leave)


def main() -> None:
    """Serve."""
    given = arguments()
    options = Options(
        host=given.host,
        prefix=given.prefix,
        latency_ms=given.latency_ms,
        require_key=given.require_key,
        auth_scheme=given.auth_scheme,
        api_version=given.api_version,
        db=given.db,
        lists_threads=given.lists_threads,
        message_deletion=given.message_deletion,
        model=given.model,
    )
    listening = listen(given.host, given.port)
    world = remember(options, Settings(run_seconds=given.run_seconds))
    leave_on_signals(world)
    config = uvicorn.Config(
        create_app(world, FAMILIES),
        log_level="error",
        access_log=False,
        lifespan="on" if options.model else "off",
        proxy_headers=False,
        limit_concurrency=most_connections(),
    )
    server = Server(config)
    host = f"[{given.host}]" if ":" in given.host else given.host
    server.url = f"http://{host}:{listening.getsockname()[1]}{given.prefix}"
    server.run(sockets=[listening])


if __name__ == "__main__":
    main()
