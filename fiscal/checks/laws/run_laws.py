"""All laws over the claims of one account: one outcome per instance."""

from fiscal.checks.laws.book import Book
from fiscal.checks.laws.budget_laws import completions, words
from fiscal.checks.laws.change_laws import changes, rates
from fiscal.checks.laws.elsewhere import Account, Elsewhere
from fiscal.checks.laws.flow_law import flows
from fiscal.checks.laws.item_laws import items
from fiscal.checks.laws.parts_laws import parts, parts_of_changes, sums_of_shares
from fiscal.checks.laws.same_law import repeats
from fiscal.checks.laws.share_laws import ratios, shares
from fiscal.checks.laws.table_laws import tables
from fiscal.checks.laws.verdicts import Verdicts
from fiscal.model.disclosure import Disclosure
from fiscal.model.finding import Outcome
from fiscal.model.text import Narrative

LAWS = (
    tables, changes, rates, completions, words, shares, ratios, parts, items, parts_of_changes, sums_of_shares, flows,
    repeats,
)  # fmt: skip


def run_laws(disclosure: Disclosure, narrative: Narrative, previous: Account | None = None) -> list[Outcome]:
    """Change, rate, completion, share, parts, same, direction: whoever the sentence speaks of, no table needed."""
    book = Book(narrative, Elsewhere(disclosure, previous))
    verdicts = Verdicts(book.scaled)
    for law in LAWS:
        law(book, verdicts)
    return verdicts.outcomes
