"""How the member of a session is found: by Django, on every page of a member."""

from allauth.account.auth_backends import AuthenticationBackend

from movement.models import Member

_MEMBER = "select * from movement_member where id = %s and is_active"


class MemberBackend(AuthenticationBackend):  # type: ignore[misc]  # theirs has no types
    def get_user(self, user_id: int) -> Member | None:
        """The member with this key, in SQL because Django took longer to write it than PostgreSQL to answer it."""
        return next(iter(Member.objects.raw(_MEMBER, [user_id])), None)
