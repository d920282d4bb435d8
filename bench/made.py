# ruff: noqa: E501  (a template is read best as one line)
"""Pages made for measuring readers: nine templates in ten languages, with the body, date and language known.

The words are made up of a few sentences a language, with places and numbers put in; the clutter around them is what
newspapers, forums, government sites and messengers have. The same on every machine.
"""

from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Made:
    """A page, and what is true of it."""

    template: str
    language: str
    data: bytes
    body: str
    published: str


_SENTENCES = {
    "en": ("The council of {p} said on Wednesday that office number {n} near the harbour had been closed.",
           "Residents asked what office number {n} was for, and the ministry in {p} replied in writing.",
           "No permit had been sought for it before the year {y}, according to an official in {p}.",
           "A society in {p} said that it had only helped {n} members to renew their papers."),
    "de": ("Der Rat von {p} teilte am Mittwoch mit, dass die Stelle Nummer {n} am Hafen geschlossen worden sei.",
           "Anwohner fragten, wozu die Stelle Nummer {n} diene, und das Ministerium in {p} antwortete schriftlich.",
           "Vor dem Jahr {y} sei keine Genehmigung beantragt worden, sagte eine Beamtin in {p}.",
           "Ein Verein in {p} erklärte, er habe nur {n} Mitgliedern bei ihren Papieren geholfen."),
    "fr": ("Le conseil de {p} a déclaré mercredi que le bureau numéro {n} près du port avait été fermé.",
           "Des riverains ont demandé à quoi servait le bureau numéro {n}, et le ministère a répondu depuis {p}.",
           "Aucun permis n'avait été demandé avant l'année {y}, selon une responsable de {p}.",
           "Une association de {p} a dit avoir seulement aidé {n} membres à renouveler leurs papiers."),
    "es": ("El consejo de {p} dijo el miércoles que la oficina número {n} cerca del puerto había sido cerrada.",
           "Los vecinos preguntaron para qué servía la oficina número {n}, y el ministerio respondió desde {p}.",
           "No se había pedido ningún permiso antes del año {y}, según una funcionaria de {p}.",
           "Una asociación de {p} dijo que solo había ayudado a {n} socios a renovar sus papeles."),
    "it": ("Il consiglio di {p} ha detto mercoledì che l'ufficio numero {n} vicino al porto era stato chiuso.",
           "I residenti hanno chiesto a che cosa servisse l'ufficio numero {n}, e il ministero ha risposto da {p}.",
           "Nessun permesso era stato chiesto prima dell'anno {y}, secondo una funzionaria di {p}.",
           "Un'associazione di {p} ha detto di avere solo aiutato {n} soci a rinnovare i documenti."),
    "nl": ("De raad van {p} zei woensdag dat kantoor nummer {n} bij de haven was gesloten.",
           "Bewoners vroegen waar kantoor nummer {n} voor diende, en het ministerie antwoordde schriftelijk uit {p}.",
           "Voor het jaar {y} was er geen vergunning aangevraagd, volgens een ambtenaar in {p}.",
           "Een vereniging in {p} zei dat zij alleen {n} leden had geholpen met hun papieren."),
    "pt": ("O conselho de {p} disse na quarta-feira que o escritório número {n} perto do porto tinha sido fechado.",
           "Os moradores perguntaram para que servia o escritório número {n}, e o ministério respondeu de {p}.",
           "Nenhuma licença tinha sido pedida antes do ano {y}, segundo uma funcionária de {p}.",
           "Uma associação de {p} disse que só tinha ajudado {n} membros a renovar os documentos."),
    "zh-Hans": ("{p}市议会星期三表示，港口附近的第{n}号办公室已经关闭，今后不会再开放。",
                "居民询问第{n}号办公室的用途，{p}的主管部门随后作了书面答复，并公布了全文。",
                "据{p}一名官员说，在{y}年以前没有人为这个办公室申请过许可。",
                "{p}的一个社团说，他们只是帮助过{n}名会员办理证件，没有做过其他事情。"),
    "zh-Hant": ("{p}市議會星期三表示，港口附近的第{n}號辦公室已經關閉，今後不會再開放。",
                "居民詢問第{n}號辦公室的用途，{p}的主管部門隨後作了書面答覆，並公布了全文。",
                "據{p}一名官員說，在{y}年以前沒有人為這個辦公室申請過許可。",
                "{p}的一個社團說，他們只是幫助過{n}名會員辦理證件，沒有做過其他事情。"),
    "ja": ("{p}市議会は水曜日、港の近くにある第{n}事務所がすでに閉鎖されたと発表した。",
           "住民は第{n}事務所の目的を尋ね、{p}の担当部署は書面で回答し、その全文を公表した。",
           "{p}の職員によると、{y}年より前にこの事務所の許可を申請した人はいなかった。",
           "{p}のある団体は、{n}人の会員の書類の更新を手伝っただけだと述べている。"),
}  # fmt: skip
_PLACES = ("Dublin", "Madrid", "Rotterdam", "Lisbon", "Prague", "Glasgow")
_HAN_PLACES = ("都柏林", "马德里", "鹿特丹", "里斯本", "布拉格", "格拉斯哥")
_ENCODINGS = {"zh-Hans": "gb18030", "zh-Hant": "big5", "ja": "cp932", "de": "cp1252", "fr": "iso8859-15"}
TEMPLATES = ("news", "comments", "live", "blog", "bare", "notice", "messenger", "form", "boxes")


def _sentence(language: str, number: int) -> str:
    names = _PLACES if language[:2] not in ("zh", "ja") else _HAN_PLACES
    words = _SENTENCES[language][number % 4]
    text = words.format(p=names[(number * 5) % 6], n=number * 7 + 3, y=1990 + number % 30)
    return text.translate(str.maketrans("马鹿", "馬鹿")) if language in ("zh-Hant", "ja") else text


def paragraphs(language: str, seed: int, count: int) -> list[str]:
    gap = "" if language[:2] in ("zh", "ja") else " "
    return [
        gap.join(_sentence(language, seed * 31 + at * 3 + more) for more in range(2 + (at + seed) % 3))
        for at in range(count)
    ]


def _links(language: str, seed: int, count: int, wrap: str) -> str:
    return "".join(
        wrap.format(f'<a href="/{seed}/{n}">{_sentence(language, seed + 500 + n)[:60]}</a>') for n in range(count)
    )


@lru_cache(maxsize=1)
def made() -> tuple[Made, ...]:
    """All pages: each template in each language."""
    return tuple(_page(template, language, at) for language in _SENTENCES for at, template in enumerate(TEMPLATES))


def _page(template: str, language: str, at: int) -> Made:
    seed = at + 13 * list(_SENTENCES).index(language)
    texts = paragraphs(language, seed, 3 if template == "bare" else 9)
    day = f"2022-{1 + seed % 12:02d}-{1 + seed % 28:02d}"
    title = _sentence(language, seed + 900)[:50]
    p = "".join(f"<p>{t}</p>" for t in texts)
    menu = f"<nav class='main-menu'><ul>{_links(language, seed, 12, '<li>{}</li>')}</ul></nav>"
    side = f"<aside class='sidebar'><h3>More</h3>{_links(language, seed + 40, 8, '<div class=teaser>{}</div>')}</aside>"
    banner = "<div id='cookie-consent' class='cookie'><p>We use cookies on this site.</p><button>Accept</button></div>"
    foot = "<footer><p>© 2022 The Example. All rights reserved.</p></footer>"
    head = f"<meta property='article:published_time' content='{day}T08:00:00Z'>"
    figure = f"<figure><img src='a.jpg' alt=''><figcaption>{_sentence(language, seed + 700)} (Photo: Example)</figcaption></figure>"
    if template == "news":
        half = "".join(f"<p>{t}</p>" for t in texts[:4])
        rest = "".join(f"<p>{t}</p>" for t in texts[4:])
        box = f"<div class='related-box'><h4>Related</h4><ul>{_links(language, seed + 80, 3, '<li>{}</li>')}</ul></div>"
        main = f"{banner}{menu}<main><article><h1>{title}</h1>{half}{figure}{box}{rest}</article>{side}</main>{foot}"
    elif template == "comments":
        said = "".join(
            f"<li class='comment'><b>Guest {n}</b><p>{_sentence(language, seed + 300 + n)}</p></li>" for n in range(6)
        )
        main = f"{menu}<div class='post-content'><h1>{title}</h1>{p}</div><div id='comments'><h3>6 comments</h3><ol>{said}</ol></div>{foot}"
    elif template == "live":
        main = f"{menu}<div class='story'><h1>{title}</h1>{p}</div><div class='newsletter-signup'><p>Sign up to our newsletter.</p><form><input><button>Sign up</button></form></div>{side}"
    elif template == "blog":
        main = f"{menu}<div class='entry'><h2>{title}</h2>{'<br><br>'.join(texts)}</div><div class='tags'><a>one</a> <a>two</a></div>{side}{foot}"
    elif template == "bare":
        main = f"<h1>{title}</h1>{p}"
    elif template == "notice":
        rows = "".join(f"<tr><td>{n}</td><td>{_PLACES[n]}</td><td>+00 {n} 555</td></tr>" for n in range(5))
        main = f"{menu}<table><tr><td><div class='TRS_Editor'>{p}<table border=1>{rows}</table></div></td></tr></table>{foot}"
        texts = [*texts, *(f"{n}\n{_PLACES[n]}\n+00 {n} 555" for n in range(5))]
    elif template == "messenger":
        inner = "".join(f"<section><span>{t}</span></section>" for t in texts)
        main = f"<div id='js_article'><h1 class='rich_media_title'>{title}</h1><div id='js_content' class='rich_media_content'>{inner}</div><div class='qr_code_pc'><p>微信扫一扫关注该公众号</p></div></div>"
    elif template == "form":
        main = f"<form id='aspnetForm'>{menu}<div id='ctl00_Body'><h1>{title}</h1>{p}</div>{side}{foot}</form>"
    else:
        mixed = "".join(
            f"<div class='c{n % 3}'><div>{t}</div></div>"
            + ("<div class='ad'>Advertisement</div>" if n % 3 == 2 else "")
            for n, t in enumerate(texts)
        )
        main = f"{banner}{menu}<div class='wrap'><h1>{title}</h1>{mixed}</div>{side}{foot}"
    encoding = _ENCODINGS.get(language, "utf-8") if at % 2 else "utf-8"
    page = f"<!doctype html><html><head><title>{title} | The Example</title>{head}</head><body>{main}</body></html>"
    return Made(template, language, page.encode(encoding, "xmlcharrefreplace"), "\n".join(texts), day)
