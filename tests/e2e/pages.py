"""Pages written for these tests: everything in them is invented but names of cities and public bodies."""

SYDNEY = (
    "The Chinese police service station in Sydney was set up in 2018 by the Wenzhou Public Security Bureau, "
    "the ABC reports."
)
HARBOUR = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A harbour story</title>
<meta property="og:site_name" content="The Harbour Note">
<meta property="article:published_time" content="2022-10-14">
</head><body><article><h1>A harbour story</h1>
<p>{SYDNEY}</p>
<p>The Lantern Watch, a human rights group, says that there are at least 54 police service stations in 30 countries.</p>
<p>Chinese authorities say the station in Sydney helps citizens to renew driving licences with facial recognition.</p>
<p>The group alleges that the station in Sydney is used to intimidate dissidents.</p>
<figure><img src="a.jpg" alt="">
<figcaption>{SYDNEY} Provided by The Harbour Note</figcaption></figure>
</article></body></html>"""

CANAL = """Embassy told to close a station

The Canal Sheet, 27 October 2022.

The Irish Department of Foreign Affairs said that it has told the Chinese embassy
to close the police service station in Dublin.

No permission was requested for the station in Dublin, according to the department.

The Chinese embassy said that the station in Dublin has closed.
"""

TIDE = """悉尼服务站

据潮汐电视台报道，悉尼的海外警务服务站由温州市公安局于2018年设立。

中国大使馆发言人否认悉尼的海外警务服务站是警察站。

潮汐电视台说，阿姆斯特丹有一个海外警务服务站。
"""

SHEET = """file,url,title,outlet,published,language,colour
harbour.html,https://harbour.example/story,A harbour story,The Harbour Note,2022-10-14,en,blue
canal.txt,https://canal.example/dublin,Embassy told to close a station,The Canal Sheet,2022-10-27,en,
tide.txt,,悉尼服务站,潮汐周报,2022-10-20,zh-Hans,
"""

FILES = {"harbour.html": HARBOUR, "canal.txt": CANAL, "tide.txt": TIDE, "sheet.csv": SHEET}
