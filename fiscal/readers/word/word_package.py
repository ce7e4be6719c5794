"""The parts of a .docx: their names, their XML, and how they refer to each other."""

import zlib
from pathlib import Path
from posixpath import basename, dirname, join, normpath
from types import TracebackType

from lxml import etree

from fiscal.errors import FileRefused
from fiscal.readers.archive import open_safely, part

_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class Package:
    """One open .docx. Errors: FileRefused for damaged, encrypted and bomb-like files, and for declared entities."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self.zip = open_safely(path)
        self.names = frozenset(self.zip.namelist())

    def __enter__(self) -> "Package":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.zip.close()

    def xml(self, name: str) -> etree._Element | None:
        """The root of an XML part, or None where there is no such part. Nothing outside the file is loaded."""
        if name not in self.names:
            return None
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            return etree.fromstring(part(self.zip, name), parser)
        except (etree.XMLSyntaxError, zlib.error) as error:
            raise FileRefused(self.name, f"the part {name} is damaged", "open it in Word and save it again") from error

    def relations(self, name: str) -> dict[str, tuple[str, str]]:
        """Relation id → (kind, part it names) of a part, "" for the package; what lies outside the file is left out."""
        root = self.xml(join(dirname(name), "_rels", f"{basename(name)}.rels"))
        found = {}
        for each in () if root is None else root.iter(_RELATION):
            if each.get("TargetMode") != "External":
                target = normpath(join("/", dirname(name), each.get("Target") or "")).lstrip("/")
                found[each.get("Id") or ""] = ((each.get("Type") or "").rsplit("/", 1)[-1], target)
        return found

    def main(self) -> str:
        """The name of the part that holds the text."""
        for kind, target in self.relations("").values():
            if kind == "officeDocument" and target in self.names:
                return target
        if "word/document.xml" not in self.names:
            raise FileRefused(self.name, "is an archive without a Word document in it", "save it again in Word")
        return "word/document.xml"
