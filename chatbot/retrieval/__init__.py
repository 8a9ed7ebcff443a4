"""From a question to ranked passages, over one immutable snapshot."""
