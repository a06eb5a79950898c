from django.urls import include, path

from actionteams.views import acting, public
from core.languages import in_every_language

app_name = "actionteams"
_teams = [
    path("", public.teams, name="list"),
    path("nieuw/", acting.found, name="found"),
    path("stap/<str:public_id>/", acting.look_back, name="look_back"),
    path("<str:public_id>/", public.team, name="team"),
    path("<str:public_id>/bewerken/", acting.edit, name="edit"),
    path("<str:public_id>/afronden/", acting.end, name="end"),
    path("<str:public_id>/meedoen/", acting.join, name="join"),
    path("<str:public_id>/afscheid/", acting.leave, name="leave"),
    path("<str:public_id>/verhaal/", acting.take_up, name="take_up"),
    path("<str:public_id>/stap/", acting.step, name="step"),
    path("<str:public_id>/succes/", acting.success, name="success"),
    path("<str:public_id>/verandering/", acting.change, name="change"),
]
urlpatterns = [
    path("actieteams/", include(_teams)),
    # Asked behind the code, which is there in every language of the telling route.
    in_every_language(path("actieteams/verandering/<str:public_id>/merk/", acting.notice, name="notice")),
]
