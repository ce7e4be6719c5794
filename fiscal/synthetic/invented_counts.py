"""What an invented body counts besides money: people, vehicles, receptions. They follow its books."""

from collections.abc import Mapping
from random import Random

YUAN = 100  # 分
WAN = 10_000 * YUAN
PER_HEAD = (11.0, 17.0)  # 万元 of pay a person and year
PER_VEHICLE = (2.2, 3.8)  # 万元 of running costs a vehicle and year
PER_GUEST = (80.0, 150.0)  # 元 a reception costs per person
PARTY = (4.0, 9.0)  # persons a reception

Leaf = tuple[str, str, str, str]  # functional item, fund, nature, economic item


def counts(spend: Mapping[Leaf, int], rng: Random, before: Mapping[str, int] | None = None) -> dict[str, int]:
    """The counts of one year. Staff, vehicles and equipment go on from the year `before`, receptions follow the money.

    Units: `spend` in 分; only general money counts for vehicles, receptions and journeys.
    """
    money = {item: sum(value for leaf, value in spend.items() if leaf[1] == "general" and leaf[3] == item)
             for item in ("e30212", "e30217", "e30231", "e31013")}  # fmt: skip
    guests = _how_many(money["e30217"] / YUAN, PER_GUEST, rng)
    bought = int(money["e31013"] > 0)
    return _stock(spend, money["e30231"], rng=rng) | _grown(before, rng=rng, bought=bought) | {
        "reception_persons": guests, "reception_batches": _how_many(guests, PARTY, rng), "vehicles_bought": bought,
        "abroad_groups": int(money["e30212"] > 0), "abroad_persons": 2 * (money["e30212"] > 0),
    }  # fmt: skip


def _stock(spend: Mapping[Leaf, int], vehicle_costs: int, *, rng: Random) -> dict[str, int]:
    """People and things of a body whose year before is not known."""
    pay = sum(value for leaf, value in spend.items() if leaf[3].startswith("e301"))
    return {
        "staff": max(3, _how_many(pay / WAN, PER_HEAD, rng)),
        "vehicle_stock": _how_many(vehicle_costs / WAN, PER_VEHICLE, rng),
        "equipment": rng.randint(0, 3),
    }


def _grown(before: Mapping[str, int] | None, *, rng: Random, bought: int) -> dict[str, int]:
    """People and things of a known body: some come, some go."""
    if before is None:
        return {}
    return {
        "staff": max(3, before["staff"] + rng.choice((-1, 0, 0, 1))),
        "vehicle_stock": before["vehicle_stock"] + bought,
        "equipment": before["equipment"] + rng.choice((0, 0, 0, 1)),
    }


def _how_many(whole: float, each: tuple[float, float], rng: Random) -> int:
    """Into how many parts of about this size `whole` goes: none only where there is nothing."""
    return max(1, round(whole / rng.uniform(*each))) if whole else 0
