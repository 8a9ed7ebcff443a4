"""Lines of JSON on disk, read one by one by their number; nothing is held in memory."""

import json
import mmap
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Generic, TypeVar

import numpy as np
from pydantic import TypeAdapter

T = TypeVar("T")


def write(path: Path, kind: TypeAdapter[Any], values: Iterable[Any]) -> None:
    """Write values one a line, and where each line begins."""
    offsets = [0]
    with path.open("wb") as file:
        for value in values:
            line = kind.dump_json(value) + b"\n"
            file.write(line)
            offsets.append(offsets[-1] + len(line))
    np.save(_offsets(path), np.asarray(offsets, dtype=np.int64))


class Records(Generic[T]):
    """The values of a file written by write, by number."""

    def __init__(self, path: Path, kind: TypeAdapter[T]) -> None:
        self._kind = kind
        self._offsets = np.load(_offsets(path), mmap_mode="r")
        with path.open("rb") as file:
            self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if len(self) else None

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def __iter__(self) -> Iterator[T]:
        return (self[number] for number in range(len(self)))

    def __getitem__(self, number: int) -> T:
        if not 0 <= number < len(self) or self._bytes is None:
            raise IndexError(number)
        return self._kind.validate_json(self._bytes[int(self._offsets[number]) : int(self._offsets[number + 1])])


def write_json(path: Path, value: Any) -> None:
    """Write one small value, readable by people."""
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def read_json(path: Path) -> Any:
    """Read what write_json wrote."""
    return json.loads(path.read_text(encoding="utf-8"))


def _offsets(path: Path) -> Path:
    return path.with_suffix(".offsets.npy")
