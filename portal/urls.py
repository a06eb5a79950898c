from django.conf import settings
from django.urls import path

from core.languages import in_every_language
from portal import desk, gallery, health, mijn, views

urlpatterns = [
    path("", views.home, name="home"),
    path("mijn/", mijn.mijn, name="mijn"),
    path("mijn/gegevens/", mijn.download, name="my_data"),
    path("mijn/wissen/", mijn.erase, name="erase_me"),
    path("desk/", desk.desk, name="desk"),
    path("kaart/", views.tile_map, name="map"),
    path("snel-weg/", views.leave, name="leave"),
    in_every_language(
        path("hulp/", views.help_lines, name="help"),
        path("privacy/", views.privacy, name="privacy"),
    ),
    path("toegankelijkheid/", views.accessibility, name="accessibility"),
    path("gezond/", health.health, name="health"),
    path(".well-known/security.txt", health.security_txt, name="security_txt"),
]

if settings.DEBUG:
    urlpatterns += [path("componenten/", gallery.components, name="components")]
