from django.urls import path

from core.soon import soon

app_name = "stories"
urlpatterns = [
    path("vertel/", soon, name="tell"),
    path("code/", soon, name="code"),
    path("verhalen/", soon, name="list"),
    path("verhalen/atom.xml", soon, name="feed"),
    path("verhalen/<str:public_id>/", soon, name="story"),
    path("desk/verhalen/<str:public_id>/", soon, name="desk_story"),
]
