"""Small invented documents as files: Word parts, pages, texts."""

import io
import zipfile
from pathlib import Path

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

CHART_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/chart"
_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"


def texts(grid) -> list[list[str | None]]:
    """The texts of a grid, None where a merged cell covers."""
    return [[cell.text if cell else None for cell in row] for row in grid.cells]


def words(raw, role: str) -> list[str]:
    """The paragraphs of one role."""
    return [paragraph.text for paragraph in raw.paragraphs if paragraph.role == role]


def save(document, path: Path, **parts: bytes) -> Path:
    """A python-docx document on disk; `parts` are further members, named with __ for / and _xml for .xml."""
    buffer = io.BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            if name not in parts:
                target.writestr(name, source.read(name))
        for name, content in parts.items():
            target.writestr(name, content)
    return path


def repacked(path: Path, change: dict[str, bytes]) -> Path:
    """The same archive with some members replaced or added."""
    with zipfile.ZipFile(path) as source:
        members = {name: source.read(name) for name in source.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in (members | change).items():
            target.writestr(name, content)
    return path


def add_xml(document, xml: str) -> None:
    """Put one element at the end of the body; the prefixes w, r, a, mc, wps and c are known."""
    spaces = (
        f'{nsdecls("w", "r", "a", "wp")} xmlns:c="{_C}" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    )
    element = parse_xml(xml.replace(">", f" {spaces}>", 1))
    document.element.body.insert(len(document.element.body) - 1, element)


def chart_xml(title: str, series: dict[str, dict[str, str]]) -> bytes:
    """A chart part: series → category → number as stored; a category without number is a blank point."""
    heading = (
        f"<c:title><c:tx><c:rich><a:p><a:r><a:t>{title}</a:t></a:r></a:p></c:rich></c:tx></c:title>" if title else ""
    )
    parts = "".join(_series_xml(name, points) for name, points in series.items())
    return (
        f'<c:chartSpace xmlns:c="{_C}" xmlns:a="{_A}"><c:chart>{heading}<c:plotArea><c:barChart>{parts}'
        "</c:barChart></c:plotArea></c:chart></c:chartSpace>"
    ).encode()


def _series_xml(name: str, points: dict[str, str]) -> str:
    names = "".join(f'<c:pt idx="{i}"><c:v>{label}</c:v></c:pt>' for i, label in enumerate(points))
    values = "".join(f'<c:pt idx="{i}"><c:v>{text}</c:v></c:pt>' for i, text in enumerate(points.values()) if text)
    return (
        f"<c:ser><c:tx><c:strRef><c:strCache><c:pt idx='0'><c:v>{name}</c:v></c:pt></c:strCache></c:strRef></c:tx>"
        f"<c:cat><c:strRef><c:strCache>{names}</c:strCache></c:strRef></c:cat>"
        f"<c:val><c:numRef><c:numCache>{values}</c:numCache></c:numRef></c:val></c:ser>"
    )


def add_chart(document, content: bytes, number: int) -> None:
    """A chart in a paragraph of its own at the end of the body."""
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    kind = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), kind, content, document.part.package)
    relation = document.part.relate_to(part, CHART_TYPE)
    add_xml(
        document,
        f'<w:p><w:r><w:drawing><wp:inline><a:graphic><a:graphicData uri="{_C}"><c:chart r:id="{relation}"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>",
    )


def new() -> docx.document.Document:
    """An empty Word document."""
    return docx.Document()
