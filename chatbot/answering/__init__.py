"""From ranked passages to an answer: what was asked, whether it may be answered, and the sentences that do."""
