from django.urls import path

from core.soon import soon

urlpatterns = [
    path("droom/", soon, name="dream"),
    path("initiatieven/", soon, name="initiatives"),
    path("inloggen/", soon, name="account_login"),
    path("inloggen/aanmelden/", soon, name="account_signup"),
    path("inloggen/uit/", soon, name="account_logout"),
]
