from django.urls import path

from core.soon import soon

app_name = "actionteams"
urlpatterns = [
    path("", soon, name="list"),
    path("verandering/<str:public_id>/merk/", soon, name="notice"),
    path("<str:public_id>/", soon, name="team"),
]
