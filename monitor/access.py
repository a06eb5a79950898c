"""Who may bring figures in, of which areas, and whose previews one may see."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from core.http import View, private_page
from monitor.models import Import
from movement.access import appointed_areas, coordinators_only, is_coordinator, may_analyse
from movement.models import Area, Member


def importers_only(view: View) -> View:
    """A page for coordinators (with their second factor) and analysts; never kept in any store."""
    for_coordinators, for_analysts = coordinators_only(view), private_page(view)

    @wraps(view)
    def wrapper(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if getattr(request.user, "is_coordinator", False):
            return for_coordinators(request, *args, **kwargs)
        if not isinstance(request.user, Member) or not appointed_areas(request.user):
            raise PermissionDenied
        return for_analysts(request, *args, **kwargs)

    return wrapper


def member_of(request: HttpRequest) -> Member:
    """The member who asks; 403 for anybody else."""
    if not isinstance(request.user, Member):
        raise PermissionDenied
    return request.user


def importable_areas(request: HttpRequest) -> frozenset[str] | None:
    """Codes of the areas of which this person may bring figures; None for a coordinator, who may of all."""
    if is_coordinator(request):
        return None
    mine = appointed_areas(member_of(request))
    found = Area.objects.filter(Q(code__in=mine) | Q(youth_region__code__in=mine)).values_list("code", flat=True)
    return frozenset(found)


def imports_of(request: HttpRequest) -> "list[Import]":
    """The latest imports that this person may see: a coordinator all, an analyst her own."""
    imports = Import.objects.select_related("by").defer("rows", "problems")
    return list((imports if is_coordinator(request) else imports.filter(by=request.user.pk))[:20])


def import_for(request: HttpRequest, public_id: str) -> Import:
    """One import; somebody else's is not there for an analyst. 403 when it is of an area that she no longer has."""
    imports = Import.objects.select_related("by")
    import_: Import = get_object_or_404(
        imports if is_coordinator(request) else imports.filter(by=request.user.pk), public_id=public_id
    )
    allowed = importable_areas(request)
    if allowed is not None and not allowed.issuperset(import_.areas):
        raise PermissionDenied
    return import_


def worksheet_area(request: HttpRequest, code: str) -> Area:
    """The area of a worksheet; 404 when there is no such area, 403 when it is not this person's."""
    area: Area = get_object_or_404(Area.objects.select_related("youth_region"), code=code)
    if not is_coordinator(request) and not may_analyse(request.user, area):
        raise PermissionDenied
    return area
