"""Every door of the house. tests/test_doors.py says who may go through which."""

from django.urls import include, path

urlpatterns = [
    path("", include("portal.urls")),
    path("", include("movement.urls")),
    path("", include("stories.urls")),
    path("", include("letters.urls")),
    path("actieteams/", include("actionteams.urls")),
    path("monitor/", include("monitor.urls")),
]

handler400 = "portal.errors.bad_request"
handler403 = "portal.errors.forbidden"
handler404 = "portal.errors.not_found"
handler500 = "portal.errors.broken"
