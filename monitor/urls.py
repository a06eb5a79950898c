from django.urls import path

from core.soon import soon

app_name = "monitor"
urlpatterns = [
    path("", soon, name="home"),
    path("cijfers/<slug:slug>/", soon, name="indicator"),
    path("<str:code>/", soon, name="area"),
]
