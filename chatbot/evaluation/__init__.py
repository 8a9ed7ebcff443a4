"""How well and how fast the helpdesk answers, measured."""
