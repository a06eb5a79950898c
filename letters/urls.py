from django.urls import path

from core.languages import in_every_language
from letters import views

app_name = "letters"
urlpatterns = [
    path("mijn/post/", views.preferences, name="preferences"),
    path("mijn/post/gelezen/", views.read, name="read"),
    path("post/stop/<str:token>/", views.unsubscribe, name="unsubscribe"),
    in_every_language(path("post/genoeg/<str:token>/", views.stop_notices, name="stop_notices")),
]
