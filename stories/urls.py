from django.urls import path

from core.languages import in_every_language
from stories.views import desk, desk_marks, desk_reports, desk_texts, logbook, mine, public, reporting, teller

app_name = "stories"
urlpatterns = [
    in_every_language(
        path("vertel/", teller.tell, name="tell"),
        path("code/", mine.code, name="code"),
        path("code/kaart/", teller.card, name="card"),
        path("code/verhaal/", mine.mine, name="mine"),
        path("code/verhaal/nu/", mine.send_now, name="mine_send"),
        path("code/verhaal/antwoord/", mine.answer, name="mine_answer"),
        path("code/verhaal/bezwaar/", mine.objection, name="mine_objection"),
        path("code/verhaal/voorstel/", mine.proposal, name="mine_proposal"),
        path("code/verhaal/bericht/", mine.notices, name="mine_notices"),
        path("code/verhaal/toestemming/", mine.consent, name="mine_consent"),
        path("code/verhaal/terugnemen/", mine.withdraw_story, name="mine_withdraw"),
        path("code/verhaal/meenemen/", mine.take, name="mine_take"),
        path("code/klaar/", mine.done, name="mine_done"),
    ),
    path("code/gemeld/", reporting.reported, name="reported"),
    path("code/gemeld/bezwaar/", reporting.objection, name="reported_objection"),
    path("verhalen/", public.story_list, name="list"),
    path("verhalen/atom.xml", public.feed, name="feed"),
    path("verhalen/<str:public_id>/", public.story, name="story"),
    path("verhalen/<str:public_id>/herken/", public.recognise, name="recognise"),
    path("verhalen/<str:public_id>/melden/", reporting.report, name="report"),
    path("desk/gemeld/<str:public_id>/", desk_reports.reports, name="desk_reports"),
    path("desk/logboek/", logbook.logbook, name="logbook"),
    path("huisregels/", public.house_rules, name="rules"),
    path("desk/teksten/", desk_texts.text_list, name="texts"),
    path("desk/teksten/<str:kind>/nieuw/", desk_texts.add_text, name="text_new"),
    path("desk/teksten/<str:kind>/<int:pk>/", desk_texts.text, name="text"),
    path("desk/teksten/<str:kind>/<int:pk>/<str:verb>/", desk_texts.act_on_text, name="text_act"),
    path("desk/overdragen/", desk.hand_over, name="desk_hand_over"),
    path("desk/volgende/", desk.claim_next, name="desk_next"),
    path("desk/verhalen/<str:public_id>/", desk.story, name="desk_story"),
    path("desk/verhalen/<str:public_id>/merken/", desk_marks.marks, name="desk_marks"),
    path("desk/verhalen/<str:public_id>/<str:verb>/", desk.act, name="desk_act"),
]
