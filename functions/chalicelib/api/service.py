"""The API about itself: health, its document, and the page that shows it."""

from functools import cache

from chalicelib.api import openapi
from chalicelib.api.docs_page import docs_page
from chalicelib.api.endpoint import Endpoint, Page, endpoint
from chalicelib.api.schemas import session as schemas


@endpoint("GET", "/health", audience="public", action="use_service", summary="The process answers")
def health() -> schemas.Health:
    return schemas.Health()


@endpoint("GET", "/openapi.json", audience="public", action="use_service", summary="This document")
def openapi_document() -> Page:
    return _document()


@endpoint("GET", "/docs", audience="public", action="use_service", summary="This document as a page")
def docs() -> Page:
    return _docs()


@cache
def _document() -> Page:
    return Page("application/json", openapi.text(_endpoints()))


@cache
def _docs() -> Page:
    return Page("text/html; charset=utf-8", docs_page(openapi.document(_endpoints())))


def _endpoints() -> tuple[Endpoint, ...]:
    from chalicelib.api.routes import ENDPOINTS  # noqa: PLC0415  these endpoints are among those described

    return ENDPOINTS
