"""Pictures of a flow: as a chart (what leads where, in words), and from that as Mermaid text or as SVG."""

from bot.authoring.drawing.chart import Chart, chart_of
from bot.authoring.drawing.mermaid import mermaid
from bot.authoring.drawing.svg import svg

__all__ = ["Chart", "chart_of", "mermaid", "svg"]
