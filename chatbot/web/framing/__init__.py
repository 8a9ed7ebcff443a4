"""The chat inside other sites' pages: a script for them, a page to frame, and a page that shows how it is done."""

from chatbot.web.framing.rooms import blueprint

__all__ = ["blueprint"]
