"""Invented bodies: what they are called and which functional subjects they spend on."""

from dataclasses import dataclass

_PLACES = (
    "青岚", "云汐", "松原岭", "白鹭洲", "临溪", "望川", "金栎", "澄湖", "南屏山", "北辰湾", "石桥湾", "柳荫",
    "东篱", "西竹", "长汀口", "碧泉", "丹枫", "雁门沟", "玉簪", "凌波",
)  # fmt: skip
_LEVELS = ("县", "区", "市")
# name, admin unit?, running item, special items (一般行政管理事务 …, other)
_OFFICES = (
    ("政务服务中心", False, "2010350", ("2010302", "2010399")),
    ("人民政府办公室", True, "2010301", ("2010302", "2010399")),
    ("第一小学", False, "2050202", ("2050299",)),
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


@dataclass(frozen=True, slots=True)
class Body:
    """An invented body. `running` is the item of its running costs, `special` those of its projects."""

    name: str
    is_admin: bool
    running: str
    special: tuple[str, ...]

    @property
    def type(self) -> str:
        return "行政单位" if self.is_admin else "事业单位"


def body(number: int) -> Body:
    """The invented body of this number; different numbers give different names."""
    office_number, rest = number % len(_OFFICES), number // len(_OFFICES)
    office, is_admin, running, special = _OFFICES[office_number]
    level, place = _LEVELS[rest % 3], _PLACES[rest // 3 % len(_PLACES)]
    lap = rest // (3 * len(_PLACES))
    town = f"第{lap}片区" if lap else ""
    return Body(f"{place}{level}{town}{office}", is_admin, running, special)
