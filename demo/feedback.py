"""The items of the sample citizen-feedback portal, read from ``demo/feedback.yml``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from coso.errors import BadInputError

FEEDBACK_FILE = Path(__file__).parent / "feedback.yml"


@dataclass(frozen=True)
class Sender:
    """Who sent an item. Invented; shown on the page so that dropping it can be tested."""

    name: str
    phone: str
    address: str


@dataclass(frozen=True)
class Item:
    """One item as the portal shows it; ``status`` is empty where the page shows none."""

    external_id: str
    title: str
    category: str
    agency: str
    received: date
    deadline: date | None
    answered: date | None
    status: str | None
    content: str
    answer: str | None
    sender: Sender
    attachments: int

    @property
    def is_handled(self) -> bool:
        """Whether it stands in the list of handled items."""
        return self.status is None


@cache
def load_items() -> tuple[Item, ...]:
    """Read the items, newest first.

    Raises:
        BadInputError: an item lacks a key.
    """
    raw = yaml.safe_load(FEEDBACK_FILE.read_text(encoding="utf-8"))
    try:
        return tuple(_item(cell) for cell in raw["items"])
    except (KeyError, TypeError) as error:
        raise BadInputError(f"{FEEDBACK_FILE}: {error!r} while reading", "complete the item") from None


def _item(cell: dict[str, Any]) -> Item:
    answer = cell.get("answer")
    return Item(
        external_id=cell["id"],
        title=cell["title"],
        category=cell["category"],
        agency=cell["agency"],
        received=cell["received"],
        deadline=cell.get("deadline"),
        answered=cell.get("answered"),
        status=cell.get("status"),
        content=cell["content"].strip(),
        answer=answer.strip() if answer else None,
        sender=Sender(**cell["sender"]),
        attachments=cell["attachments"],
    )
