"""Invented bodies: what they are called and which functional subjects they spend on."""

from dataclasses import dataclass, replace

from fiscal.model.numerals import in_chinese

_PLACES = (
    "青岚", "云汐", "松原岭", "白鹭洲", "临溪", "望川", "金栎", "澄湖", "南屏山", "北辰湾", "石桥湾", "柳荫",
    "东篱", "西竹", "长汀口", "碧泉", "丹枫", "雁门沟", "玉簪", "凌波",
)  # fmt: skip
_LEVELS = ("县", "市", "镇", "村")
# name, admin unit?, running item, special items (一般行政管理事务 …, other)
_OFFICES = (
    ("政务服务中心", False, "2010350", ("2010302", "2010399")),
    ("人民政府办公室", True, "2010301", ("2010302", "2010399")),
    ("实验小学", False, "2050202", ("2050299",)),
    ("文化馆", False, "2070109", ("2070199",)),
    ("疾病预防控制中心", False, "2100401", ("2100499",)),
    ("农业农村局", True, "2130101", ("2130102", "2130199")),
    ("公路养护段", False, "2140106", ("2140199",)),
    ("城市管理局", True, "2120101", ("2120199",)),
    ("应急管理局", True, "2240101", ("2240199",)),
    ("人力资源和社会保障局", True, "2080101", ("2080199",)),
    ("生态环境分局", True, "2110101", ("2110199",)),
    ("自然资源分局", True, "2200101", ("2200199",)),
)
_SCHOOLS = (("小学", "2050202"), ("初级中学", "2050203"), ("幼儿园", "2050201"), ("高中", "2050204"))


@dataclass(frozen=True, slots=True)
class Body:
    """An invented body. `running` is the item of its running costs, `special` those of its projects.

    has_units: a department whose account includes those of its units.
    """

    name: str
    is_admin: bool
    running: str
    special: tuple[str, ...]
    has_units: bool = False

    @property
    def type(self) -> str:
        return "行政单位" if self.is_admin else "事业单位"


def body(number: int) -> Body:
    """The invented body of this number; different numbers give different names."""
    rest, office_number = divmod(number, len(_OFFICES))
    office, is_admin, running, special = _OFFICES[office_number]
    return Body(_place(rest) + office, is_admin, running, special)


def department(number: int, n_units: int) -> tuple[Body, list[Body]]:
    """The education bureau of a place with its units: its own offices (本级) first, then schools."""
    place = _place(number)
    bureau = Body(f"{place}教育局", True, "2050101", ("2050102",), has_units=True)
    offices = replace(bureau, name=f"{bureau.name}本级", has_units=False)
    schools = [
        Body(f"{place}第{in_chinese(1 + index // len(_SCHOOLS))}{kind}", False, running, ("2050299",))
        for index in range(n_units - 1)
        for kind, running in [_SCHOOLS[index % len(_SCHOOLS)]]
    ]
    return bureau, [offices, *schools]


def _place(number: int) -> str:
    """City, county and, for the many, town and village.

    No two places are one character apart, which the batch takes for a slip of the pen.
    """
    digits = [number // len(_PLACES) ** power % len(_PLACES) for power in range(len(_LEVELS))]
    county, city, *smaller = (_PLACES[digit] + level for digit, level in zip(digits, _LEVELS, strict=True))
    return city + county + "".join(place for place, digit in zip(smaller, digits[2:], strict=True) if digit)
