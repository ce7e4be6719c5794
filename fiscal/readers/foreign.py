"""Files that are seen and not read: formats we do not take, each with what to do, and files that are no document."""

import zipfile
from dataclasses import dataclass
from pathlib import Path

from fiscal.readers.archive import ZIP, beginning

_AS_XLSX, _AS_DOCX = "请用 WPS 或 Excel 另存为 .xlsx", "请用 WPS 或 Word 另存为 .docx"
_AS_PDF = "请另存为 PDF，或提供原来的 Excel、Word 文件"
# Ending → (what it is, what to do): documents that may hold an account.
TAKEN_ELSEWHERE = {
    ".ods": ("OpenDocument 表格", _AS_XLSX), ".fods": ("OpenDocument 表格", _AS_XLSX),
    ".csv": ("逗号分隔的文本", _AS_XLSX), ".tsv": ("制表符分隔的文本", _AS_XLSX),
    ".numbers": ("Numbers 表格", _AS_XLSX),
    ".xlsb": ("二进制工作簿", _AS_XLSX), ".dbf": ("数据库文件", _AS_XLSX), ".mdb": ("数据库文件", _AS_XLSX),
    ".odt": ("OpenDocument 文档", _AS_DOCX), ".fodt": ("OpenDocument 文档", _AS_DOCX),
    ".pages": ("Pages 文档", _AS_DOCX), ".ofd": ("版式文件 OFD", _AS_PDF), ".ceb": ("版式文件 CEB", _AS_PDF),
    ".caj": ("版式文件 CAJ", _AS_PDF), ".xps": ("版式文件 XPS", _AS_PDF), ".oxps": ("版式文件 XPS", _AS_PDF),
    **dict.fromkeys((".ppt", ".pptx", ".dps", ".odp"), ("演示文稿", _AS_PDF)),
}  # fmt: skip
_OPEN_DOCUMENTS = {
    b"opendocument.spreadsheet": ".ods",
    b"opendocument.text": ".odt",
    b"opendocument.presentation": ".odp",
}
_PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".heic"})
_LISTS = frozenset({"expected.csv"})  # lists that commands of ours read
_SYSTEM = frozenset({"thumbs.db", "desktop.ini", ".ds_store"})
_ABOUT = ("决算", "预算", "收入", "支出")


@dataclass(frozen=True)
class Ignored:
    """A file of a folder that is left aside, and why."""

    path: str
    reason: str


def is_foreign(path: Path) -> bool:
    """Whether a file of a folder is a document that may hold an account, in a format we do not take."""
    ending = path.suffix.lower()
    if ending not in TAKEN_ELSEWHERE or path.name in _LISTS:
        return False
    return ending not in (".csv", ".tsv") or _speaks_of_accounts(path)


def _speaks_of_accounts(path: Path) -> bool:
    """Lists of anything end in .csv; one that may be a table of an account speaks of one."""
    with path.open("rb") as file:
        start = file.read(4096)
    text = path.stem + start.decode("utf-8", "ignore") + start.decode("gb18030", "ignore")
    return sum(word in text for word in _ABOUT) >= 2


def foreign_words(path: Path) -> tuple[str, str] | None:
    """(what it is, what to do) of a file in a format we do not take, by its content or its ending."""
    ending = path.suffix.lower()
    if beginning(path, 4) == ZIP:
        try:
            with zipfile.ZipFile(path) as archive:
                kind = archive.read("mimetype")[:100] if "mimetype" in archive.NameToInfo else b""
        except (zipfile.BadZipFile, OSError, RuntimeError, EOFError):
            kind = b""
        ending = next((name for mark, name in _OPEN_DOCUMENTS.items() if mark in kind), ending)
    return TAKEN_ELSEWHERE.get(ending)


def why_ignored(path: Path) -> str:
    """Why a file of a folder is left aside that is no document of ours, or a link that is not followed."""
    if path.is_symlink() and not path.is_file():
        kept = "所指的文件夹未读：请直接指明那个文件夹" if path.is_dir() else "所指的文件不存在"
        return f"符号链接（{kept}）"
    if path.name.startswith("~$") or path.name.lower() in _SYSTEM or path.name.startswith("."):
        return "临时文件或系统文件"
    if path.name in _LISTS:
        return "名单，由别的命令读取"
    if path.suffix.lower() in _PICTURES:
        return "图片，未读：如是决算表，请提供可读的文件，或单独指明这张图片"
    if path.suffix.lower() in (".csv", ".tsv"):
        return "不是决算资料的清单"
    return f"不是决算资料的格式（{path.suffix or '无后缀'}）"
