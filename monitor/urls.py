from django.urls import path

from monitor import views

app_name = "monitor"
urlpatterns = [
    path("", views.home, name="home"),
    path("invoer/", views.upload, name="upload"),
    path("invoer/<str:public_id>/", views.show_import, name="import"),
    path("invoer/<str:public_id>/besluit/", views.decide_import, name="decide_import"),
    path("cijfers/<slug:slug>/", views.indicator, name="indicator"),
    path("<str:code>/", views.area, name="area"),
    path("<str:code>/werkblad/", views.worksheet, name="worksheet"),
]
