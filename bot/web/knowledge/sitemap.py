"""What search engines read first: which pages there are, and which they leave alone."""

from collections.abc import Sequence
from xml.etree import ElementTree

from starlette.responses import PlainTextResponse, Response

from bot.web.knowledge.reader import Reader

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
NOT_FOR_ROBOTS = ("/frame", "/resume", "/code", "/document")


def sitemap(reader: Reader, addresses: Sequence[str]) -> Response:
    """Every page in every language (sitemaps.org, version 0.9)."""
    root = ElementTree.Element("urlset", xmlns=NAMESPACE)
    for path in addresses:
        for language in reader.site.languages:
            ElementTree.SubElement(ElementTree.SubElement(root, "url"), "loc").text = reader.address(path, language)
    return Response(ElementTree.tostring(root, "utf-8", xml_declaration=True), media_type="application/xml")


def robots(reader: Reader) -> Response:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_ROBOTS)]
    where = reader.address("/sitemap.xml", reader.compiled.content.language_for(None))
    return PlainTextResponse("\n".join([*lines, f"Sitemap: {where}", ""]))
