"""Names of the worksheets as each place gives them."""

from fiscal.dictionary.tables import catalogue
from fiscal.model.numerals import in_chinese
from fiscal.synthetic.layouts import SHANGHAI


def sheet_names(profile: str) -> list[str]:
    """附表1… in Sichuan, GK01 … nationally, 一、… in Shanghai; at most 31 characters, as a workbook allows."""
    names = []
    for number, table in enumerate(catalogue().profiles[profile], 1):
        mark = {"sichuan13": f"附表{number}", SHANGHAI: f"{in_chinese(number)}、"}.get(profile, f"GK{number:02d} ")
        names.append(f"{mark}{catalogue()[table].title}"[:31])
    return names
