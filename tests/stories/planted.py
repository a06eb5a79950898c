"""Three hundred made-up stories with fifteen hundred planted identifiers, all from `data/planted.toml`.

None of it was taken from the lists of the recogniser or from the other texts by which it is held: who adds here writes
what people write, and does not look there first. The same stories come every time.
"""

import random
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

STORIES, PLANTED = 300, 5  # stories, and identifiers in each

L: dict[str, list[str]] = tomllib.loads((Path(__file__).parent / "data" / "planted.toml").read_text(encoding="utf-8"))
Chance = random.Random
PLAIN = str.maketrans("ëğüı", "egui")  # as in an address on the internet


def name(dice: Chance) -> str:
    return dice.choice(L["first"]) if dice.random() < 0.6 else f"{dice.choice(L['first'])} {dice.choice(L['last'])}"


def titled(dice: Chance) -> str:
    return f"{dice.choice(['mevrouw', 'meneer', 'mevr.', 'dhr.', 'dokter', 'juf', 'meester'])} {dice.choice(L['last'])}"


def phone(dice: Chance) -> str:
    tail = f"{dice.randrange(10**8):08}"
    return dice.choice(
        [f"06{tail}", f"06-{tail}", f"06 {tail[:2]} {tail[2:4]} {tail[4:6]} {tail[6:]}", f"+316{tail}",
         f"06 {tail[:4]} {tail[4:]}", f"0{dice.choice(['30', '20', '50', '38', '58'])}-{tail[:7]}"]
    )  # fmt: skip


def email(dice: Chance) -> str:
    who = dice.choice(L["first"]).lower().translate(PLAIN)
    house = dice.choice(["gmail.com", "live.nl", "ziggo.nl", "outlook.com", "icloud.com", "wijkteamnoord.nl"])
    return f"{who}{dice.choice(['', '.', '_'])}{dice.choice(['', '2009', 'xx', 'jansma'])}@{house}".replace(".@", "@")


def handle(dice: Chance) -> str:
    tail = dice.choice(["xo", "07", "official", "vlogt"])
    return f"@{dice.choice(L['first']).lower()}{dice.choice(['.', '_', ''])}{tail}"


def address(dice: Chance) -> str:
    return f"{dice.choice(L['roads'])} {dice.randrange(1, 250)}{dice.choice(['', '', 'b', '-2'])}"


def postcode(dice: Chance) -> str:
    gap = dice.choice([" ", ""])
    return f"{dice.randrange(1011, 9999)}{gap}{''.join(dice.choice('BCDEGHKLMNPRTVWXZ') for _ in 'ab')}"


def date(dice: Chance) -> str:
    day, month, year = dice.randrange(1, 29), dice.randrange(12), dice.randrange(2019, 2026)
    return dice.choice(
        [f"{day} {L['months'][month]}", f"{day} {L['months'][month]} {year}", f"{day}-{month + 1}-{year}",
         f"{day:02}/{month + 1:02}/{year}", f"{L['months'][month]} {year}", f"{day} {L['short'][month]} {year}"]
    )  # fmt: skip


def born(dice: Chance) -> str:
    day, month, year = dice.randrange(1, 29), dice.randrange(12), dice.randrange(2004, 2019)
    return dice.choice(
        [f"{day} {L['months'][month]} {year}", f"{day}-{month + 1}-{year}", f"{day:02}.{month + 1:02}.{year}"]
    )


def age(dice: Chance) -> str:
    years = dice.randrange(6, 19)
    return dice.choice([f"{years} jaar", f"{years}", f"{years} jaar oud"])


def bsn(dice: Chance) -> str:
    while True:
        digits = [dice.randrange(10) for _ in range(8)]
        last = sum(weight * digit for weight, digit in zip(range(9, 1, -1), digits, strict=True)) % 11
        if last < 10 and digits[0]:
            return "".join(map(str, [*digits, last]))


def iban(dice: Chance) -> str:
    bank, account = dice.choice(["INGB", "RABO", "ABNA", "TRIO", "SNSB"]), f"{dice.randrange(10**9):010}"
    number = "".join(str(int(sign, 36)) for sign in f"{bank}{account}NL00")
    found = f"NL{98 - int(number) % 97:02}{bank}{account}"
    return found if dice.random() < 0.5 else " ".join(found[at : at + 4] for at in range(0, 18, 4))


def case(dice: Chance) -> str:
    return dice.choice([f"C/{dice.randrange(10, 20)}/{dice.randrange(10**6):06}", f"2024-{dice.randrange(10**5):05}",
                        f"JZ{dice.randrange(10**6):06}"])  # fmt: skip


def group(dice: Chance) -> str:
    return dice.choice(["klas 3C", "klas 4A", "2 havo", "klas 1B", "3 vmbo-t", "groep 8b", "4 vwo"])


def web(dice: Chance) -> str:
    who = dice.choice(L["first"]).lower().translate(PLAIN)
    return f"www.{who}{dice.choice(['blogt', 'vertelt'])}.nl"


def place(dice: Chance) -> str:
    return dice.choice(L["places"])


def school(dice: Chance) -> str:
    return dice.choice(L["schools"])


def house(dice: Chance) -> str:
    return dice.choice(L["houses"])


MADE: dict[str, tuple[str, Callable[[Chance], str]]] = {
    "N": ("NAME", name), "T": ("NAME", titled), "P": ("PLACE", place), "S": ("INST", school), "H": ("INST", house),
    "F": ("PHONE", phone), "E": ("EMAIL", email), "A": ("ADDRESS", address), "Z": ("ADDRESS", postcode),
    "D": ("DATE", date), "G": ("DATE", born), "L": ("AGE", age), "B": ("BSN", bsn), "I": ("IBAN", iban),
    "C": ("CASE", case), "K": ("CLASS", group), "@": ("HANDLE", handle), "W": ("WEB", web),
}  # fmt: skip


def stories(seed: int = 20_261_122) -> Iterator[str]:
    """Each as text with `[[TYPE:words]]` around what was planted; one in four in small letters, as in a chat."""
    dice = random.Random(seed)
    for number in range(STORIES):
        pattern = dice.sample(L["two"], 1) + dice.sample(L["one"], 3) if number % 2 else dice.sample(L["one"], PLANTED)
        lines = [_filled(line, dice) for line in pattern] + dice.sample(L["quiet"], 3)
        dice.shuffle(lines)
        yield _as_in_a_chat(lines) if number % 4 == 3 else " ".join(lines)


def _filled(line: str, dice: Chance) -> str:
    for letter, (kind, make) in MADE.items():
        while f"{{{letter}}}" in line:
            line = line.replace(f"{{{letter}}}", f"[[{kind}:{make(dice)}]]", 1)
    return line


def _as_in_a_chat(lines: list[str]) -> str:
    """Small letters, and hardly a full stop; what a phone writes in capitals by itself stays so."""
    first, *parts = " en toen ".join(line.removesuffix(".") for line in lines).split("[[")
    small = [first.lower()]
    for part in parts:
        kind, _colon, rest = part.partition(":")
        small.append(f"{kind}:{rest if kind in ('IBAN', 'CASE') else rest.lower()}")
    return "[[".join(small)
