"""The duty page of headquarters: rendered here, read-only, nothing fetched from anywhere else."""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from html import escape
from http import HTTPStatus
from typing import Final
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from checkpoint_client.records.codes import Decision
from sync.protocol import WATCHLIST, Malformed
from sync.server import duty
from sync.server.duty import DECISIONS, Alarm, PostTonight, Tonight
from sync.server.incoming import body_of
from sync.server.ledger import NO_ANSWER, Ledger
from sync.server.readers import SESSION, Paused, Readers, Throttle
from sync.server.shelf import Shelf
from sync.server.words import Say, wished

PAGE_PATH: Final = "/"
SIGN_IN_PATH: Final = "/sign-in"
SIGN_OUT_PATH: Final = "/sign-out"

MOST_TRYING: Final = 10
"""Who wait for their pass-phrases to be looked at, a tenth of a second each."""

_COOKIE: Final = "checkpoint-reader"
_MOST_FORM_BYTES: Final = 4_096
_REFRESH: Final = '<meta http-equiv="refresh" content="60">'
_WORDS: Final[Mapping[Decision, str]] = {
    Decision.ADMITTED: "admitted",
    Decision.REFERRED: "referred",
    Decision.REFUSED: "refused",
}
_HEADERS: Final = {
    # No script, nothing from elsewhere, in nobody's frame; the style stands in the page itself.
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self';"
    " frame-ancestors 'none'; base-uri 'none'",
    "cache-control": "no-store",
    "vary": "accept-language",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}


class Pages:
    """Answers the duty officer's browser. `is_secure`: the cookie travels over TLS only."""

    def __init__(
        self,
        deployment: str,
        ledger: Ledger,
        shelf: Shelf,
        readers: Readers,
        *,
        now: Callable[[], datetime],
        is_secure: bool,
    ) -> None:
        self._deployment = deployment
        self._ledger = ledger
        self._shelf = shelf
        self._readers = readers
        self._throttle = Throttle(now)
        self._now = now
        self._is_secure = is_secure
        # Each derivation takes 64 MiB, and many at once never end (OpenSSL's lanes wait for each
        # other's threads).
        self._one_at_a_time = asyncio.Lock()
        self._trying = 0

    def routes(self) -> list[Route]:
        return [
            Route(PAGE_PATH, self._page, methods=["GET"]),
            Route(SIGN_IN_PATH, self._sign_in, methods=["POST"]),
            Route(SIGN_OUT_PATH, self._sign_out, methods=["POST"]),
        ]

    async def _page(self, request: Request) -> Response:
        reader = self._reader(request)
        if reader is None:
            return self._answer(sign_in_page(self._deployment, _say(request)))
        try:
            seen = await run_in_threadpool(self._read)
        except NO_ANSWER:
            return self._answer(
                away_page(self._deployment, _say(request)), HTTPStatus.SERVICE_UNAVAILABLE
            )
        return self._answer(duty_page(self._deployment, _say(request), reader, seen))

    async def _sign_in(self, request: Request) -> Response:
        say, form = _say(request), await _form(request)
        name, passphrase = form.get("name", ""), form.get("passphrase", "")
        try:
            self._throttle.check(name)
        except Paused as paused:
            words = say("Too many wrong pass-phrases: wait {} seconds.").format(paused.seconds)
            page = sign_in_page(self._deployment, say, words, name)
            return self._answer(page, HTTPStatus.TOO_MANY_REQUESTS)
        if self._trying >= MOST_TRYING:
            words = say("Too many sign in at this moment.")
            page = sign_in_page(self._deployment, say, words, name)
            return self._answer(page, HTTPStatus.SERVICE_UNAVAILABLE)
        self._trying += 1
        try:
            async with self._one_at_a_time:
                is_right = await run_in_threadpool(self._readers.is_right, name, passphrase)
        finally:
            self._trying -= 1
        self._throttle.note(name, was_right=is_right)
        if not is_right:
            words = say("Name or pass-phrase is wrong.")
            page = sign_in_page(self._deployment, say, words, name)
            return self._answer(page, HTTPStatus.UNAUTHORIZED)
        answer = RedirectResponse(PAGE_PATH, HTTPStatus.SEE_OTHER, headers=_HEADERS)
        answer.set_cookie(
            _COOKIE,
            self._readers.cookie(name, until=self._now() + SESSION),
            max_age=int(SESSION.total_seconds()),
            httponly=True,
            samesite="strict",
            secure=self._is_secure,
        )
        return answer

    async def _sign_out(self, _request: Request) -> Response:
        answer = RedirectResponse(PAGE_PATH, HTTPStatus.SEE_OTHER, headers=_HEADERS)
        answer.delete_cookie(_COOKIE, samesite="strict", httponly=True, secure=self._is_secure)
        return answer

    def _reader(self, request: Request) -> str | None:
        cookie = request.cookies.get(_COOKIE, "")
        return self._readers.reader_of(cookie, now=self._now())

    def _read(self) -> Tonight:
        newest = self._shelf.published().versions().get(WATCHLIST, 0)
        with self._ledger.reading() as connection:
            return duty.tonight(
                connection,
                newest_list=newest,
                issued_at=self._shelf.watchlist_issued_at,
                now=self._now(),
            )

    def _answer(self, page: str, status: HTTPStatus = HTTPStatus.OK) -> Response:
        return HTMLResponse(page, status, headers=_HEADERS)


def _say(request: Request) -> Say:
    return wished(request.headers.get("accept-language", ""))


async def _form(request: Request) -> dict[str, str]:
    """What was typed; nothing of a form that is longer than ours."""
    try:
        body = await body_of(request, most=_MOST_FORM_BYTES)
    except Malformed:
        return {}
    read = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True)
    return {name: values[0] for name, values in read.items()}


# --- what stands on them ------------------------------------------------------------------------


def sign_in_page(deployment: str, say: Say, problem: str = "", name: str = "") -> str:
    wrong = f'<p class="alarm" role="alert">{escape(problem)}</p>' if problem else ""
    command = "<code>checkpoint-server reader add NAME</code>"
    return _page(
        say("{}: sign in").format(deployment),
        f"""<main class="narrow"><h1>{escape(deployment)}</h1>{wrong}
<form method="post" action="{SIGN_IN_PATH}">
<label>{say("Name")} <input name="name" value="{escape(name)}" autocomplete="username" required
autofocus></label><label>{say("Pass-phrase")} <input name="passphrase" type="password" required
autocomplete="current-password"></label><button>{say("Sign in")}</button></form>
<p class="quiet">{say("Who may read is set by {}.").format(command)}</p>
</main>""",
        say,
    )


def away_page(deployment: str, say: Say) -> str:
    words = say("The database does not answer. The page tries again by itself.")
    return _page(
        deployment,
        f'<main class="narrow"><h1>{escape(deployment)}</h1><p role="alert">{words}</p></main>',
        say,
        refresh=_REFRESH,
    )


def duty_page(deployment: str, say: Say, reader: str, seen: Tonight) -> str:
    silent = [post for post in seen.posts if post.is_silent(seen.now)]
    late = sum(post.late_hits for post in seen.posts)
    return _page(
        say("{}: duty page").format(deployment),
        f"""<header><h1>{escape(deployment)}</h1><p>{seen.now:%Y-%m-%d %H:%M} UTC</p>
<form method="post" action="{SIGN_OUT_PATH}"><span>{escape(reader)}</span>
<button>{say("Sign out")}</button></form></header><main>
<section class="figures">
{_figure(len(seen.posts), say("posts"))}
{_figure(len(silent), say("silent for a day"), "alarm" if silent else "ok")}
{_figure(sum(post.waiting for post in seen.posts), say("checks waiting"))}
{_figure(len(seen.alarms), say("alarms"), "alarm" if seen.alarms else "ok")}
{_figure(late, say("late hits in {} days").format(duty.LATE_DAYS))}
</section>
<section><h2>{say("Alarms")}</h2>{_put_back(seen.put_back_at, say)}
{_alarms(seen.alarms, say)}</section>
<section><h2>{say("Posts")}</h2>{_posts(seen.posts, seen.now, say)}</section>
<section><h2>{say("Checks a day, the last {} days").format(duty.DAYS)}</h2>{_plot(seen, say)}
{_table(seen, say)}</section>
</main>""",
        say,
        refresh=_REFRESH,
    )


def _figure(number: int, words: str, tone: str = "") -> str:
    return f'<p class="figure {tone}"><strong>{number:,}</strong> {words}</p>'


def _put_back(at: datetime | None, say: Say) -> str:
    if at is None:
        return ""
    words = say(
        "Since {} UTC the database is an older one than before. Workstations bring again what it"
        " lacks; nothing is to be done."
    )
    return f'<p class="quiet">{words.format(f"{at:%Y-%m-%d %H:%M}")}</p>'


def _alarms(alarms: Sequence[Alarm], say: Say) -> str:
    if not alarms:
        none = say("None. Journals and workstations agree with what is held here.")
        return f'<p class="ok">{none}</p>'
    return "".join(
        f'<article class="alarm"><h3>{escape(say(each.meaning))}</h3>'
        f"<p>{_where(each, say)}</p><p>{escape(say(each.advice))}</p></article>"
        for each in alarms
    )


def _where(alarm: Alarm, say: Say) -> str:
    return say("Workstation {}, post {}, entry {}, {} UTC.").format(
        f"<b>{escape(alarm.workstation)}</b>",
        escape(alarm.post),
        alarm.position,
        f"{alarm.raised_at:%Y-%m-%d %H:%M}",
    )


def _posts(posts: Sequence[PostTonight], now: datetime, say: Say) -> str:
    if not posts:
        words = say("No workstation has enrolled yet: {} lets one in.")
        return f'<p class="quiet">{words.format("<code>checkpoint-server token</code>")}</p>'
    heads = ("Post", "Workstations", "Last contact", "Checks waiting", "Watch-list", "Late hits")
    rows = "".join(_post(post, now, say) for post in posts)
    return (
        "<table><thead><tr>"
        + "".join(f'<th scope="col">{say(head)}</th>' for head in heads)
        + f"</tr></thead><tbody>{rows}</tbody></table>"
    )


def _post(post: PostTonight, now: datetime, say: Say) -> str:
    heard = say("never heard")
    if post.last_contact is not None:
        heard = say("{} ago").format(_span(now - post.last_contact, say))
    if post.is_silent(now):
        heard = f'<span class="alarm">▲ {heard}</span>'
    waiting = f"{post.waiting:,}"
    if post.waiting_entries:
        waiting += f" ({say('{} entries').format(f'{post.waiting_entries:,}')})"
    odd = f" ({say('{} not understood yet').format(post.quarantined)})" if post.quarantined else ""
    return (
        f'<tr><th scope="row">{escape(post.code)}'
        f' <span class="quiet">{escape(post.name)}</span></th>'
        f"<td>{post.workstations}</td><td>{heard}</td><td>{waiting}{odd}</td>"
        f"<td>{_list(post, now, say)}</td><td>{post.late_hits}</td></tr>"
    )


def _list(post: PostTonight, now: datetime, say: Say) -> str:
    """How old the oldest list of the post's workstations is, and how far behind ours."""
    if not post.has_list:
        return f'<span class="attention">▲ {say("none yet")}</span>'
    said = []
    if post.list_issued_at is not None:
        said.append(say("{} days old").format((now - post.list_issued_at).days))
    if post.lists_behind <= 0:
        return ", ".join([*said, say("newest")])
    said.append(say("{} versions behind").format(post.lists_behind))
    return f'<span class="attention">▲ {", ".join(said)}</span>'


def _span(passed: timedelta, say: Say) -> str:
    minutes = max(0, int(passed.total_seconds() // 60))
    if minutes < 120:
        return say("{} min").format(minutes)
    if minutes < 48 * 60:
        return say("{} h").format(minutes // 60)
    return say("{} days").format(minutes // (24 * 60))


def _plot(seen: Tonight, say: Say) -> str:
    """Bars stacked by decision, told apart by shade and by the table below, not by hue alone."""
    width, height, gap = 900, 180, 3
    most = max((sum(counts.values()) for _day, counts in seen.volumes), default=0) or 1
    bar = (width - 40) / len(seen.volumes)
    drawn = "".join(
        _bar(counts, x=40 + place * bar, width=bar - gap, height=height, most=most)
        for place, (_day, counts) in enumerate(seen.volumes)
    )
    first, last = seen.volumes[0][0], seen.volumes[-1][0]
    shown = say("Checks a day from {} to {}, at most {}").format(first, last, most)
    key = " ".join(
        f'<span class="{_WORDS[each]}">■ {say(_WORDS[each])}</span>' for each in DECISIONS
    )
    return (
        f'<svg viewBox="0 0 {width} {height + 24}" role="img" aria-label="{shown}">'
        f'<text x="34" y="12" class="scale end">{most:,}</text>'
        f'<text x="34" y="{height}" class="scale end">0</text>{drawn}'
        f'<text x="40" y="{height + 18}" class="scale">{first}</text>'
        f'<text x="{width}" y="{height + 18}" class="scale end">{last}</text></svg>'
        f'<p class="key">{key}</p>'
    )


def _bar(counts: Mapping[Decision, int], *, x: float, width: float, height: int, most: int) -> str:
    parts, top = [], float(height)
    for decision in DECISIONS:
        tall = height * counts.get(decision, 0) / most
        if tall:
            top -= tall
            parts.append(
                f'<rect x="{x:.1f}" y="{top:.1f}" width="{width:.1f}" height="{tall:.1f}"'
                f' class="{_WORDS[decision]}"/>'
            )
    return "".join(parts)


def _table(seen: Tonight, say: Say) -> str:
    heads = "".join(f'<th scope="col">{say(_WORDS[each])}</th>' for each in DECISIONS)
    rows = "".join(
        f'<tr><th scope="row">{day}</th>'
        + "".join(f"<td>{counts.get(each, 0):,}</td>" for each in DECISIONS)
        + "</tr>"
        for day, counts in reversed(seen.volumes)
    )
    return (
        f"<details><summary>{say('The same as a table')}</summary><table><thead><tr>"
        f'<th scope="col">{say("day")}</th>{heads}</tr></thead><tbody>{rows}</tbody></table>'
        "</details>"
    )


def _page(title: str, body: str, say: Say, *, refresh: str = "") -> str:
    return "".join(_document(title, body, say, refresh))


def _document(title: str, body: str, say: Say, refresh: str) -> Iterator[str]:
    yield f'<!doctype html><html lang="{say.language}"><head><meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"{refresh}<title>{escape(title)}</title><style>{_STYLE}</style></head>"
    yield f"<body>{body}</body></html>"


_STYLE: Final = """
:root { color-scheme: light dark; --text: #16202c; --quiet: #55616f; --window: #f3f5f8;
 --card: #fff; --border: #dce2e9; --accent: #0b5cad; --ok: #17663a; --attention: #7d4a00;
 --alarm: #ab221b; --admitted: #0b5cad; --referred: #c98a1b; --refused: #7a1712; }
@media (prefers-color-scheme: dark) { :root { --text: #e8ecf1; --quiet: #a7b2bf;
 --window: #14181d; --card: #1d232a; --border: #333d48; --accent: #6cb2ff; --ok: #74d19b;
 --attention: #f0b964; --alarm: #ff9d96; --admitted: #6cb2ff; --referred: #f0b964;
 --refused: #ff7a70; } }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; color: var(--text);
 background: var(--window); }
header { display: flex; flex-wrap: wrap; gap: 1rem; align-items: baseline; padding: 0 1.5rem; }
header p { flex: 1; color: var(--quiet); }
main { padding: 0 1.5rem 2rem; } main.narrow { max-width: 26rem; margin: 10vh auto; }
section, article { background: var(--card); border: 1px solid var(--border);
 border-radius: 10px; padding: .5rem 1.25rem 1rem; margin: 0 0 1rem; }
.figures { display: flex; flex-wrap: wrap; gap: 2rem; }
.figure strong { display: block; font-size: 1.8rem; line-height: 1.2; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .4rem .6rem;
 border-top: 1px solid var(--border); } thead th { color: var(--quiet); border: 0; }
label { display: block; margin: 1rem 0; } input { display: block; width: 100%; font: inherit;
 padding: .6rem; box-sizing: border-box; border: 1px solid var(--quiet); border-radius: 6px; }
button { font: inherit; padding: .5rem 1rem; border-radius: 6px; border: 1px solid var(--accent);
 color: var(--accent); background: none; cursor: pointer; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.quiet { color: var(--quiet); font-weight: normal; } .ok { color: var(--ok); }
.attention { color: var(--attention); } .alarm { color: var(--alarm); }
article.alarm { border-color: var(--alarm); color: inherit; } article h3 { color: var(--alarm); }
svg { width: 100%; height: auto; } .scale { font-size: 12px; fill: var(--quiet); }
.end { text-anchor: end; } rect.admitted { fill: var(--admitted); }
rect.referred { fill: var(--referred); } rect.refused { fill: var(--refused); }
.key span { margin-right: 1rem; } .key .admitted { color: var(--admitted); }
.key .referred { color: var(--referred); } .key .refused { color: var(--refused); }
"""
