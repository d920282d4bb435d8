"""Distinct HTML pages, generated: a newspaper's clutter around an article. The same on every machine."""

import random

_PLACES = ["Sydney", "Dublin", "Amsterdam", "Rotterdam", "Madrid", "Barcelona", "Prague", "Lisbon", "Paris", "Glasgow"]
_TALK = """the council said that a new office would open near the harbour while residents asked what it was for and the
ministry replied in writing that no permission had been sought by anyone before the end of the year because officials
were still looking into the matter with their colleagues abroad"""


def page(number: int, paragraphs: int = 14) -> bytes:
    """Return one page of about 90 kB, of which 6 kB are text, as newspapers have it; `number` makes it distinct."""
    rng = random.Random(number)
    place = _PLACES[number % len(_PLACES)]
    words_of = _TALK.split()
    body = []
    for index in range(paragraphs):
        words = [rng.choice(words_of) for _ in range(70)]
        words[0] = words[0].capitalize()
        text = " ".join(words) + "."
        if index == 2:
            text += f" A watchdog says that a police service station was set up in {place} in 2018, a paper reports."
        if index == 5:
            text += f" The embassy said that the station in {place} had closed. It offers licence renewal, it added."
        body.append(f"<p>{text}</p>")
    links = "".join(
        f'<li class="menu-item menu-item-{n}"><a class="link" data-track="nav" href="/section/{n}">Story {n}</a></li>'
        for n in range(150)
    )
    teasers = "".join(
        f'<div class="teaser"><a href="/story/{n}"><img src="/i/{n}.jpg" alt=""><span>More on {n}</span></a></div>'
        for n in range(120)
    )
    script = "".join(f'"key{n}":{{"a":[{n},{n + 1}],"b":"{n * 7919}"}},' for n in range(600))
    head = f"""<!doctype html><html lang="en"><head><title>Story {number} in {place} | The Gazette</title>
<meta property="og:site_name" content="The Gazette">
<meta property="article:published_time" content="2022-10-{1 + number % 28:02d}">
<script>var a = {{{script}}};</script><style>p {{ margin: 1em }}</style></head>"""
    caption = f"A street in {place}. Provided by the Gazette"
    figure = f'<figure><img src="a.jpg" alt=""><figcaption>{caption}</figcaption></figure>'
    return f"""{head}<body><nav><ul>{links}</ul></nav>
<header><h1>Story {number} in {place}</h1><p class="byline">By a reporter</p></header>
<article>{"".join(body)}{figure}</article><aside><h2>Related</h2>{teasers}</aside>
<footer><p>All rights reserved. Contact us about story {number}.</p></footer></body></html>""".encode()
