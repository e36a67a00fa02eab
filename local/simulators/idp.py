"""The staff identity provider (SITHS, Inera IdP) as an OpenID provider: code flow with PKCE, login by a click.

The client is registered through OIDC_CLIENT_ID and OIDC_CLIENT_SECRET, with any redirect URI on this machine.
"""

import base64
import json
import os
from dataclasses import dataclass
from html import escape
from urllib.parse import unquote_plus, urlencode, urlsplit

from aiohttp import web

from local.simulators.demo import Clinician
from local.simulators.demo_keys import CLINICIANS
from local.simulators.idp_codes import Codes, RefusedCode
from local.simulators.idp_tokens import LOA3, Signer
from local.simulators.pages import page

routes = web.RouteTableDef()
SIGNER = web.AppKey("signer", Signer)
CODES = web.AppKey("codes", Codes)
_CARRIED = ("redirect_uri", "state", "nonce", "code_challenge", "claims")


@dataclass(frozen=True, slots=True)
class Client:
    """The one registered relying party."""

    client_id: str
    secret: str


_CLIENT = web.AppKey("client", Client)


def prepare(app: web.Application) -> None:
    app[SIGNER] = Signer()
    app[CODES] = Codes()
    app[_CLIENT] = Client(os.environ.get("OIDC_CLIENT_ID", "vardrum"), os.environ.get("OIDC_CLIENT_SECRET", "local"))


@routes.get("/idp/.well-known/openid-configuration")
async def discovery(request: web.Request) -> web.Response:
    issuer = _issuer(request)
    return web.json_response(
        {
            "issuer": issuer,
            "authorization_endpoint": f"{issuer}/authorize",
            "token_endpoint": f"{issuer}/token",
            "jwks_uri": f"{issuer}/jwks",
            "end_session_endpoint": f"{issuer}/logout",
            "response_types_supported": ["code"],
            "grant_types_supported": ["authorization_code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
            "code_challenge_methods_supported": ["S256"],
            "acr_values_supported": [LOA3],
            "scopes_supported": ["openid"],
            "claims_parameter_supported": True,
            "claims_supported": ["acr", "given_name", "family_name", "employeeHsaId", "allCommissions"],
        }
    )


@routes.get("/idp/jwks")
async def jwks(request: web.Request) -> web.Response:
    return web.json_response(request.app[SIGNER].jwks())


@routes.get("/idp/authorize")
async def authorize(request: web.Request) -> web.Response:
    """OpenID Connect Core 3.1.2. A wrong client or redirect URI is told here, all else to the client."""
    query = request.query
    if query.get("client_id") != request.app[_CLIENT].client_id or not _is_local(query.get("redirect_uri", "")):
        return page("Inloggning", "<h1>Okänd tjänst</h1><p>Tjänsten är inte registrerad här.</p>", status=400)
    if query.get("response_type") != "code" or "openid" not in query.get("scope", "").split():
        raise _tell_client(query["redirect_uri"], {"error": "invalid_request", "state": query.get("state", "")})
    if not _requested(query.get("claims", "")) >= {"employeeHsaId"}:
        raise _tell_client(query["redirect_uri"], {"error": "invalid_request", "state": query.get("state", "")})
    if query.get("code_challenge_method") != "S256" or not query.get("code_challenge") or not query.get("nonce"):
        raise _tell_client(query["redirect_uri"], {"error": "invalid_request", "state": query.get("state", "")})
    carried = "".join(f'<input type="hidden" name="{name}" value="{escape(query.get(name, ""))}">' for name in _CARRIED)
    buttons = "".join(_button(clinician) for clinician in request.app[CLINICIANS].values())
    return page(
        "Logga in med SITHS",
        f"""<header class="bar">SITHS <small>simulator</small></header>
<h1>Välj vem du är</h1>
<p>Testanvändare med olika roller och medarbetaruppdrag.</p>
<form method="post" action="/idp/authorize" class="choices">{carried}{buttons}
<button name="clinician" value="">Avbryt</button></form>""",
        look="siths",
    )


@routes.post("/idp/authorize")
async def log_in(request: web.Request) -> web.Response:
    form = {name: str(value) for name, value in (await request.post()).items()}
    clinician = request.app[CLINICIANS].get(form.get("clinician", ""))
    if form.get("clinician") == "" and _is_local(form.get("redirect_uri", "")):
        raise _tell_client(form["redirect_uri"], {"error": "access_denied", "state": form.get("state", "")})
    if clinician is None or not _is_local(form.get("redirect_uri", "")):
        return page("Inloggning", "<h1>Inloggningen misslyckades</h1><p>Börja om i tjänsten.</p>", status=400)
    code = request.app[CODES].make(
        clinician,
        form["redirect_uri"],
        form.get("nonce", ""),
        form.get("code_challenge", ""),
        _requested(form.get("claims", "")),
    )
    raise _tell_client(form["redirect_uri"], {"code": code, "state": form.get("state", "")})


@routes.post("/idp/token")
async def token(request: web.Request) -> web.Response:
    """RFC 6749 4.1.3, `client_secret_basic`."""
    form = {name: str(value) for name, value in (await request.post()).items()}
    if not _is_our_client(request):
        headers = {"WWW-Authenticate": "Basic", "Cache-Control": "no-store"}
        return web.json_response({"error": "invalid_client"}, status=401, headers=headers)
    if form.get("grant_type") != "authorization_code":
        return _refused("unsupported_grant_type")
    try:
        grant = request.app[CODES].use(
            form.get("code", ""), form.get("redirect_uri", ""), form.get("code_verifier", "")
        )
    except RefusedCode:
        return _refused("invalid_grant")
    client_id = request.app[_CLIENT].client_id
    id_token = request.app[SIGNER].id_token(grant, _issuer(request), client_id)
    answer = {"access_token": "simulated", "token_type": "Bearer", "expires_in": 300, "id_token": id_token}
    return web.json_response(answer, headers={"Cache-Control": "no-store"})


@routes.post("/idp/rotate")
async def rotate(request: web.Request) -> web.Response:
    """A switch for tests: from now on tokens are signed with a new key, and the old one is no longer told of."""
    request.app[SIGNER].rotate()
    return web.Response(status=204)


@routes.get("/idp/logout")
async def end_session(request: web.Request) -> web.Response:
    """RP-Initiated Logout 1.0. There is no session here to end: each login is a choice."""
    back = request.query.get("post_logout_redirect_uri", "")
    if request.query.get("client_id") == request.app[_CLIENT].client_id and _is_local(back):
        raise web.HTTPFound(back)
    return page("Utloggad", "<h1>Du är utloggad</h1>")


def _button(clinician: Clinician) -> str:
    return (
        f'<button class="choice" name="clinician" value="{escape(clinician.hsa_id)}">'
        f"<strong>{escape(clinician.name)}</strong>"
        f"<span>{escape(clinician.title)}, {escape(_works_on(clinician))}</span></button>"
    )


def _works_on(clinician: Clinician) -> str:
    """Of one commission its unit, of several their number."""
    several = len(clinician.commissions) > 1
    return f"{len(clinician.commissions)} medarbetaruppdrag" if several else clinician.commissions[0].unit_name


def _requested(claims: str) -> frozenset[str]:
    """Claims of the ID token by the `claims` parameter (OpenID Connect Core 5.5); none when it cannot be read."""
    try:
        wanted = json.loads(claims)
        return frozenset(wanted["id_token"])
    except (ValueError, KeyError, TypeError):
        return frozenset()


def _issuer(request: web.Request) -> str:
    """Named as the browser reaches us, so that any port will do."""
    return f"{request.scheme}://{request.host}/idp"


def _is_local(redirect_uri: str) -> bool:
    url = urlsplit(redirect_uri)
    return url.scheme in {"http", "https"} and url.hostname in {"localhost", "127.0.0.1"}


def _is_our_client(request: web.Request) -> bool:
    """RFC 6749 2.3.1."""
    kind, _, encoded = request.headers.get("Authorization", "").partition(" ")
    try:
        client_id, _, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
    except ValueError:
        return False
    given = Client(unquote_plus(client_id), unquote_plus(secret))
    return kind.lower() == "basic" and given == request.app[_CLIENT]


def _tell_client(redirect_uri: str, answer: dict[str, str]) -> web.HTTPException:
    return web.HTTPSeeOther(f"{redirect_uri}{'&' if '?' in redirect_uri else '?'}{urlencode(answer)}")


def _refused(error: str) -> web.Response:
    return web.json_response({"error": error}, status=400, headers={"Cache-Control": "no-store"})
