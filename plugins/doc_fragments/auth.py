# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How a module reaches its server."""

from __future__ import annotations


class ModuleDocFragment:
    """The connection options, and what is known of the servers."""

    DOCUMENTATION = r"""
options:
  api_key:
    description:
      - The credential that is sent with every request. It is needed, here or in the environment.
      - With 8 characters or more it is hidden wherever a result holds it. A shorter one is taken for no secret, and the
        task warns of it. Where it stands among the arguments of the task, it is hidden in any case.
      - If it is left out, the environment variable E(OPENAI_API_KEY) is used.
      - For api.openai.com this is an API key.
      - For Microsoft Foundry this is an Entra access token for C(https://ai.azure.com). Such a token lives for about
        an hour, so get it in the play that uses it.
      - For an Azure-style server with keys this is the key of the resource, together with O(auth_scheme=api_key).
    type: str
  base_url:
    description:
      - The address of the API, up to the part before C(/assistants) or C(/threads), without a query.
      - If it is left out, the environment variable E(OPENAI_BASE_URL) is used, and after that the default.
      - For Microsoft Foundry classic agents this is C(https://RESOURCE.services.ai.azure.com/api/projects/PROJECT),
        together with O(api_version).
      - For Azure OpenAI this is C(https://RESOURCE.openai.azure.com/openai), together with O(api_version).
      - Plain C(http) is refused, except to the machine itself (C(localhost) or a loopback address), since the key would
        be sent in clear text.
    type: str
    default: https://api.openai.com/v1
  organization:
    description:
      - The id of the organization that the requests count for. It is sent as the header C(OpenAI-Organization).
      - If it is left out, the environment variable E(OPENAI_ORG_ID) is used. If that is not set either, the server
        takes the organization that the key belongs to.
      - Only api.openai.com looks at it.
    type: str
  project:
    description:
      - The id of the project that the requests count for. It is sent as the header C(OpenAI-Project).
      - If it is left out, the environment variable E(OPENAI_PROJECT_ID) is used. If that is not set either, the server
        takes the project that the key belongs to.
      - Only api.openai.com looks at it. The project of Microsoft Foundry is a part of O(base_url).
    type: str
  api_version:
    description:
      - The version of the API, sent as the query parameter C(api-version) of every request.
      - If it is left out, the environment variable E(OPENAI_API_VERSION) is used. If that is not set either, no such
        parameter is sent.
      - Microsoft Foundry and Azure-style servers need it. For Foundry classic agents it is for example V(2025-05-01).
        api.openai.com has no such parameter.
    type: str
  auth_scheme:
    description:
      - How O(api_key) is sent.
      - If it is left out, the environment variable E(OPENAI_AUTH_SCHEME) is used, and after that the default.
    type: str
    choices:
      bearer: As a bearer token. For api.openai.com, for Entra tokens, and for most compatible servers.
      api_key: As the header C(api-key). For Azure-style servers with keys.
    default: bearer
  extra_headers:
    description:
      - More headers for every request, for example those that a gateway in front of the server asks for.
      - A header of this name that the module would send itself is replaced. C(Content-Length) and C(Transfer-Encoding)
        are refused, and so is what no HTTP header can carry.
      - Their values are treated as secrets and shown nowhere, if they have 8 characters or more and the name of the
        header does not end in a word that stands for something else, such as C(Version), C(Region) or C(Request-Id).
    type: dict
  timeout:
    description:
      - The seconds to wait for a connection, for the beginning of an answer, for each part of it, and for all of the
        rest.
      - It must be greater than V(0), and at most a day.
    type: float
    default: 60
  max_retries:
    description:
      - How often one request is sent again when it fails in a way that may pass. With V(0) it is sent once.
        At most V(1000).
      - A read or a deletion is sent again after a connection error, a timeout, the statuses 408, 409, 429 and 5xx, and
        a success that cannot be read.
      - Any other write is sent again at once only where the server cannot have carried it out, which is after status
        429, after status 503 with a C(Retry-After) header, and when no connection came about.
      - Where the server may have carried a write out, an update is sent again. What a creation, the cancellation of a
        run or the handing in of tool outputs has done is looked for first. The task fails if it cannot be looked for.
      - A server that sends the header C(x-should-retry) with an error has the last word.
      - The pause before a retry is what the server asks for, else a random time that grows from half a second to eight
        seconds.
    type: int
    default: 5
  retry_max_delay:
    description:
      - The longest pause, in seconds, that a server may ask for before a retry. At most a day.
      - The task fails at once if the server asks for a longer one.
    type: float
    default: 60
  validate_certs:
    description:
      - Whether the certificate of the server is checked.
      - Turn this off for tests only, since the key could be read by anyone on the way.
    type: bool
    default: true
  ca_path:
    description:
      - A file or directory with the certificates of the authorities to trust, in place of the usual ones.
      - If it is left out, the environment variable E(REQUESTS_CA_BUNDLE) is used, and after that the certificates that
        come with the Python library C(requests).
    type: path
  ledger:
    description:
      - Where names are kept that the API does not keep, with the ids of their objects. That is so for the names of
        threads. While an object is created by its name, the ledger also keeps other tasks from creating it a second
        time.
      - The path of a file, which must be absolute or begin with C(~). It is an SQLite file of whoever runs the module,
        and is made when it is needed.
      - Or the URL of a PostgreSQL database, such as C(postgresql://user@host/database), for several machines and for
        containers that forget their files. It needs the Python library psycopg, version 3. A password in the URL is
        treated as a secret.
      - V(none) keeps nothing and holds nothing.
      - If it is left out, the environment variable E(AIOPS_OPENAI_LEDGER) is used, and after that the default.
      - In check mode it is only read, and not made.
    type: str
    default: ~/.ansible/aiops_openai/ledger.sqlite
    version_added: 1.0.0
requirements:
  - python >= 3.11
  - requests >= 2.31
  - pydantic >= 2.7
  - psycopg >= 3.1, for a ledger in a PostgreSQL database
notes:
  - The environment variables are read where the module runs. Set them for a play or a task with C(environment).
  - Proxies are taken from the environment variables E(HTTPS_PROXY), E(ALL_PROXY) and E(NO_PROXY). Plain C(http), which
    leads to the machine itself alone, goes by no proxy.
"""

    # What is to be known of the servers of assistants, threads, messages and runs.
    ASSISTANTS = r"""
options: {}
notes:
  - OpenAI closed the Assistants endpoints of api.openai.com on 2026-08-26. They answer with status 404, and the task
    then fails and says so. Other servers go on offering the same protocol, such as Microsoft Foundry classic agents,
    Azure-style servers and self-hosted ones. Name one with O(base_url).
  - A missing object is told apart from a missing endpoint. After a status 404 the module asks once more, for the list
    of assistants, which costs one more read.
"""

    # What is to be known of the servers of agents.
    AGENTS = r"""
options: {}
notes:
  - The Agents API is one of api.openai.com, in public beta since 2026-09-10. The servers that go on offering the
    Assistants API need not have it.
  - A missing object is told apart from a missing endpoint. After a status 404 the module asks once more, for the list
    of agents, which costs one more read.
"""

    # What is to be known of the servers of files.
    FILES = r"""
options: {}
notes:
  - Files are an API of api.openai.com, which Microsoft Foundry, Azure-style servers and some self-hosted ones offer
    too.
  - A missing object is told apart from a missing endpoint. After a status 404 the module asks once more, for the list
    of files, which costs one more read.
"""

    # What is to be known of the servers of vector stores.
    VECTOR_STORES = r"""
options: {}
notes:
  - Vector stores are an API of api.openai.com, which Microsoft Foundry, Azure-style servers and some self-hosted ones
    offer too.
  - A missing object is told apart from a missing endpoint. After a status 404 the module asks once more, for the list
    of vector stores, which costs one more read.
"""

    # What is to be known of the servers of ChatKit.
    CHATKIT = r"""
options: {}
notes:
  - ChatKit is an API of api.openai.com. The servers that go on offering the Assistants API need not have it.
  - OpenAI is winding its hosted workflows (Agent Builder) down, which ChatKit sessions run. Check the deprecations page
    of OpenAI before you build on them.
  - A missing object is told apart from a missing endpoint. After a status 404 the module asks once more, for the list
    of ChatKit threads, which costs one more read.
seealso:
  - name: OpenAI, deprecations
    description: What OpenAI is going to shut down, and when.
    link: https://platform.openai.com/docs/deprecations
"""
