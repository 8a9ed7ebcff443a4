"""Everything that can go wrong and that somebody can repair; each message says what was wrong and what to do.

HelpdeskError
├── SettingsError          a setting has a value that cannot be used
├── QuestionError          a question is empty, too long, or has too many earlier turns
├── FeedbackError          feedback on an answer cannot be kept as it was sent
├── KeyNameError           no API key can be given out under this name
├── NotFoundError          no passage, document or snapshot has this id
├── BusyError              another process is refreshing the corpus
├── CorpusError            something that was to be read cannot be read
│   ├── CardError          a card in corpus/ breaks a rule: file, field and cure
│   └── SourceError        a file given as an official text is not readable text
└── ServiceError           the service cannot answer until an operator acts
    ├── ModelError         the embedding weights are missing or not the expected ones
    ├── SnapshotError      the index has no snapshot, or a damaged one
    └── StorageError       the database cannot be opened, written, or understood

What a reader can be told is a Status (see model.py); these are for operators and for callers of a door.
"""


class HelpdeskError(Exception):
    """A failure with a sentence for a person; the base of all others."""


class SettingsError(HelpdeskError):
    """A setting has a value that cannot be used."""


class QuestionError(HelpdeskError):
    """A question is empty or too long, or it came with too many earlier turns."""


class FeedbackError(HelpdeskError):
    """Feedback is too long, of no known kind, or on an answer that cannot have been given."""


class KeyNameError(HelpdeskError):
    """No API key can be given out under this name: it is taken, too long, or no text."""


class NotFoundError(HelpdeskError):
    """No passage, document or snapshot has this id."""


class BusyError(HelpdeskError):
    """Another process is refreshing the corpus; the message says which and since when."""


class CorpusError(HelpdeskError):
    """Something that was to be read cannot be read."""


class CardError(CorpusError):
    """A card breaks a rule; the message names file, field and cure."""


class SourceError(CorpusError):
    """A file given as an official text is empty, too large, or not text in a known form."""


class ServiceError(HelpdeskError):
    """The service cannot answer until an operator acts."""


class ModelError(ServiceError):
    """The embedding weights are missing, or their checksum is not the expected one."""


class SnapshotError(ServiceError):
    """There is no published snapshot, or a file of it is missing or damaged."""


class StorageError(ServiceError):
    """The database cannot be opened, written or understood; the message says where it is and what to do."""
