# ruff: noqa: E501  (a page is read best as one line)
"""Grades: pages written in the manner of real walls, and articles that only look like them.

Each kind of wall has its recall and its precision. The words are our own; the build (a title, a box, a form, a list of
buttons, a teaser) is that of bot checks, consent managers, metered papers, wikis, portals and error pages. Faults are
listed for one half only. The other half is no independent set: who mended the signs of `grade.toml` had written both.
"""

import hashlib
from dataclasses import dataclass

from bench.made import paragraphs
from overt.read import html

KINDS = ("bot_check", "error", "login", "cookie_wall", "paywall")
WHOLE = "whole"

# Kind, language, title, body. `{t}` is a paragraph of an article, `{a}` a whole one.
_PAGES: tuple[tuple[str, str, str, str], ...] = (
    ("bot_check", "en", "Just a moment...", "<h1>example.org</h1><p>Performing security verification</p><p>This website uses a security service to protect against malicious bots.</p>"),
    ("bot_check", "en", "example.org", "<p>Please enable JS and disable any ad blocker</p>"),
    ("bot_check", "en", "Access to this page has been denied", "<h1>Press and hold to confirm you are a human (and not a bot).</h1><p>Reference ID 0000</p>"),
    ("bot_check", "en", "Security check", "<h2>One more step</h2><p>Please complete the security check to access example.org</p>"),
    ("bot_check", "en", "Robot Check", "<h4>Enter the characters you see below</h4><p>Sorry, we just need to make sure you're not a robot.</p>"),
    ("bot_check", "zh-Hans", "环境异常", "<h2>环境异常</h2><p>当前环境异常，完成验证后即可继续访问。</p><a>去验证</a>"),
    ("bot_check", "zh-Hans", "访问验证", "<p>您的访问过于频繁，请拖动滑块完成拼图</p>"),
    ("bot_check", "de", "Sicherheitsprüfung", "<h1>Bitte bestätigen Sie, dass Sie kein Roboter sind</h1>"),
    ("bot_check", "es", "Verificación", "<h1>Verifica que eres humano</h1><p>Completa la acción siguiente para seguir.</p>"),
    ("bot_check", "fr", "Vérification", "<p>Vérifiez que vous êtes humain en effectuant l'action ci-dessous.</p>"),
    ("error", "en", "Not found | The Example", "<h1>Sorry, we can't find that page</h1><p>It may have moved. Try the search.</p>"),
    ("error", "en", "404", "<h1>Oops!</h1><p>The page you were looking for doesn't exist.</p>"),
    ("error", "en", "Error 503 Backend fetch failed", "<h1>Error 503 Backend fetch failed</h1><p>Guru Meditation</p>"),
    ("error", "en", "410 Gone", "<h1>Gone</h1><p>The requested resource is no longer here.</p>"),
    ("error", "zh-Hans", "提示信息", "<h2>该内容已被发布者删除</h2>"),
    ("error", "zh-Hans", "系统提示", "<h2>此内容因违规无法查看</h2><p>由用户投诉并经平台审核。</p>"),
    ("error", "zh-Hant", "錯誤", "<h1>您所訪問的頁面不存在或已刪除</h1>"),
    ("error", "zh-Hans", "404", "<h1>抱歉，您访问的页面找不到了</h1><p>返回首页</p>"),
    ("error", "es", "Error", "<h1>La página que buscas no existe</h1><p>Vuelve a la portada.</p>"),
    ("error", "fr", "Erreur", "<h1>Cette page n'existe pas ou plus</h1>"),
    ("error", "de", "Fehler 404", "<h1>Die gesuchte Seite existiert nicht</h1>"),
    ("error", "it", "Errore", "<h1>Ops! La pagina che cerchi non esiste</h1>"),
    ("login", "en", "Login required - Example Wiki", "<h1>Login required</h1><p>Please <a>log in</a> to view other pages.</p>"),
    ("login", "en", "Permission error", "<h1>Permission error</h1><p>You do not have permission to read this page, for the following reason:</p><p>The action is limited to users in the group: Members.</p>"),
    ("login", "en", "Example", "<h1>Log into Example</h1><form><label>Email</label><input name=u><input type=password><button>Log in</button></form><p>You must log in first.</p>"),
    ("login", "en", "Members only", "<h2>This content is for members only</h2><p>Sign in with your account to see it.</p>"),
    ("login", "zh-Hans", "用户登录", "<h2>用户登录</h2><p>您需要登录后才可以查看该主题</p>"),
    ("login", "zh-Hans", "提示", "<p>抱歉，您所在的用户组没有阅读权限，请登录后再试</p>"),
    ("login", "zh-Hant", "登入", "<p>您必須登入才能檢視此頁面</p>"),
    ("login", "es", "Acceso", "<p>Debes iniciar sesión para ver este contenido.</p>"),
    ("login", "de", "Anmeldung", "<p>Sie müssen sich anmelden, um diese Seite zu sehen.</p>"),
    ("login", "fr", "Connexion", "<p>Vous devez être connecté pour voir cette page.</p>"),
    ("cookie_wall", "de", "Zustimmung", "<h2>Mit Werbung lesen oder im Pur-Abo</h2><p>Besuchen Sie uns wie gewohnt mit Werbung und Cookies.</p><button>Zustimmen und weiter</button>"),
    ("cookie_wall", "de", "Willkommen", "<h2>Weiter mit Werbung lesen</h2><p>Wir und unsere Partner verarbeiten Daten.</p><button>Akzeptieren</button><a>Zum Abo ohne Tracking</a>"),
    ("cookie_wall", "fr", "Votre choix", "<h2>Le respect de votre vie privée</h2><p>Nous et nos partenaires utilisons des cookies.</p><button>Accepter et fermer</button><button>S'abonner pour refuser</button>"),
    ("cookie_wall", "it", "Consenso", "<h2>Rifiuta e abbonati, oppure accetta i cookie</h2><p>Noi e i nostri partner usiamo cookie.</p>"),
    ("cookie_wall", "es", "Tu privacidad", "<h2>Para seguir navegando acepta las cookies o suscríbete</h2><p>Nosotros y nuestros socios usamos cookies.</p>"),
    ("cookie_wall", "en", "Your privacy", "<h2>We value your privacy</h2><p>We and our partners store or access information on devices, such as cookies.</p><button>Agree</button>"),
    ("cookie_wall", "nl", "Cookies", "<h2>Wij gebruiken cookies</h2><p>Om door te gaan moet u onze cookies accepteren.</p><button>Akkoord</button>"),
    ("cookie_wall", "en", "Consent", "<h2>Before you continue to Example</h2><p>Cookies and data are used to run the service.</p><button>Reject all</button>"),
    ("paywall", "en", "An office closes", "<h1>An office closes</h1><p>{t}</p><div><h2>Keep reading for $1</h2><p>Already have a subscription? Sign in</p></div>"),
    ("paywall", "en", "An office closes", "<h1>An office closes</h1><p>{t}</p><div><p>This article is reserved for our subscribers.</p></div>"),
    ("paywall", "en", "An office closes", "<h1>An office closes</h1><p>{t}</p><div><p>You have reached your limit of free articles.</p></div>"),
    ("paywall", "de", "Ein Amt schließt", "<h1>Ein Amt schließt</h1><p>{t}</p><div><p>Diesen Artikel weiterlesen mit Plus</p><p>Jetzt testen</p></div>"),
    ("paywall", "fr", "Un bureau ferme", "<h1>Un bureau ferme</h1><p>{t}</p><p>Il vous reste 80 % de cet article à lire. La suite est réservée aux abonnés.</p>"),
    ("paywall", "es", "Cierra una oficina", "<h1>Cierra una oficina</h1><p>{t}</p><div><p>Suscríbete para seguir leyendo</p></div>"),
    ("paywall", "it", "Chiude un ufficio", "<h1>Chiude un ufficio</h1><p>{t}</p><div><p>Questo contenuto è riservato agli abbonati</p></div>"),
    ("paywall", "nl", "Kantoor dicht", "<h1>Kantoor dicht</h1><p>{t}</p><div><p>Verder lezen? Neem een abonnement</p></div>"),
    ("paywall", "zh-Hans", "办公室关闭", "<h1>办公室关闭</h1><p>{t}</p><div><p>本文为付费内容，购买后可阅读全文</p></div>"),
    ("paywall", "zh-Hant", "辦公室關閉", "<h1>辦公室關閉</h1><p>{t}</p><div><p>訂閱會員，閱讀全文</p></div>"),
    ("paywall", "ja", "事務所閉鎖", "<h1>事務所閉鎖</h1><p>{t}</p><div><p>この記事は有料記事です。残り1200文字</p></div>"),
    ("paywall", "pt", "Fecha um escritório", "<h1>Fecha um escritório</h1><p>{t}</p><div><p>Conteúdo exclusivo para assinantes</p></div>"),
    (WHOLE, "en", "An office closes", "<div><p>We value your privacy</p><button>Agree</button></div><h1>An office closes</h1>{a}<p>Log in to comment</p>"),
    (WHOLE, "en", "Papers put up paywalls", "<h1>Papers put up paywalls</h1>{a}<p>Already a subscriber? Sign in</p>"),
    (WHOLE, "en", "Notice", "<h1>Notice</h1><p>The office is closed on Friday because of the holiday and opens again on Monday at nine.</p>"),
    (WHOLE, "en", "Notice", "<div><p>This site uses cookies.</p></div><h1>Notice</h1><p>Members of the society meet on Friday in the hall; bring your papers with you, and come in good time.</p>"),
    (WHOLE, "zh-Hans", "公告", "<h1>关于办公室搬迁的公告</h1><p>自星期一起，港口附近的办公室搬到新的地点办公，电话不变，特此公告。</p>"),
    (WHOLE, "zh-Hans", "登录", "<h1>办公室关闭</h1>{a}<p>登录后发表评论</p>"),
    (WHOLE, "de", "Mitteilung", "<h1>Mitteilung</h1><p>Das Amt am Hafen ist am Freitag geschlossen und am Montag wieder von neun bis zwölf Uhr geöffnet.</p>"),
    (WHOLE, "de", "Ein Amt schließt", "<h1>Ein Amt schließt</h1>{a}<div><p>Jetzt Abo testen</p></div>"),
    (WHOLE, "fr", "Un bureau ferme", "<h1>Un bureau ferme</h1>{a}<p>Connectez-vous pour commenter</p>"),
    (WHOLE, "es", "Aviso", "<h1>Aviso</h1><p>La oficina del puerto no abre el viernes por ser fiesta y vuelve a abrir el lunes a las nueve.</p>"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wall:
    """A page, the kind of wall it is (or `whole`), and whether it was kept aside."""

    kind: str
    data: bytes
    title: str
    is_aside: bool


def walls() -> list[Wall]:
    """All pages: of each kind, every second one is kept aside."""
    return [
        Wall(kind, _page(seed, language, title, body), f"{language}: {title}", seed % 2 == 1)
        for seed, (kind, language, title, body) in enumerate(_PAGES)
    ]


def _page(seed: int, language: str, title: str, body: str) -> bytes:
    one = paragraphs(language, seed, 1)[0] if "{t}" in body else ""
    whole = "".join(f"<p>{words}</p>" for words in paragraphs(language, seed, 9)) if "{a}" in body else ""
    filled = body.replace("{t}", one).replace("{a}", whole)
    head = f"<head><meta charset='utf-8'><title>{title}</title></head>"
    return f"<!doctype html><html lang='{language}'>{head}<body><main>{filled}</main></body></html>".encode()


def judged() -> list[tuple[Wall, str]]:
    """Each page with the kind of wall that the reader takes it for."""
    out = []
    for wall in walls():
        by = html.read(wall.data).graded_by
        out.append((wall, by.split(":", 1)[0] if by else WHOLE))
    return out


def figures(pairs: list[tuple[Wall, str]]) -> dict[str, tuple[int, int, int]]:
    """Kind -> pages of it, those found, those taken for it; and of the last kind, `whole`, the same."""
    return {
        kind: (
            sum(wall.kind == kind for wall, _ in pairs),
            sum(wall.kind == kind == got for wall, got in pairs),
            sum(got == kind for _, got in pairs),
        )
        for kind in (*KINDS, WHOLE)
    }


def score() -> dict[str, float]:
    """The figures that have floors: recall of walls (of any kind) on both halves, and articles taken for walls."""
    pairs = judged()
    of_walls = [(wall, got) for wall, got in pairs if wall.kind != WHOLE]
    aside = [got != WHOLE for wall, got in of_walls if wall.is_aside]
    return {
        "recall": sum(got != WHOLE for _, got in of_walls) / len(of_walls),
        "recall_aside": sum(aside) / len(aside),
        "right_kind": sum(got == wall.kind for wall, got in of_walls) / len(of_walls),
        "graded_down": float(sum(wall.kind == WHOLE != got for wall, got in pairs)),
    }


def digest() -> str:
    """A hash of the pages and of what they are."""
    return hashlib.sha256(repr([(w.kind, w.data) for w in walls()]).encode()).hexdigest()[:16]


def table(seen_only: bool = False) -> str:
    """The figures as a Markdown table, and the pages of the seen half that are taken for something else."""
    pairs = [pair for pair in judged() if not (seen_only and pair[0].is_aside)]
    halves = {half: figures([p for p in pairs if p[0].is_aside is half]) for half in (False, True)}
    lines = ["| kind | seen: pages | recall | precision | aside: pages | recall | precision |", "|---" * 7 + "|"]
    for kind in (*KINDS, WHOLE):
        cells = []
        for half in (False, True):
            number, found, taken = halves[half][kind]
            cells += [
                str(number),
                f"{found / number:.2f}" if number else "-",
                f"{found / taken:.2f}" if taken else "-",
            ]
        lines.append(f"| {kind} | {' | '.join(cells)} |")
    missed = [f"- {w.title} is {w.kind}, taken for {got}" for w, got in pairs if w.kind != got and not w.is_aside]
    return "\n".join([*lines, *(["", "Of the seen half:", "", *missed] if missed else [])])
