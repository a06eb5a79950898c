"""Valkey as Django reaches it, with one client kept: Django makes one for each question, which takes longer than to
ask it."""

from functools import cached_property
from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient


class _Client(RedisCacheClient):
    @cached_property
    def _kept(self) -> Any:
        return super().get_client()

    def get_client(self, key: Any = None, *, write: bool = False) -> Any:
        """There is one server, and a client may be shared: it borrows a connection for each question."""
        return self._kept


class ValkeyCache(RedisCache):
    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = _Client
