"""The access log, for administrators (S6). Identity numbers come in bodies, never in addresses."""

from chalicelib.api.audit_views import extract_view, page_view
from chalicelib.api.endpoint import endpoint
from chalicelib.api.schemas import audit as schemas
from chalicelib.domain.session import StaffSession
from chalicelib.domain.staff import Staff
from chalicelib.services.extract_access_log import extract_access_log
from chalicelib.services.ports import Ports
from chalicelib.services.sample_access_log import sample_access_log
from chalicelib.services.search_access_log import LogQuery
from chalicelib.services.search_access_log import search_access_log as search

REFUSED = "period_too_long, invalid_identity_number"


@endpoint(
    "POST",
    "/audit/search",
    audience="staff",
    action="read_audit",
    summary="The access log, newest first",
    spec="S6",
    problems={400: REFUSED, 403: "not_allowed"},
)
def search_audit(ports: Ports, staff: Staff, body: schemas.SearchAudit) -> schemas.AuditPage:
    query = LogQuery(body.from_day, body.to_day, body.user, body.number, body.visit_id, body.action, body.result)
    return page_view(search(ports, staff, query, body.cursor))


@endpoint(
    "POST",
    "/audit/sample",
    audience="staff",
    action="read_audit",
    summary="A random sample of the access log, for the systematic follow-up",
    spec="S6",
    problems={400: "period_too_long", 403: "not_allowed"},
)
def sample_audit(ports: Ports, staff: Staff, body: schemas.SampleAudit) -> schemas.AuditPage:
    return page_view(sample_access_log(ports, staff, body.from_day, body.to_day, body.size))


@endpoint(
    "POST",
    "/audit/extract",
    audience="staff",
    action="read_audit",
    summary="Who has had access to one patient's data, for the patient to read",
    spec="S6",
    problems={400: REFUSED, 403: "not_allowed"},
)
def extract_audit(ports: Ports, session: StaffSession, body: schemas.ExtractAudit) -> schemas.AuditExtract:
    days = (body.from_day, body.to_day)
    extract = extract_access_log(ports, session.staff, body.number, days, body.cursor)
    return extract_view(extract, session.org_name, ports.clock.now())
