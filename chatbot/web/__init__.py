"""The doors over HTTP: a chat page and a JSON API. Flask lives here and nowhere else."""
