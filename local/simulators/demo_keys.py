"""Where the demo data stands in the application."""

from aiohttp import web

from local.simulators.demo import Clinician, Person

PEOPLE = web.AppKey("people", dict[str, Person])
CLINICIANS = web.AppKey("clinicians", dict[str, Clinician])
