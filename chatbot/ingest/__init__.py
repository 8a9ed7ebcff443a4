"""From files to passages: cards and official texts are read, given structure, and cut."""
