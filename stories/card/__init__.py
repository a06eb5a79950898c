"""The five words on a card: a picture to keep, made here with no help from outside."""

from stories.card.drawing import picture

__all__ = ["picture"]
