"""Who may see and post what: sessions, forms that only our own pages can have made, headers of every page."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC, tzinfo
from pathlib import Path
from typing import Annotated

import jinja2
from fastapi import Depends, FastAPI, Form, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from config.moment import Clock
from sync.hub.people import People, SignedIn, csrf_token
from sync.hub.roles import Right
from sync.hub.web.words import LANGUAGES, Words, wanted
from sync.signing import PublicKey

HERE = Path(__file__).parent
TEMPLATES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(HERE / "templates"),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
TOKEN_BYTES = 32
LANGUAGE_COOKIE = "hub-language"
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "no-store",
}


@dataclass(frozen=True, slots=True)
class Web:
    """What all pages share; `app.state.web`."""

    engine: Engine
    clock: Clock
    people: People
    zone: tzinfo = UTC
    hub: PublicKey | None = None


class PageEnds(Exception):
    """Ends a request with this page."""

    def __init__(self, response: Response) -> None:
        super().__init__("the page ends here")
        self.response = response


def install(app: FastAPI, web: Web) -> None:
    """Makes the dependencies below work in this application."""
    app.state.web = web
    app.add_exception_handler(PageEnds, _ended)
    app.add_exception_handler(SQLAlchemyError, _database_away)


def _database_away(request: Request, _error: Exception) -> Response:
    """Where nobody caught it: the sessions are in the database too, so this page knows nobody."""
    if not request.url.path.startswith("/hub/"):
        return JSONResponse({"detail": "the hub can't use its database now"}, 503)
    chosen = request.cookies.get(LANGUAGE_COOKIE)
    words = Words(wanted(request.headers.get("Accept-Language", ""), chosen), UTC)
    content = TEMPLATES.get_template("sorry.html").render(
        t=words,
        person=None,
        csrf="",
        languages=LANGUAGES,
        path=request.url.path,
        rights=Right,
        word="database_away",
    )
    return HTMLResponse(content, 503, headers=HEADERS)


def _ended(_request: Request, end: Exception) -> Response:
    assert isinstance(end, PageEnds)
    return end.response


class Visit:
    """One request to a page: who asks, in which language, and how to answer."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self.web: Web = request.app.state.web
        self.secure = request.url.scheme == "https"
        chosen = request.query_params.get("lang") or request.cookies.get(LANGUAGE_COOKIE)
        self.words = Words(wanted(request.headers.get("Accept-Language", ""), chosen), self.web.zone)
        self.token = self._cookie("hub")
        auto = "auto" in request.query_params
        self.person = self.web.people.who_is(self.token, active=not auto) if self.token else None
        self._form_token = b"" if self.person else (self._cookie("hub-form") or b"")

    def page(self, name: str, status: int = 200, **values: object) -> Response:
        """A page from its template."""
        form_token = self.token if self.person and self.token else self._form_token
        fresh = not form_token
        if fresh:
            form_token = secrets.token_bytes(TOKEN_BYTES)
        content = TEMPLATES.get_template(name).render(
            t=self.words,
            person=self.person,
            csrf=csrf_token(form_token),
            languages=LANGUAGES,
            path=self.request.url.path,
            rights=Right,
            **values,
        )
        response = self._with_headers(HTMLResponse(content, status))
        if fresh:
            self._set(response, "hub-form", form_token)
        if self.request.query_params.get("lang") in LANGUAGES:
            response.set_cookie(
                LANGUAGE_COOKIE,
                self.words.language,
                max_age=365 * 86_400,
                httponly=True,
                secure=self.secure,
                samesite="strict",
            )
        return response

    def go(self, path: str) -> Response:
        """To another page, by GET."""
        return self._with_headers(RedirectResponse(path, 303))

    def sign_in(self, token: bytes) -> Response:
        """To the station page, with a session."""
        response = self.go("/hub/station")
        self._set(response, "hub", token)
        response.delete_cookie(self._name("hub-form"), secure=self.secure, httponly=True, samesite="strict")
        return response

    def sign_out(self) -> Response:
        """To the sign-in page, without a session."""
        response = self.go("/hub/sign-in")
        response.delete_cookie(self._name("hub"), secure=self.secure, httponly=True, samesite="strict")
        return response

    def refuse(self, word: str, status: int = 403) -> PageEnds:
        """To be raised: a page with one sentence."""
        return PageEnds(self.page("sorry.html", status, word=word))

    def check_form(self, csrf: str) -> None:
        """Raises `PageEnds` unless one of our own pages made this form for this browser."""
        form_token = self.token if self.person else self._form_token
        held = bool(form_token) and hmac.compare_digest(
            csrf_token(form_token or b"").encode(), csrf.encode(errors="replace")
        )
        if not held or not self._from_here():
            raise self.refuse("form_not_ours")

    def _from_here(self) -> bool:
        here = f"{self.request.url.scheme}://{self.request.headers.get('Host', '')}"
        origin = self.request.headers.get("Origin")
        if origin is not None:
            return origin == here
        return self.request.headers.get("Referer", "").startswith(f"{here}/")

    def _with_headers(self, response: Response) -> Response:
        response.headers.update(HEADERS)
        if self.secure:
            response.headers["Strict-Transport-Security"] = "max-age=31536000"
        return response

    def _name(self, cookie: str) -> str:
        return f"__Host-{cookie}" if self.secure else cookie

    def _cookie(self, name: str) -> bytes | None:
        try:
            token = bytes.fromhex(self.request.cookies.get(self._name(name), ""))
        except ValueError:
            return None
        return token if len(token) == TOKEN_BYTES else None

    def _set(self, response: Response, name: str, token: bytes) -> None:
        response.set_cookie(
            self._name(name), token.hex(), httponly=True, secure=self.secure, samesite="strict", path="/"
        )


def visit(request: Request) -> Visit:
    """The dependency of a page anybody may see."""
    return Visit(request)


Anybody = Annotated[Visit, Depends(visit)]


class Person:
    """A visit of somebody signed in."""

    def __init__(self, visit: Visit, person: SignedIn) -> None:
        self.visit = visit
        self.who = person
        self.words = visit.words

    def page(self, name: str, status: int = 200, **values: object) -> Response:
        """A page from its template."""
        return self.visit.page(name, status, **values)

    def go(self, path: str) -> Response:
        """To another page, by GET."""
        return self.visit.go(path)


class Asks:
    """The dependency of a page that needs a right."""

    def __init__(self, right: Right) -> None:
        self.right = right

    def __call__(self, visit: Anybody) -> Person:
        """Raises `PageEnds`: to the sign-in page, or a page that says no."""
        if visit.person is None:
            raise PageEnds(visit.go("/hub/sign-in"))
        if not visit.person.may(self.right):
            raise visit.refuse("not_allowed")
        return Person(visit, visit.person)


class Posts(Asks):
    """The dependency of what a form does: the right, and that the form is ours."""

    def __call__(self, visit: Anybody, csrf: Annotated[str, Form()] = "") -> Person:
        """Raises `PageEnds`."""
        person = super().__call__(visit)
        visit.check_form(csrf)
        return person


def clean(text: str, longest: int) -> str | None:
    """What somebody typed on one line, or None where it is empty, too long or holds control characters."""
    text = " ".join(text.split())
    return text if 0 < len(text) <= longest and text.isprintable() else None
