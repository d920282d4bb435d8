"""The table of attribution: Overt's two readers, alone and together, beside a plain baseline and textacy."""

from bench import attribution_parsed as parsed
from bench.attribution import ABSENT, Reader, articles, measure, ours, outermost, plain


def table(part: str = "test") -> str:
    read = articles(part)
    if read is None:
        return f"attribution: not measured: {ABSENT}"
    lines = [f"PolNeAR, {part}: {len(read)} articles, {sum(len(w) for _, w in read)} attributions", ""]
    lines.append(
        "| reader | part | precision | recall | content F1 | with source F1 | source right | nested too | words/s |"
    )
    lines.append("|---|---|---|---|---|---|---|---|---|")
    readers: list[tuple[str, Reader]] = [("cues and quotation marks", plain), ("Overt's patterns", ours())]
    missing = parsed.absent()
    if missing is None:
        readers.append(("a dependency parse", parsed.parsed))
        readers.append(("both, as `find` joins them", parsed.as_find_does()))
        readers.append(("either", parsed.either(ours())))
        readers.append(("both agree", parsed.agreeing(ours())))
        quotations = parsed.textacy()
        readers += [("textacy's quotations", quotations)] if quotations is not None else []
        missing = None if quotations is not None else "textacy's quotations: textacy is not installed"
    for name, reader in readers:
        nested, got = measure(reader, read), measure(outermost(reader), read)
        for which in ("all", "reported"):
            cells = ("content_p", "content_r", "content", "with_source", "source_right")
            figures = " | ".join(f"{got[f'{which}_{c}']:.3f}" for c in cells)
            also = f"{nested[f'{which}_content']:.3f}, {nested[f'{which}_with_source']:.3f}"
            lines.append(f"| {name} | {which} | {figures} | {also} | {nested['words_s']:,.0f} |")
    if missing is not None:
        lines += ["", f"not measured: {missing}"]
    return "\n".join(lines)


__all__ = ["table"]
