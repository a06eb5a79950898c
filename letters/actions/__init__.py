"""What post does: letters from the journal, mails from letters, and what a member chooses."""

from letters.actions.composing import compose_due, compose_mails
from letters.actions.forgetting import forget_letters
from letters.actions.making import make_letters
from letters.actions.preferring import choose_paces, mark_read, stop_kinds
from letters.actions.reminding import make_reminders
from letters.actions.sending import send_mails

__all__ = [
    "choose_paces",
    "compose_due",
    "compose_mails",
    "forget_letters",
    "make_letters",
    "make_reminders",
    "mark_read",
    "send_mails",
    "stop_kinds",
]
