"""Who asks according to a reverse proxy that signs people in; the header of anybody else is not looked at."""

from flask import request

from chatbot.settings import Settings
from chatbot.web.access.asking import Asker
from chatbot.web.manners import proxies

_LONGEST = 200


def person(values: Settings) -> Asker | None:
    """The person whom a trusted proxy names, None where it names nobody."""
    if not proxies.came_through_trusted_proxy():
        return None
    names = request.headers.getlist(values.identity_header)
    name = names[0].strip() if len(names) == 1 else ""
    return Asker("person", name, name) if 0 < len(name) <= _LONGEST and name.isprintable() else None
