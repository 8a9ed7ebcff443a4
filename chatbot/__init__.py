"""The parliamentary helpdesk: grounded answers from the IPU issue brief on intimate imagery, treaties and laws."""

__version__ = "0.1.0"
