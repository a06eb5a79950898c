from django.apps import AppConfig


class ActionteamsConfig(AppConfig):
    name = "actionteams"
