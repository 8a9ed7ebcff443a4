"""The WSGI application for gunicorn: `gunicorn --preload wsgi:application`."""

from chatbot.web.server import preloaded

application = preloaded()
