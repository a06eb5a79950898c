from django.urls import path

from core.soon import soon
from stories.views import public

app_name = "stories"
urlpatterns = [
    path("vertel/", soon, name="tell"),
    path("code/", soon, name="code"),
    path("verhalen/", public.story_list, name="list"),
    path("verhalen/atom.xml", public.feed, name="feed"),
    path("verhalen/<str:public_id>/", public.story, name="story"),
    path("desk/verhalen/<str:public_id>/", soon, name="desk_story"),
]
