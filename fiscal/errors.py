"""The one tree of exceptions.

FiscalError
├── ReadError            our input: a file, a sheet, a cell
│   ├── FileRefused      encrypted, truncated, oversized, of no known format
│   ├── FileExhausting   a file that takes more time or memory than any may, or ends the process that reads it
│   └── NumberUnreadable a text where a number should stand
├── NoSuchTable          a name under which an account has no table; a KeyError as well
├── DeclarationError     an entry of the dictionary or of a --rules file, raised at load
└── RunError             the batch: a notebook that failed, a folder that cannot be written

A finding about an account is a result, never an exception.
"""


class FiscalError(Exception):
    """An error a user can act on: where it is, what it is, what to do next."""

    def __init__(self, where: str, what: str, next_step: str = "") -> None:
        self.where, self.what, self.next_step = where, what, next_step
        super().__init__(where, what, next_step)

    def __str__(self) -> str:
        sentence = f"{self.where}: {self.what}" if self.where else self.what
        return f"{sentence} — {self.next_step}" if self.next_step else sentence


class ReadError(FiscalError):
    """Something in an input file that cannot be read."""


class FileRefused(ReadError):
    """A file that is encrypted, truncated, dangerous or of no known format."""


class FileExhausting(ReadError):
    """A file that is beyond the limits of a document, or that ended the process working on it."""

    paths: tuple[str, ...] = ()  # those that were being read


class NumberUnreadable(ReadError):
    """A text in a place where a number should stand."""


class DeclarationError(FiscalError):
    """A wrong entry in a data file of the dictionary or in a file given with --rules."""


class RunError(FiscalError):
    """A run of notebooks or of a batch that could not go on."""


class NoSuchTable(FiscalError, KeyError):
    """A name under which an account has no table."""
