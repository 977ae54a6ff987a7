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
from sync.protocol import Malformed
from sync.server import duty
from sync.server.duty import DECISIONS, Alarm, PostTonight, Tonight
from sync.server.incoming import body_of
from sync.server.ledger import NO_ANSWER, Ledger
from sync.server.readers import SESSION, Paused, Readers, Throttle
from sync.server.shelf import Shelf

PAGE_PATH: Final = "/"
SIGN_IN_PATH: Final = "/sign-in"
SIGN_OUT_PATH: Final = "/sign-out"

MOST_TRYING: Final = 10
"""Who wait for their pass-phrases to be looked at, a tenth of a second each."""

_COOKIE: Final = "checkpoint-reader"
_MOST_FORM_BYTES: Final = 4_096
_REFRESH_SECONDS: Final = 60
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
            return self._answer(sign_in_page(self._deployment))
        try:
            seen = await run_in_threadpool(self._read)
        except NO_ANSWER:
            words = "The database does not answer. The page tries again by itself."
            return self._answer(
                notice_page(self._deployment, words), HTTPStatus.SERVICE_UNAVAILABLE
            )
        return self._answer(duty_page(self._deployment, reader, seen))

    async def _sign_in(self, request: Request) -> Response:
        form = await _form(request)
        name, passphrase = form.get("name", ""), form.get("passphrase", "")
        try:
            self._throttle.check(name)
        except Paused as paused:
            page = sign_in_page(self._deployment, str(paused), name)
            return self._answer(page, HTTPStatus.TOO_MANY_REQUESTS)
        if self._trying >= MOST_TRYING:
            page = sign_in_page(self._deployment, "Too many sign in at this moment.", name)
            return self._answer(page, HTTPStatus.SERVICE_UNAVAILABLE)
        self._trying += 1
        try:
            async with self._one_at_a_time:
                is_right = await run_in_threadpool(self._readers.is_right, name, passphrase)
        finally:
            self._trying -= 1
        self._throttle.note(name, was_right=is_right)
        if not is_right:
            page = sign_in_page(self._deployment, "Name or pass-phrase is wrong.", name)
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
        newest = self._shelf.published().versions().get("watchlist", 0)
        with self._ledger.reading() as connection:
            return duty.tonight(connection, newest_list=newest, now=self._now())

    def _answer(self, page: str, status: HTTPStatus = HTTPStatus.OK) -> Response:
        return HTMLResponse(page, status, headers=_HEADERS)


async def _form(request: Request) -> dict[str, str]:
    """What was typed; nothing of a form that is longer than ours."""
    try:
        body = await body_of(request, most=_MOST_FORM_BYTES)
    except Malformed:
        return {}
    read = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True)
    return {name: values[0] for name, values in read.items()}


# --- what stands on them ------------------------------------------------------------------------


def sign_in_page(deployment: str, problem: str = "", name: str = "") -> str:
    wrong = f'<p class="alarm" role="alert">{escape(problem)}</p>' if problem else ""
    return _page(
        f"{deployment}: sign in",
        f"""<main class="narrow"><h1>{escape(deployment)}</h1>{wrong}
<form method="post" action="{SIGN_IN_PATH}">
<label>Name <input name="name" value="{escape(name)}" autocomplete="username" required autofocus>
</label><label>Pass-phrase <input name="passphrase" type="password" required
autocomplete="current-password"></label><button>Sign in</button></form>
<p class="quiet">Who may read is set by <code>checkpoint-server reader add NAME</code>.</p>
</main>""",
    )


def notice_page(deployment: str, words: str) -> str:
    return _page(
        deployment,
        f'<main class="narrow"><h1>{escape(deployment)}</h1><p role="alert">{escape(words)}</p>'
        "</main>",
        refresh=True,
    )


def duty_page(deployment: str, reader: str, seen: Tonight) -> str:
    silent = [post for post in seen.posts if post.is_silent(seen.now)]
    return _page(
        f"{deployment}: duty page",
        f"""<header><h1>{escape(deployment)}</h1><p>{seen.now:%Y-%m-%d %H:%M} UTC</p>
<form method="post" action="{SIGN_OUT_PATH}"><span>{escape(reader)}</span>
<button>Sign out</button></form></header><main>
<section class="figures">
{_figure(len(seen.posts), "posts")}
{_figure(len(silent), "silent for a day", "alarm" if silent else "ok")}
{_figure(sum(post.waiting for post in seen.posts), "entries waiting")}
{_figure(len(seen.alarms), "alarms", "alarm" if seen.alarms else "ok")}
{_figure(sum(post.late_hits for post in seen.posts), f"late hits in {duty.LATE_DAYS} days")}
</section>
<section><h2>Alarms</h2>{_alarms(seen.alarms)}</section>
<section><h2>Posts</h2>{_posts(seen.posts, seen.now)}</section>
<section><h2>Checks a day, the last {duty.DAYS} days</h2>{_plot(seen)}{_table(seen)}</section>
</main>""",
        refresh=True,
    )


def _figure(number: int, words: str, tone: str = "") -> str:
    return f'<p class="figure {tone}"><strong>{number:,}</strong> {words}</p>'


def _alarms(alarms: Sequence[Alarm]) -> str:
    if not alarms:
        return '<p class="ok">None. Journals and workstations agree with what is held here.</p>'
    return "".join(
        f'<article class="alarm"><h3>{escape(each.meaning)}</h3><p>Workstation'
        f" <b>{escape(each.workstation)}</b>, post {escape(each.post)}, entry {each.position},"
        f" {each.raised_at:%Y-%m-%d %H:%M} UTC.</p><p>{escape(each.advice)}</p></article>"
        for each in alarms
    )


def _posts(posts: Sequence[PostTonight], now: datetime) -> str:
    if not posts:
        return (
            '<p class="quiet">No workstation has enrolled yet: <code>checkpoint-server token</code>'
            " lets one in.</p>"
        )
    heads = ("Post", "Workstations", "Last contact", "Entries waiting", "Watch-list", "Late hits")
    rows = "".join(_post(post, now) for post in posts)
    return (
        "<table><thead><tr>"
        + "".join(f'<th scope="col">{head}</th>' for head in heads)
        + f"</tr></thead><tbody>{rows}</tbody></table>"
    )


def _post(post: PostTonight, now: datetime) -> str:
    silent = post.is_silent(now)
    heard = "never heard" if post.last_contact is None else f"{_ago(now - post.last_contact)} ago"
    heard = f'<span class="alarm">▲ {heard}</span>' if silent else heard
    lists = (
        "newest"
        if post.lists_behind <= 0
        else f'<span class="attention">{post.lists_behind} version(s) behind</span>'
    )
    odd = f" ({post.quarantined} not understood yet)" if post.quarantined else ""
    return (
        f'<tr><th scope="row">{escape(post.code)}'
        f' <span class="quiet">{escape(post.name)}</span></th>'
        f"<td>{post.workstations}</td><td>{heard}</td><td>{post.waiting:,}{odd}</td>"
        f"<td>{lists}</td><td>{post.late_hits}</td></tr>"
    )


def _ago(passed: timedelta) -> str:
    minutes = max(0, int(passed.total_seconds() // 60))
    if minutes < 120:
        return f"{minutes} min"
    if minutes < 48 * 60:
        return f"{minutes // 60} h"
    return f"{minutes // (24 * 60)} days"


def _plot(seen: Tonight) -> str:
    """Bars stacked by decision, told apart by shade and by the table below, not by hue alone."""
    width, height, gap = 900, 180, 3
    most = max((sum(counts.values()) for _day, counts in seen.volumes), default=0) or 1
    bar = (width - 40) / len(seen.volumes)
    drawn = "".join(
        _bar(counts, x=40 + place * bar, width=bar - gap, height=height, most=most)
        for place, (_day, counts) in enumerate(seen.volumes)
    )
    first, last = seen.volumes[0][0], seen.volumes[-1][0]
    return (
        f'<svg viewBox="0 0 {width} {height + 24}" role="img"'
        f' aria-label="Checks a day from {first} to {last}, at most {most}">'
        f'<text x="34" y="12" class="scale end">{most:,}</text>'
        f'<text x="34" y="{height}" class="scale end">0</text>{drawn}'
        f'<text x="40" y="{height + 18}" class="scale">{first}</text>'
        f'<text x="{width}" y="{height + 18}" class="scale end">{last}</text></svg>'
        '<p class="key"><span class="admitted">■ admitted</span> <span class="referred">■'
        ' referred</span> <span class="refused">■ refused</span></p>'
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


def _table(seen: Tonight) -> str:
    heads = "".join(f'<th scope="col">{_WORDS[each]}</th>' for each in DECISIONS)
    rows = "".join(
        f'<tr><th scope="row">{day}</th>'
        + "".join(f"<td>{counts.get(each, 0):,}</td>" for each in DECISIONS)
        + "</tr>"
        for day, counts in reversed(seen.volumes)
    )
    return (
        "<details><summary>The same as a table</summary><table><thead><tr>"
        f'<th scope="col">day</th>{heads}</tr></thead><tbody>{rows}</tbody></table></details>'
    )


def _page(title: str, body: str, *, refresh: bool = False) -> str:
    again = f'<meta http-equiv="refresh" content="{_REFRESH_SECONDS}">' if refresh else ""
    return "".join(_document(title, body, again))


def _document(title: str, body: str, again: str) -> Iterator[str]:
    yield '<!doctype html><html lang="en"><head><meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"{again}<title>{escape(title)}</title><style>{_STYLE}</style></head>"
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
