from django.apps import AppConfig
from django.core.signals import request_started

from core.connections import let_go_of_what_ended


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        request_started.connect(let_go_of_what_ended)
