"""Pages of figures for everybody, and the pages where figures come in."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.http import TooLate, private_page
from core.text import tidy
from monitor import actions, drawn
from monitor.access import import_for, importable_areas, importers_only, imports_of, member_of, worksheet_area
from monitor.drawn import Figures
from monitor.figures import series_of
from monitor.files import as_csv
from monitor.forms import FileForm
from monitor.fromstories import life_of
from monitor.importing.doubting import doubts
from monitor.importing.showing import shown
from monitor.models import Import, Indicator
from movement.models import Area
from stories.models import Quote

# More rows than this nobody looks through; the counts tell the rest.
ROWS_ON_PAGE = 100
QUOTES_ON_PAGE = 60


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the country, and the way to the regions; `?plaats=` finds a municipality or region by its name."""
    wanted = tidy(request.GET.get("plaats", "")[:80])
    places = Area.objects.named(wanted) if wanted else []
    if len(places) == 1:
        return redirect(places[0])
    shown = Area.objects.current().filter(models.Q(kind="country") | models.Q(kind="youth_region"))
    areas = list(shown.annotate(figures=drawn.FIGURES_NOW))
    country = next((area for area in areas if area.kind == Area.Kind.COUNTRY), None)
    figures = Figures(*country.figures) if country else Figures(0, None, 0)
    context = {
        "figures": drawn.country(country, figures) if country else "",
        "from_stories": [one for one in drawn.indicators(figures) if one.comes_from_stories],
        "wanted": wanted,
        "places": places,
        "regions": [area for area in areas if area.kind == Area.Kind.YOUTH_REGION],
    }
    return TemplateResponse(request, "monitor/home.html", context)


_AROUND = f"""
select area.*, {drawn.FIGURES_NOW.sql} as figures
from movement_area area, (select id, youth_region_id from movement_area where code = %s) here
where area.code = 'NL' or area.id in (here.id, here.youth_region_id) or area.youth_region_id = here.id
order by area.name
"""  # noqa: S608 - nothing but a constant goes into it


def _around(code: str) -> dict[int, Any]:
    """An area, its youth region, the country, and the municipalities of the area when it is a youth region, each by
    its key. One query, in SQL because Django took longer to write it than PostgreSQL to answer it."""
    return {place.pk: place for place in Area.objects.raw(_AROUND, [code])}


@login_not_required
@require_safe
def area(request: HttpRequest, code: str) -> HttpResponse:
    """Show a municipality or youth region beside its region and the country. Four queries at most.

    Stories speak for a youth region and never for less: a municipality reads what its whole region says.
    """
    around = _around(code)
    here = next((place for place in around.values() if place.code == code), None)
    if here is None:
        raise Http404
    if here.kind == Area.Kind.COUNTRY:
        return redirect("monitor:home", permanent=True)
    region = around.get(here.youth_region_id)
    country = next((place for place in around.values() if place.kind == Area.Kind.COUNTRY), None)
    areas = [area for area in (here, region, country) if area]
    figures = Figures(*here.figures)
    told = region or here
    context = {
        "area": here,
        "region": region,
        "members": [place for place in around.values() if place.youth_region_id == here.pk],
        "numbers": drawn.numbers(areas, figures),
        "life": drawn.life(here, told, life_of(told), figures),
    }
    return TemplateResponse(request, "monitor/area.html", context)


@login_not_required
@require_safe
def indicator(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one figure with its definition and sources, for the country or `?gebied=`; `?vorm=csv` gives the file."""
    figure: Indicator = get_object_or_404(Indicator, slug=slug)
    place: Area = get_object_or_404(Area, code=tidy(request.GET.get("gebied", "NL")[:10]))
    found = {} if figure.comes_from_stories else series_of([figure], [place], periods=60)
    series = found.get((figure.slug, place.code))
    if request.GET.get("vorm") == "csv":
        response = HttpResponse("\ufeff" + as_csv(found.values()), content_type="text/csv; charset=utf-8")
        response.headers["Content-Disposition"] = f'attachment; filename="{figure.slug}-{place.code}.csv"'
        return response
    return TemplateResponse(request, "monitor/indicator.html", {"indicator": figure, "area": place, "series": series})


# Figures come in ------------------------------------------------------------------------------------------------


@importers_only
def upload(request: HttpRequest) -> HttpResponse:
    """Choose a file; the answer is a preview, and nothing is written yet."""
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        import_ = actions.preview_import(
            file_name=file.name, data=file.read(), by=member_of(request), only_areas=importable_areas(request)
        )
        return redirect(import_)
    context = {"form": form, "imports": imports_of(request), "indicators": Indicator.objects.exclude(rule="F")}
    return TemplateResponse(request, "monitor/upload.html", context, status=422 if form.errors else 200)


@importers_only
@require_safe
def show_import(request: HttpRequest, public_id: str) -> HttpResponse:
    """What a file would change, or why it was refused."""
    import_ = import_for(request, public_id)
    strange = doubts(import_.rows) if import_.waits else {}
    changes = [row for row in import_.rows if row["effect"] == "changed"]
    rows = changes + [row for row in import_.rows if row["effect"] == "new"]
    rows.sort(key=lambda row: row["row"] not in strange)  # what looks strange is seen first
    context = {
        "import": import_,
        "strange": len(strange),
        "rows": shown(rows[:ROWS_ON_PAGE], strange),
        "more": max(0, len(rows) - ROWS_ON_PAGE),
    }
    return TemplateResponse(request, "monitor/import.html", context)


@importers_only
@require_POST
def decide_import(request: HttpRequest, public_id: str) -> HttpResponse:
    """Confirm a preview or put it away."""
    import_ = import_for(request, public_id)
    if "drop" in request.POST:
        actions.drop_import(import_=import_, actor=member_of(request))
        messages.success(request, _("The file was put away. No figure has changed."))
        return redirect("monitor:upload")
    try:
        actions.confirm_import(import_=import_, actor=member_of(request))
        messages.success(request, _("The figures are in, and on the pages of the monitor."))
    except TooLate:
        # The second half of a double click asks for what is done: to say that it went wrong would be untrue.
        import_.refresh_from_db(fields=["state"])
        if import_.state != Import.State.CONFIRMED:
            raise
    return redirect(import_)


@private_page
@require_safe
def worksheet(request: HttpRequest, code: str) -> HttpResponse:
    """The figures of one area as they came in, with their files, and what may be quoted of its youth region: for its
    analysts and for coordinators."""
    place = worksheet_area(request, code)
    region = place if place.kind == Area.Kind.YOUTH_REGION else place.youth_region
    context = {
        "area": place,
        "region": region,
        "quotes": Quote.objects.on_worksheet(region)[:QUOTES_ON_PAGE] if region else (),
        "imports": Import.objects.filter(areas__contains=[place.code]).defer("rows", "problems")[:20],
        "observations": place.observations.select_related("indicator", "source", "imported").order_by("-at")[:100],
    }
    return TemplateResponse(request, "monitor/worksheet.html", context)
