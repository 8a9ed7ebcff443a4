"""Changes an index with the stand-in embedder and kills itself on the way, as a power cut would.

`python -m tests.doors.dying refresh|publish|prune MOMENT CORPUS INSTANCE INDEX [ID]`: MOMENT counts the file
operations in INDEX; at the one with that number the process gets SIGKILL before it is carried out. With a
MOMENT of 0 it lives, and prints how many there were.
"""

import os
import signal
import sys
from pathlib import Path
from typing import Any

from chatbot.ingest.refresh import Refresher
from chatbot.ingest.sources import Sources
from chatbot.retrieval.snapshots import Snapshots
from chatbot.wiring import engines
from tests.fakes import WordEmbedder

CHANGES = ("os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.truncate", "os.link", "os.symlink")


class Moments:
    """Counts the operations that change an index, and kills at one of them."""

    def __init__(self, index: Path, moment: int) -> None:
        self._index, self._moment = str(index), moment
        self.seen = 0

    def __call__(self, event: str, args: tuple[Any, ...]) -> None:
        """Audit one event."""
        writes = event == "open" and isinstance(args[2], int) and args[2] & (os.O_WRONLY | os.O_RDWR)
        if (writes or event in CHANGES) and self._concerns(args[0]):
            self.seen += 1
            if self.seen == self._moment:
                os.kill(os.getpid(), signal.SIGKILL)

    def _concerns(self, path: Any) -> bool:
        return not isinstance(path, int) and (
            os.fsdecode(path).startswith(self._index) or not Path(os.fsdecode(path)).is_absolute()
        )


def main(action: str, moment: str, corpus: str, instance: str, index: str, *ids: str) -> None:
    """Carry out one action."""
    snapshots, parts = Snapshots(Path(index)), engines()
    moments = Moments(Path(index), int(moment))
    sys.addaudithook(moments)
    if action == "refresh":
        Refresher(Path(corpus), Sources(Path(instance)), snapshots, WordEmbedder(), parts).refresh()
    elif action == "publish":
        with snapshots.lock():
            for id_ in ids:
                snapshots.publish(id_)
    elif action == "prune":
        with snapshots.lock():
            snapshots.prune(1)
    print(moments.seen)


if __name__ == "__main__":
    main(*sys.argv[1:])
