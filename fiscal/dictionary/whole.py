"""All data files at once: what is wrong in one is said when a run begins, not while documents are read."""

from fiscal.dictionary import (
    classification,
    glossary,
    identities,
    laws,
    measures,
    patterns,
    tables,
    templates,
    word_rules,
)


def require_dictionary() -> None:
    """Read and check every data file of the dictionary, once per process.

    Errors: DeclarationError with file, entry, reason and next step.
    """
    tables.catalogue(), classification.functional(), classification.economic()
    identities.catalogue(), patterns.patterns(), measures.measures(), laws.laws()
    word_rules.text_rules(), templates.phrases(), glossary.terms()
