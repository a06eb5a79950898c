from django.urls import path

from core.soon import soon
from stories.views import desk, public

app_name = "stories"
urlpatterns = [
    path("vertel/", soon, name="tell"),
    path("code/", soon, name="code"),
    path("verhalen/", public.story_list, name="list"),
    path("verhalen/atom.xml", public.feed, name="feed"),
    path("verhalen/<str:public_id>/", public.story, name="story"),
    path("desk/volgende/", desk.claim_next, name="desk_next"),
    path("desk/verhalen/<str:public_id>/", desk.story, name="desk_story"),
    path("desk/verhalen/<str:public_id>/<str:verb>/", desk.act, name="desk_act"),
]
