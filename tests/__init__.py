"""What must be true of the helpdesk."""
