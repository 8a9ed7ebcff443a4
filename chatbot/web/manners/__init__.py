"""How the server behaves towards everybody: proxies, request ids, foreign pages, headers, caches, compression."""

from flask import Flask

from chatbot.web.manners import caching, compression, crossing, policies, proxies, request_ids
from chatbot.wiring import Services


def add_to(app: Flask, services: Services) -> None:
    """Give the application its manners; what runs after a request runs in the reverse of this order."""
    values = services.settings
    proxies.add_to(app, values)
    compression.add_to(app)
    caching.add_to(app)
    request_ids.add_to(app)
    policies.add_to(app, values)
    crossing.add_to(app, values)
