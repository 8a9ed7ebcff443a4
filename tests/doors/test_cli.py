"""The command line, run in this process; what embeds runs the real model over the cards of the small corpus."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from chatbot import __version__
from chatbot.cli import ABSTAINED, main
from chatbot.model import Status
from chatbot.retrieval import records
from chatbot.retrieval.snapshots import Snapshots
from chatbot.settings import Settings
from tests.conftest import BRIEF_TEXT, GUIDE
from tests.doors.conftest import CARDS

LAMP = "How fast must a lamp be repaired in Norway?"
REPAIRED = "Under s 12 of the Norwegian Library Act a broken lamp must be repaired within three days."

Run = Callable[..., Result]
Items = list[dict[str, Any]]


def run_in(folder: Path, *words: str, stdin: str | bytes = "", **env: str) -> Result:
    """Run `chatbot …` with index and instance in a folder."""
    places = {
        "CHATBOT_CORPUS_DIR": str(CARDS),
        "CHATBOT_INDEX_DIR": str(folder / "index"),
        "CHATBOT_DATA_DIR": str(folder / "instance"),
        "CHATBOT_EVIDENCE_THRESHOLD": "0.35",
    }
    return CliRunner().invoke(main, words, input=stdin, env={**places, **env})


def failure(result: Result) -> tuple[int, str]:
    """The exit code and the one line on standard error of a command that failed as it should, not by a traceback."""
    assert isinstance(result.exception, SystemExit), repr(result.exception)
    assert result.stdout == ""
    return result.exit_code, result.stderr.strip()


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs a command where nothing was built."""
    return lambda *words, **more: run_in(tmp_path, *words, **more)


@pytest.fixture
def run_built(folder: Path) -> Run:
    """Runs a command over a copy of the small index, which must not be searched: its vectors are a stand-in's."""
    return lambda *words, **more: run_in(folder, *words, **more)


@pytest.fixture(scope="module")
def real_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small corpus, refreshed by the command with the real model."""
    folder = tmp_path_factory.mktemp("cli")
    assert run_in(folder, "corpus", "add", str(BRIEF_TEXT), "--document", GUIDE).exit_code == 0
    assert run_in(folder, "corpus", "refresh").exit_code == 0
    return folder


@pytest.fixture
def run_real(real_folder: Path) -> Run:
    """Runs a command over the small corpus with the real model."""
    return lambda *words, **more: run_in(real_folder, *words, **more)


# What needs no model


def test_the_version_is_that_of_the_package(run: Run) -> None:
    """`chatbot --version` gives the version."""
    assert run("--version").stdout == f"chatbot, version {__version__}\n"


@pytest.mark.parametrize(
    "words", [["ask"], ["answer"], ["corpus"], ["index"], ["bench"], ["serve"], ["settings"], ["corpus", "add"]]
)
def test_every_command_explains_itself(run: Run, words: list[str]) -> None:
    """Each command has a help text with a sentence."""
    result = run(*words, "--help")
    assert result.exit_code == 0
    assert re.search(rf"Usage: main {' '.join(words)}.*\n\n  [A-Z][a-z]+ ", result.stdout)


@pytest.mark.parametrize(
    "words",
    [
        ["nothing"],
        ["ask"],
        ["ask", "one", "two"],
        ["ask", LAMP, "--colour"],
        ["answer", "--input", "nothing.jsonl"],
        ["index", "prune", "--keep", "0"],
        ["index", "prune", "--keep", "three"],
        ["corpus", "add", "file.txt"],
    ],
)
def test_a_wrong_call_is_a_usage_error(run: Run, words: list[str]) -> None:
    """Unknown commands and options, and missing or impossible values, end with code 2."""
    code, told = failure(run(*words))
    assert code == 2
    assert told.startswith("Usage: ")


def test_settings_shows_each_value_in_use(run: Run, tmp_path: Path) -> None:
    """Every setting is shown with its value here and its sentence."""
    result = run("settings", PORT="9001")
    assert result.exit_code == 0
    assert "PORT = 9001\n    Port that the service listens on.\n" in result.stdout
    assert f"CHATBOT_INDEX_DIR = {tmp_path / 'index'}\n" in result.stdout
    shown = re.findall(r"^(\w+) = ", result.stdout, re.MULTILINE)
    assert shown == [field.alias for field in Settings.model_fields.values()]


@pytest.mark.parametrize("words", [["settings"], ["index", "list"], ["ask", LAMP], ["serve"]])
def test_a_wrong_setting_is_one_sentence(run: Run, words: list[str]) -> None:
    """A setting that cannot be used is told by name, and nothing is done."""
    code, told = failure(run(*words, PORT="http"))
    assert code == 1
    assert told.startswith("A setting cannot be used. PORT: ")
    assert "\n" not in told


@pytest.mark.parametrize("words", [["ask", LAMP], ["corpus", "refresh"], ["bench", "--questions", "-"]])
def test_a_missing_model_is_one_sentence(run: Run, tmp_path: Path, words: list[str]) -> None:
    """Without weights nothing is asked or built, and the sentence says what to set."""
    code, told = failure(run(*words, CHATBOT_MODEL_DIR=str(tmp_path)))
    assert code == 1
    assert told.endswith("is missing; CHATBOT_MODEL_DIR must name a sentence-transformers folder.")


# Adding official texts


def test_a_text_is_added_and_the_next_step_named(run: Run, tmp_path: Path) -> None:
    """A file becomes the official text of its document, byte for byte, and the reader learns what to run."""
    result = run("corpus", "add", str(BRIEF_TEXT), "--document", GUIDE)
    assert result.exit_code == 0
    assert "Now run: chatbot corpus refresh" in result.stdout
    [kept] = (tmp_path / "instance" / "official" / GUIDE).glob("*.txt")
    assert kept.read_bytes() == BRIEF_TEXT.read_bytes()


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("empty.txt", b"", ""),
        ("blank.txt", b" \n\n\t\n", ""),
        ("bytes.txt", b"\xff\xfe\xfa\x80 lamp", ""),
        ("nul.txt", b"\0" * 100, ""),
        ("text.xyz", b"A lamp must be lit.", "xyz"),
        ("noending", b"A lamp must be lit.", ""),
    ],
)
def test_a_file_that_is_no_text_is_not_added(run: Run, tmp_path: Path, name: str, data: bytes, why: str) -> None:
    """What cannot be read as text is told with its name, and nothing is kept."""
    file = tmp_path / name
    file.write_bytes(data)
    code, told = failure(run("corpus", "add", str(file), "--document", GUIDE))
    assert code == 1
    assert name in told
    assert why in told
    assert not (tmp_path / "instance").exists()


@pytest.mark.parametrize("name", ["nothing.txt", "."])
def test_a_missing_file_is_told(run: Run, tmp_path: Path, name: str) -> None:
    """A file that is not there, or a folder, is told as such."""
    code, told = failure(run("corpus", "add", str(tmp_path / name), "--document", GUIDE))
    assert (code, told.endswith("there is no such file.")) == (1, True)


@pytest.mark.parametrize("id_", ["no-such-act", "../../elsewhere", "", GUIDE.upper(), "/etc"])
def test_a_text_needs_a_card(run: Run, tmp_path: Path, id_: str) -> None:
    """A text for a document without a card is not kept, wherever its id would lead."""
    code, told = failure(run("corpus", "add", str(BRIEF_TEXT), "--document", id_))
    assert code == 1
    assert told.startswith(f"There is no card '{id_}' in ")
    assert not (tmp_path / "instance").exists()


# Snapshots


def second_snapshot(folder: Path) -> tuple[str, str]:
    """Puts another snapshot beside the first and publishes it; gives the ids of the first and the second."""
    found = Snapshots(folder / "index")
    first = found.current_id()
    assert first is not None
    copy = folder / "copy"
    shutil.copytree(found.folder(first), copy)
    manifest = records.read_json(copy / "manifest.json")
    records.write_json(copy / "manifest.json", {**manifest, "id": "f" * 12, "built_at": "2999-01-01T00:00:00+00:00"})
    found.publish(found.add(copy))
    return first, "f" * 12


def test_snapshots_are_listed_newest_first(run_built: Run, folder: Path) -> None:
    """The list has a line for each snapshot, with a star at the current one and what it holds."""
    first, second = second_snapshot(folder)
    lines = run_built("index", "list").stdout.splitlines()
    assert [line[:14] for line in lines] == [f"* {second}", f"  {first}"]
    assert all("3 documents" in line for line in lines)


def test_no_snapshots_are_an_empty_list(run: Run) -> None:
    """Where nothing was built the list is empty, and that is no failure."""
    result = run("index", "list")
    assert (result.exit_code, result.stdout) == (0, "")


def test_rollback_goes_back_and_forth(run_built: Run, folder: Path) -> None:
    """Rolling back makes the earlier snapshot the current one; naming one makes that one current."""
    first, second = second_snapshot(folder)
    assert run_built("index", "rollback").stdout == f"Snapshot {first} is current.\n"
    assert Snapshots(folder / "index").current_id() == first
    assert run_built("index", "rollback", second).stdout == f"Snapshot {second} is current.\n"
    assert Snapshots(folder / "index").current_id() == second


def test_there_may_be_nothing_to_go_back_to(run_built: Run, folder: Path) -> None:
    """With one snapshot there is no earlier one, and the current one stays."""
    before = Snapshots(folder / "index").current_id()
    assert failure(run_built("index", "rollback"))[0] == 1
    assert Snapshots(folder / "index").current_id() == before


@pytest.mark.parametrize("id_", ["nothing", "../../elsewhere", "..", "", "灯"])
def test_an_unknown_snapshot_is_told(run_built: Run, folder: Path, id_: str) -> None:
    """A snapshot that is not held cannot become the current one."""
    before = Snapshots(folder / "index").current_id()
    code, told = failure(run_built("index", "rollback", "--", id_))
    assert code == 1
    assert "'chatbot index list' shows those there are." in told
    assert Snapshots(folder / "index").current_id() == before


def test_a_damaged_snapshot_is_not_gone_back_to(run_built: Run, folder: Path) -> None:
    """A snapshot with a changed file does not become the current one, and none else is there to go back to."""
    first, second = second_snapshot(folder)
    (folder / "index" / "snapshots" / first / "passages.jsonl").write_bytes(b"")
    assert failure(run_built("index", "rollback"))[0] == 1
    assert Snapshots(folder / "index").current_id() == second


@pytest.mark.parametrize("words", [["index", "list"], ["index", "rollback"], ["index", "prune", "--keep", "1"]])
def test_a_damaged_manifest_is_no_traceback(run_built: Run, folder: Path, words: list[str]) -> None:
    """One snapshot with a damaged manifest does not keep an operator from looking after the others."""
    first, _ = second_snapshot(folder)
    (folder / "index" / "snapshots" / first / "manifest.json").write_text("{", encoding="utf-8")
    result = run_built(*words)
    assert result.exception is None or isinstance(result.exception, SystemExit)


def test_prune_keeps_the_current_one(run_built: Run, folder: Path) -> None:
    """Pruning to one leaves the current snapshot, also when it is the older one."""
    first, _ = second_snapshot(folder)
    run_built("index", "rollback")
    assert run_built("index", "prune", "--keep", "1").stdout == "Deleted 1 snapshots.\n"
    assert [snapshot.id for snapshot in Snapshots(folder / "index").listed()] == [first]
    assert run_built("index", "prune", "--keep", "1").stdout == "There is nothing to delete.\n"


@pytest.mark.parametrize("words", [["index", "rollback"], ["index", "prune"]])
def test_a_busy_index_is_left_alone(run_built: Run, folder: Path, words: list[str]) -> None:
    """While another process changes the index the command ends with code 75 and says who does."""
    with Snapshots(folder / "index").lock():
        code, told = failure(run_built(*words))
    assert code == 75
    assert told.startswith("The corpus is being refreshed by process ")


@pytest.mark.parametrize("words", [["index", "list"], ["index", "rollback"], ["index", "prune"]])
def test_a_damaged_pointer_is_no_obstacle(run_built: Run, folder: Path, words: list[str]) -> None:
    """With a pointer of odd bytes an operator can still look after the snapshots."""
    second_snapshot(folder)
    (folder / "index" / "current").write_bytes(b"\xff\xfe")
    assert run_built(*words).exit_code == 0


def test_naming_a_snapshot_mends_a_damaged_pointer(run_built: Run, folder: Path) -> None:
    """Whatever the pointer has become, naming a snapshot makes that one current."""
    _, second = second_snapshot(folder)
    (folder / "index" / "current").write_bytes(b"\xff\xfe")
    assert run_built("index", "rollback", second).stdout == f"Snapshot {second} is current.\n"
    assert Snapshots(folder / "index").current_id() == second


@pytest.mark.parametrize("words", [["index", "list"], ["index", "rollback"], ["index", "prune"]])
def test_an_index_folder_that_is_a_file_is_told(run: Run, tmp_path: Path, words: list[str]) -> None:
    """A setting that names a file where a folder is needed is one sentence."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert failure(run(*words, CHATBOT_INDEX_DIR=str(tmp_path / "file")))[0] == 1


# Files of questions, before any model is needed


@pytest.mark.parametrize(
    "line",
    [
        "hello",
        "{",
        "[]",
        "null",
        '"hello"',
        "5",
        '{"id": 1}',
        '{"question": "hello"}',
        '{"Id": 1, "Question": "hello"}',
        "\ufeff" + '{"id": 1, "question": "hello"}',
    ],
)
def test_a_bad_line_is_told_by_its_number(run: Run, tmp_path: Path, line: str) -> None:
    """A line that is no question stops everything before it begins, with code 2 and the line's number."""
    (tmp_path / "in.jsonl").write_text(f'{{"id": 1, "question": "hello"}}\n\n{line}\n', encoding="utf-8")
    code, told = failure(run("answer", "--input", str(tmp_path / "in.jsonl"), "--output", str(tmp_path / "out.jsonl")))
    assert code == 2
    assert told.startswith("Line 3: write one JSON object with 'id' and 'question'")
    assert not (tmp_path / "out.jsonl").exists()


@pytest.mark.parametrize("name", ["nothing.jsonl", "."])
def test_a_missing_input_is_told(run: Run, tmp_path: Path, name: str) -> None:
    """A file of questions that is not there, or is a folder, is a usage error."""
    result = run("answer", "--input", str(tmp_path / name), "--output", str(tmp_path / "out.jsonl"))
    assert failure(result)[0] == 2


def test_a_file_that_is_not_utf_8_is_told(run: Run, tmp_path: Path) -> None:
    """A file in another encoding is one sentence, with the line where it stopped."""
    (tmp_path / "in.jsonl").write_bytes('{"id": 1, "question": "Qu\u00e9 es?"}\n'.encode("latin-1"))
    code, told = failure(run("answer", "--input", str(tmp_path / "in.jsonl"), "--output", str(tmp_path / "out.jsonl")))
    assert (code, "UTF-8" in told) == (2, True)


@pytest.mark.parametrize(
    "line",
    [
        '{"id": 1, "question": null}',
        '{"id": 1, "question": 5}',
        '{"id": 1, "question": {"text": "hello"}}',
        '{"id": 1, "question": "hello", "turns": "And in Chile?"}',
        '{"id": 1, "question": "hello", "turns": 5}',
        '{"id": 1, "question": "hello", "turns": [5]}',
        '{"id": 1, "question": "hello", "turns": {"a": "b"}}',
    ],
)
def test_a_line_of_wrong_types_is_told_by_its_number(run: Run, tmp_path: Path, line: str) -> None:
    """A question that is no text, or turns that are no list of texts, are told like any bad line."""
    (tmp_path / "in.jsonl").write_text(line, encoding="utf-8")
    result = run(
        *("answer", "--input", str(tmp_path / "in.jsonl"), "--output", str(tmp_path / "out.jsonl")),
        CHATBOT_MODEL_DIR=str(tmp_path),
    )
    assert failure(result)[0] == 2


# With the real model


@pytest.mark.slow
def test_ask_prints_the_answer_with_its_source(run_real: Run) -> None:
    """`chatbot ask` prints the sentence, its mark and its source."""
    result = run_real("ask", LAMP)
    assert result.exit_code == 0
    assert REPAIRED in " ".join(result.stdout.split())
    assert "Digest · in force, as of 2025-05-01 · no-library-act-2022:digest:s-12:0" in result.stdout
    assert result.stdout.splitlines()[-1].startswith("answered · snapshot ")


@pytest.mark.slow
def test_ask_gives_the_answer_of_the_api(run_real: Run) -> None:
    """`chatbot ask --json` prints one JSON answer, with everything the API gives."""
    answer = json.loads(run_real("ask", LAMP, "--json").stdout)
    assert (answer["status"], answer["sentences"][0]["text"]) == ("answered", REPAIRED)
    assert answer["citations"][0]["quotes"][0] == REPAIRED
    assert list(answer) == [
        *("status", "message", "sentences", "citations", "closing", "table", "nearest"),
        *("read_as", "language", "snapshot_id", "trace"),
    ]


@pytest.mark.slow
def test_ask_reads_a_follow_up_with_its_turns(run_real: Run) -> None:
    """`--turn` gives the questions before, so that a follow-up is understood."""
    answer = json.loads(run_real("ask", "And in Chile?", "--turn", "What is the fine for a leak?", "--json").stdout)
    assert "Chile" in answer["read_as"]
    assert "leak" in answer["read_as"]


@pytest.mark.slow
def test_ask_stays_in_its_scope(run_real: Run) -> None:
    """`--document` and `--jurisdiction` keep to what they name."""
    for options in (["--document", "cl-dry-archive-bill-2025"], ["--jurisdiction", "CL"]):
        answer = json.loads(run_real("ask", "Who answers for a leak?", *options, "--json").stdout)
        cited = {c["document_id"] for c in answer["citations"] + answer["nearest"]}
        assert cited
        assert "no-library-act-2022" not in cited


@pytest.mark.slow
@pytest.mark.parametrize("question", ["", "  ", "x" * 2001])
def test_a_question_that_cannot_be_read_is_code_2(run_real: Run, question: str) -> None:
    """An empty or overlong question is one sentence and code 2."""
    code, told = failure(run_real("ask", question))
    assert code == 2
    assert told.startswith("The question ")


@pytest.mark.slow
def test_asking_without_a_snapshot_says_what_to_run(run: Run) -> None:
    """Before the first refresh the answer is what to run, with code 1."""
    code, told = failure(run("ask", LAMP))
    assert (code, "run 'chatbot corpus refresh'" in told) == (1, True)


@pytest.mark.slow
def test_a_second_refresh_changes_nothing(run_real: Run) -> None:
    """Refreshing an unchanged corpus publishes nothing, and its report says so in JSON too."""
    assert run_real("corpus", "refresh").stdout.splitlines()[-1].startswith("Nothing has changed; snapshot ")
    report = json.loads(run_real("corpus", "refresh", "--json").stdout)
    assert (report["unchanged"], report["embedded"], report["problems"]) == (True, 0, [])
    assert {(read["document_id"], read["edition"]) for read in report["read"]} == {
        (GUIDE, "official"),
        (GUIDE, "digest"),
        ("no-library-act-2022", "digest"),
        ("cl-dry-archive-bill-2025", "digest"),
    }


@pytest.mark.slow
def test_a_bad_card_is_named_and_the_rest_goes_on(run: Run, corpus_dir: Path) -> None:
    """A card that cannot be read is on standard error; the other documents are published."""
    (corpus_dir / "broken.md").write_text("no front matter", encoding="utf-8")
    result = run("corpus", "refresh", CHATBOT_CORPUS_DIR=str(corpus_dir))
    assert result.exit_code == 0
    assert "broken.md" in result.stderr
    assert "Published snapshot " in result.stdout


@pytest.mark.slow
@pytest.mark.parametrize("name", ["nothing", "empty"])
def test_a_corpus_without_cards_is_told(run: Run, tmp_path: Path, name: str) -> None:
    """A corpus folder that is missing or empty is one sentence, and nothing is published."""
    (tmp_path / "empty").mkdir()
    code, told = failure(run("corpus", "refresh", CHATBOT_CORPUS_DIR=str(tmp_path / name)))
    assert code == 1
    assert str(tmp_path / name) in told
    assert not (tmp_path / "index" / "current").exists()


@pytest.fixture
def answered(run_real: Run, tmp_path: Path) -> Callable[[Items], Items]:
    """Answers a file of questions; gives the lines of the file of answers."""

    def answer(items: Items) -> Items:
        asked, told = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
        asked.write_text("\n".join(json.dumps(item) for item in items), encoding="utf-8")
        result = run_real("answer", "--input", str(asked), "--output", str(told))
        assert (result.exit_code, result.stdout) == (0, "")
        return [json.loads(line) for line in told.read_text(encoding="utf-8").splitlines()]

    return answer


@pytest.mark.slow
def test_a_file_of_questions_is_answered_line_by_line(
    answered: Callable[[Items], Items],
) -> None:
    """Each question gives one line, in order, with its id as it was, the answer, its citations and its time."""
    items = [
        {"id": "a-1", "question": LAMP, "colour": "passed over"},
        {"id": 2, "question": "Who won the football match?", "turns": None},
        {"id": "a-1", "question": "hello", "turns": []},
    ]
    first, second, third = answered(items)
    assert [line["id"] for line in (first, second, third)] == ["a-1", 2, "a-1"]
    assert (first["status"], first["abstained"]) == ("answered", False)
    assert str(first["answer"]).startswith(REPAIRED)
    assert first["citations"][0]["section"] == "s 12 — Lamps"
    assert REPAIRED in first["citations"][0]["text"]
    assert (second["abstained"], second["citations"]) == (True, [])
    assert (third["status"], third["abstained"]) == ("greeting", False)
    assert all(line["latency_ms"] > 0 for line in (first, second, third))


@pytest.mark.parametrize("status", Status)
def test_what_is_no_answer_is_an_abstention(status: Status) -> None:
    """Of what a reader can be told, only answers, support and greetings are no abstention."""
    told = {Status.ANSWERED, Status.PARTIAL, Status.SUPPORT, Status.GREETING}
    assert (status in ABSTAINED) == (status not in told)


@pytest.mark.slow
def test_turns_in_a_file_make_follow_ups_understood(
    answered: Callable[[Items], Items],
) -> None:
    """A question with turns gets the answer that it would get alone if it were written out."""
    turns = ["What is the fine for a broken lamp in Norway?"]
    alone, after = answered(
        [{"id": 1, "question": "Who pays it?"}, {"id": 2, "question": "Who pays it?", "turns": turns}]
    )
    assert alone["answer"] != after["answer"]


@pytest.mark.slow
def test_an_empty_file_of_questions_gives_an_empty_file(
    answered: Callable[[Items], Items],
) -> None:
    """No questions give a file without answers, so that what reads it next finds it."""
    assert answered([]) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", ["no-such-folder/out.jsonl", "."])
def test_an_output_that_cannot_be_written_is_told(run_real: Run, tmp_path: Path, name: str) -> None:
    """A place where no file can be written is told by its name."""
    (tmp_path / "in.jsonl").write_text(json.dumps({"id": 1, "question": "hello"}), encoding="utf-8")
    result = run_real("answer", "--input", str(tmp_path / "in.jsonl"), "--output", str(tmp_path / name))
    assert isinstance(result.exception, SystemExit)
    assert result.exit_code > 0
    assert str(tmp_path / name) in result.stderr


@pytest.mark.slow
@pytest.mark.parametrize("question", ["", "x" * 2001])
def test_a_question_that_cannot_be_read_does_not_end_the_run(run_real: Run, tmp_path: Path, question: str) -> None:
    """An empty or overlong question gets a line that says why it failed, the next is answered, and all are counted."""
    lines = [json.dumps({"id": id_, "question": text}) for id_, text in (("q-7", question), ("q-8", "hello"))]
    (tmp_path / "in.jsonl").write_text("\n".join(lines), encoding="utf-8")
    result = run_real("answer", "--input", str(tmp_path / "in.jsonl"), "--output", str(tmp_path / "out.jsonl"))
    failed, answered = map(json.loads, (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines())
    assert (failed["id"], failed["status"], failed["abstained"], failed["citations"]) == ("q-7", "failed", True, [])
    assert failed["answer"].startswith("The question ")
    assert (answered["id"], answered["status"]) == ("q-8", "greeting")
    assert (result.exit_code, "1 of 2 questions could not be read" in result.stderr) == (0, True)


@pytest.mark.slow
@pytest.mark.parametrize("line", [r'{"id": 1, "question": "lamp \ud800"}', r'{"id": "\ud800", "question": "hello"}'])
def test_half_a_character_is_no_traceback(run_real: Run, tmp_path: Path, line: str) -> None:
    """JSON can carry half of a surrogate pair; it is told or passed over."""
    (tmp_path / "in.jsonl").write_text(line, encoding="ascii")
    result = run_real("answer", "--input", str(tmp_path / "in.jsonl"), "--output", str(tmp_path / "out.jsonl"))
    assert result.exit_code == 0
    assert json.loads((tmp_path / "out.jsonl").read_text(encoding="utf-8"))["id"] == json.loads(line)["id"]


@pytest.mark.slow
def test_odd_bytes_on_the_command_line_are_no_traceback(run_real: Run) -> None:
    """Bytes of another encoding on the command line are told or passed over."""
    result = run_real("ask", b"lamp \xe9".decode("utf-8", "surrogateescape"))
    assert failure(result)[0] == 2


@pytest.mark.slow
def test_bench_measures_the_questions_given(run_real: Run, tmp_path: Path) -> None:
    """`chatbot bench` over a file of questions tells how many were measured, their times and the memory."""
    (tmp_path / "in.jsonl").write_text(json.dumps({"id": 1, "question": LAMP}), encoding="utf-8")
    result = run_real("bench", "--no-build", "--no-workers", "--questions", str(tmp_path / "in.jsonl"))
    assert result.exit_code == 0
    assert result.stdout.startswith("answers: 3 in one process, p50 ")
    assert re.search(r"^  embed +\d+\.\d\d ms +\d+ %$", result.stdout, re.MULTILINE)
    assert re.search(r"^resident memory: [1-9]\d* MB$", result.stdout, re.MULTILINE)


@pytest.mark.slow
def test_bench_times_a_build_that_is_not_published(run_real: Run, real_folder: Path) -> None:
    """`chatbot bench --build` builds beside the index and leaves it as it was."""
    before = sorted(path.name for path in (real_folder / "index").rglob("*"))
    result = run_real("bench", "--no-workers")
    assert re.search(r"^building: \d+ passages in \d+\.\d s, \d+ a second$", result.stdout, re.MULTILINE)
    assert sorted(path.name for path in (real_folder / "index").rglob("*")) == before


@pytest.mark.slow
def test_bench_without_questions_is_told(run_real: Run, tmp_path: Path) -> None:
    """A file without questions is told as such."""
    (tmp_path / "in.jsonl").write_text("\n", encoding="utf-8")
    result = run_real("bench", "--no-build", "--no-workers", "--questions", str(tmp_path / "in.jsonl"))
    assert isinstance(result.exception, SystemExit)
