"""The site with a desk of which only the door matters here."""

from django.http import HttpResponse
from django.urls import path

from config import urls
from movement.access import coordinators_only

handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500
urlpatterns = [
    path("desk/", coordinators_only(lambda request: HttpResponse("the desk")), name="desk"),
    *urls.urlpatterns,
]
