"""Words that begin sentences with a capital and are no names, in the languages that find reads. General language."""

_WORDS = """
a aber about ad after agli ai ainda al all alle als also although am an anche and ante ao aos apres as asi
at au auch auf aunque aus aux avant avec bajo bei bij both but by c'est ca cada ce cela ces cette ceux chi
ci come como con cosa cosi cuando da dabei daher damit dan dans das dat dazu de degli dei del della delle
dello denn depuis der des desde deze die dies diese dieser dieses dit doch donde dont dopo dort dr du e ed
een ein eine einem einen einer el ela elas ele eles elle elles en entre er es ese eso esta estas este esto
estos et even for fra from geen gia gli ha haar han hasta hay he her here het hij his however hun i ich if
ihr ihre il ils im in infatti isso isto it its ja je just kein keine la las last le les leur leurs lo los ma
maar mais man many mas meanwhile men met mientras mit most mr mrs ms my na nach nas ne nel nella nicht niet
no noch nog non nor nos not nous now num numa nun o oder of oltre on onde one only ook op or os otra otras
otro otros ou our over par pela pelo pendant per pero piu poi por porque pour prima quando que quella quello
quem questa queste questi questo qui quien quindi quoi sa sans schon se secondo segun sein seine selon ses
she si sie sin so sobre some son sous still su such sul sur sus tambem tambien te that the their then there
these they this those to today toen tra tras uit um uma un una unas und une uno unos van vi von voor vor
vous was we wenn wer what when while who wie wij wir with wo y ya yes yesterday yet you your ze zij zijn zo
zu zudem zum zur
"""

FUNCTION_WORDS = frozenset(_WORDS.split())

# Words in lower case that stand inside names ("Bank of the West", "Asociación de Vecinos", "Rat der Stadt").
_INSIDE = """
a al alla and at au aux da das de dei degli del della den der di die do dos du e el em en et for im in la las le les
los na nas nel nella no nos o of on te the und van voor von y zu zum zur
"""

JOINING = frozenset(_INSIDE.split())
