"""Every door of the house. tests/test_doors.py says who may go through which."""

from django.urls import include, path

# Django looks in this order: first what a glance at the first word decides, then what is read most.
urlpatterns = [
    path("", include("actionteams.urls")),
    path("monitor/", include("monitor.urls")),
    path("", include("portal.urls")),
    path("", include("stories.urls")),
    path("", include("movement.urls")),
    path("", include("letters.urls")),
]

handler400 = "portal.errors.bad_request"
handler403 = "portal.errors.forbidden"
handler404 = "portal.errors.not_found"
handler500 = "portal.errors.broken"
