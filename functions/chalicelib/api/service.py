"""The API about itself: health, its document, and the page that shows it."""

from chalicelib.api.endpoint import Page, endpoint
from chalicelib.api.schemas import session as schemas


@endpoint("GET", "/health", audience="public", summary="The process answers")
def health() -> schemas.Health:
    return schemas.Health()


@endpoint("GET", "/openapi.json", audience="public", summary="This document")
def openapi_document() -> Page:
    raise NotImplementedError


@endpoint("GET", "/docs", audience="public", summary="This document as a page")
def docs() -> Page:
    raise NotImplementedError
