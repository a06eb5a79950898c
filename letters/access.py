"""Whose mail, and whose address? Who brings the token of a letter reaches these two, and nothing else."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from letters.models import Mail
from letters.tokens import mail_named, reach_named
from stories.models import Reach


def mail_behind(token: str) -> Mail:
    """The mail in which this token stood; 404 for a token that is not ours, was changed, or is older than a year."""
    return get_object_or_404(Mail.objects.select_related("member"), public_id=mail_named(token))


def reach_behind(token: str) -> Reach | None:
    """The address that a notice with this token went to, None when it was erased; 404 for a token that is not ours."""
    handle = reach_named(token)
    if handle is None:
        raise Http404
    return Reach.objects.filter(public_id=handle).first()
