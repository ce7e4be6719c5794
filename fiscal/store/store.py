"""Opening a store and asking it questions."""

from pathlib import Path

import duckdb
import pandas as pd

from fiscal.errors import ReadError
from fiscal.metrics.stored import Stored, stored_accounts
from fiscal.model.display import Displayed
from fiscal.paths import nearby
from fiscal.store.layout import quoted
from fiscal.store.migrate import bring_up
from fiscal.store.schema import DATASETS
from fiscal.store.views import VIEWS

DEFAULT = Path("data/processed")


class Store(Displayed):
    """Many accounts in Parquet, asked through DuckDB. Datasets: those of `schema`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.connection = duckdb.connect()
        for dataset, kinds in DATASETS.items():
            self.connection.execute(f"CREATE VIEW {dataset} AS {_source(root, dataset, kinds)}")
        for name, query in VIEWS.items():
            self.connection.execute(f"CREATE VIEW {name} AS {query}")

    def sql(self, query: str, parameters: list | None = None) -> pd.DataFrame:
        """The answer to a query as a frame. Amounts are 元 (DECIMAL); datasets and views are named as in `views`."""
        try:
            return self.connection.execute(query, parameters or []).df()
        except duckdb.Error as error:
            if ".parquet" in str(error):  # every file of a store is its own; a damaged one is no fault of the query
                what = f"holds a file that cannot be read: {error}"
                raise ReadError(str(self.root), what, "move this folder away and run `fiscal batch` again") from error
            raise ReadError(str(self.root), f"the query failed: {error}", f"views: {', '.join(self.views)}") from error

    @property
    def views(self) -> list[str]:
        """Names that a query can use."""
        return [*DATASETS, *VIEWS]

    def __getitem__(self, view: str) -> pd.DataFrame:
        """A whole dataset or ready-made view."""
        if view not in self.views:
            raise KeyError(f"no view {view}; there are {', '.join(self.views)}")
        return self.sql(f'SELECT * FROM "{view}" ORDER BY ALL')

    def accounts(self, entity: str) -> list[Stored]:
        """The final accounts of an entity in order of year, for the measures of `fiscal.metrics`."""
        documents = self.sql("SELECT * FROM documents WHERE entity = ? AND kind <> 'budget'", [entity])
        printed = "SELECT * FROM facts UNION ALL BY NAME SELECT *, '未公开' AS value FROM unknowns"
        cells = self.sql(f"SELECT * FROM ({printed}) WHERE entity = ?", [entity])
        said = (self.sql(f"SELECT * FROM {name} WHERE entity = ?", [entity]) for name in ("statements", "findings"))
        return stored_accounts(documents, cells, *said)

    def close(self) -> None:
        self.connection.close()

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _source(root: Path, dataset: str, kinds: dict[str, str]) -> str:
    """All buckets of a dataset, or nothing with the right columns where there is none yet."""
    if any((root / dataset).glob("*/*.parquet")):
        pattern = quoted(root / dataset / "*" / "*.parquet")
        return f"SELECT * FROM read_parquet('{pattern}', hive_partitioning = false)"
    return "SELECT " + ", ".join(f'CAST(NULL AS {kind}) AS "{name}"' for name, kind in kinds.items()) + " WHERE false"


def open_store(path: str | Path = DEFAULT) -> Store:
    """Open the store in `path`, looked up from the working folder and those above it.

    A store of an older version is carried over first.
    Errors: ReadError when there is no store, or one of a newer version.
    """
    root = nearby(path)
    bring_up(root)
    return Store(root)
