"""A chart as Mermaid text, which GitHub, GitLab and many editors show as a picture."""

from bot.authoring.drawing.chart import Box, Chart, asks

# Mermaid reads these as its own signs; as entities they are letters.
_SIGNS = str.maketrans({'"': "#quot;", "<": "#lt;", ">": "#gt;", "{": "#123;", "}": "#125;", "#": "#35;"})


def mermaid(chart: Chart) -> str:
    lines = ["---", f"title: {chart.id}", "---", "flowchart TD"]
    lines += [f"    s{number}{_shape(box)}" for number, box in enumerate(chart.boxes)]
    for arrow in chart.arrows:
        label = f"|{_quoted(arrow.when)}|" if arrow.when else ""
        lines.append(f"    s{arrow.source} -->{label} s{arrow.target}")
    return "\n".join(lines) + "\n"


def _shape(box: Box) -> str:
    words = [f"<b>{box.id}</b>", box.says.translate(_SIGNS)]
    if box.only_if:
        words.append(f"<i>if {box.only_if.translate(_SIGNS)}</i>")
    text = '"' + "<br/>".join(word for word in words if word) + '"'
    if asks(box):
        return "{{" + text + "}}"
    return f"([{text}])" if box.kind == "end" else f"[{text}]"


def _quoted(text: str) -> str:
    return '"' + text.translate(_SIGNS) + '"'
