from django.urls import path

from core.soon import soon

app_name = "letters"
urlpatterns = [
    path("mijn/post/", soon, name="preferences"),
    path("post/stop/<str:token>/", soon, name="unsubscribe"),
]
