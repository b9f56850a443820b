"""A message as a page that mail clients show well: no tables, nothing loaded, light and dark, right-to-left safe."""

import html

from monitor.render.forms import Form, pieces

_FRAME = """<!DOCTYPE html>
<html><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">
<style>
:root{{color-scheme:light dark;supported-color-schemes:light dark}}
@media (prefers-color-scheme:dark){{
body{{background:#17181a!important;color:#e8e8e8!important}}.aside{{color:#a6a6a6!important}}
a{{color:#8ab4f8!important}}b{{background:#6b5500!important;color:#fff!important}}}}
</style></head>
<body style="margin:0;padding:16px;background:#ffffff;color:#1f1f1f;font:16px/1.5 sans-serif">
<div style="max-width:40em;margin:0 auto">
{blocks}
</div></body></html>"""
_TITLE = '<h1 dir="auto" style="margin:0 0 12px;font-size:20px;line-height:1.3">{}</h1>'
_PARAGRAPH = '<p dir="auto" style="margin:0 0 12px">{}</p>'
_ASIDE = '<p dir="auto" class="aside" style="margin:0 0 12px;font-size:14px;color:#5f5f5f">{}</p>'
_LINK = '<a href="{0}" dir="ltr" style="color:#0b57d0;overflow-wrap:anywhere">{0}</a>'
_LINES = Form(
    escape=html.escape,
    mark='<b style="background:#ffec99;color:#1f1f1f">{}</b>',
    heading="<strong>{}</strong>",
    link=lambda link: _LINK.format(html.escape(link)),
)


def document(title: str, body: str) -> str:
    """Return title and body as an HTML document; where words are marked, paragraphs without any stand back."""
    marked = any(stands for _, stands in pieces(body))
    blocks = [_TITLE.format(html.escape(title))]
    for paragraph in body.split("\n\n"):
        back = marked and not any(stands for _, stands in pieces(paragraph))
        blocks.append((_ASIDE if back else _PARAGRAPH).format("<br>\n".join(_LINES.lines(paragraph))))
    return _FRAME.format(blocks="\n".join(blocks))
