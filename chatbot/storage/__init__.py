"""What the program keeps of its own, in a database: SQLite in the instance folder unless another is named."""
