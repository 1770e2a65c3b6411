"""The exporter's settings.

Read by set-up's Jupyter server and by run_notebook.py, so that both make the same page.
"""

import re
from pathlib import Path

import bleach
from bleach.css_sanitizer import CSSSanitizer
from bs4 import BeautifulSoup
from nbconvert.filters.markdown_mistune import IPythonRenderer, markdown2html_mistune

TEMPLATES = Path(__file__).resolve().parent


def packed(name):
    """A script that pages carry compressed; setup/page.mjs packs it."""
    file = TEMPLATES.parent / "dist" / "page" / f"{name}.txt"
    if not file.is_file():
        raise FileNotFoundError(f"{file} is missing: run npm run setup")
    return file.read_text(encoding="ascii")


FIGURE = "application/vnd.plotly.v1+json"
# What Plotly's smaller bundle draws; for others a page carries all of Plotly.
USUAL_TRACES = (
    "bar box contour heatmap histogram histogram2d histogram2dcontour image pie scatter scatterternary violin"
).split()
PARAGRAPH = re.compile(r"(?![#<|>!$]|[-*] |1\.|``)\S")
EQUATION = re.compile(r"\$[^$]*\$|\\begin\{|\\\\[(\[]")


def plain(markdown):
    """A text of Markdown without its marks, on one line."""
    return " ".join(BeautifulSoup(markdown2html_mistune(markdown), "html.parser").get_text().split())


def facts(nb, name):
    """What the page must know about the notebook before it writes the first line.

    The first heading is the title, or else the file's name; the first paragraph after it is the abstract.
    """
    prose = [cell.source for cell in nb.cells if cell.cell_type == "markdown"]
    code = [cell for cell in nb.cells if cell.cell_type == "code"]
    shown = [output.get("data", {}) for cell in code for output in cell.outputs]
    drawn = [data[FIGURE] for data in shown if isinstance(data.get(FIGURE), dict)]
    traces = [trace for figure in drawn for trace in figure.get("data") or [] if isinstance(trace, dict)]
    outside_code = ["".join(source.split("`")[::2]) for source in prose]
    title = abstract = ""
    for block in "\n\n".join(prose).split("\n\n"):
        text = block.strip()
        if text.startswith("#") and not title:
            heading, _, text = text.partition("\n")
            title = plain(heading.strip("# "))
        if title and not abstract and PARAGRAPH.match(text):
            abstract = plain(text)
    return {
        "title": title or nb.metadata.get("title") or name,
        "abstract": abstract,
        "figures": bool(drawn) or any(word in cell.source for cell in code for word in ["figures", "plotly"]),
        "other_figures": any(trace.get("type") not in [None, *USUAL_TRACES] for trace in traces),
        "equations": any(EQUATION.search(text) for text in outside_code)
        or any("text/latex" in data or "$" in data.get("text/markdown", "") for data in shown),
    }


def is_folded(cell):
    """Readers predict first: the outputs of such a cell are folded, as are those that were folded in JupyterLab."""
    metadata = cell.metadata
    return "prediction" in metadata.get("tags", []) or metadata.get("jupyter", {}).get("outputs_hidden")


TO_NOTEBOOK = re.compile(r'href="(?![^"]*://)([^"]*)\.ipynb(?=["#])')


def pages_for_notebooks(html):
    """Links to notebooks beside this one become links to their pages; links to other hosts stay as they are."""
    return TO_NOTEBOOK.sub(r'href="\1.html', html)


TABLE_NAME = re.compile(r"""(["'`])([^"'`\n]+\.(?:csv|tsv|txt))\1""")
MOST_TABLE_BYTES = 200_000


def tables(cells, folder):
    """The text files that code names, so that readTable() finds them in the page: only from the notebook's folder."""
    found = {}
    home = Path(folder or ".").resolve()
    for name in {name for cell in cells for _, name in TABLE_NAME.findall(cell.source)}:
        file = (home / name).resolve()
        if file.is_relative_to(home) and file.is_file() and file.stat().st_size <= MOST_TABLE_BYTES:
            found[name] = file.read_text(encoding="utf-8", errors="replace")
    return found


def headings(rendered):
    """The headings of a rendered cell below its title, as the contents list them: (level, id, plain text)."""
    found = BeautifulSoup(rendered, "html.parser").find_all(["h2", "h3"], id=True)
    texts = [heading.get_text().removesuffix("¶").strip() for heading in found]
    return [(heading.name, heading["id"], text) for heading, text in zip(found, texts)]


PROSE_TAGS = (
    "h1 h2 h3 h4 h5 h6 p br hr img del sub sup kbd details summary figure figcaption "
    "dl dt dd thead tbody tfoot th caption table tr td div span pre"
).split()
CELL_ATTRIBUTES = ["class", "id", "align", "colspan", "rowspan", "style"]
PROSE_ATTRIBUTES = {
    "*": ["class", "id"],
    "a": ["class", "id", "href", "title"],
    "abbr": ["title"],
    "img": ["class", "id", "src", "alt", "title", "width", "height"],
    "td": CELL_ATTRIBUTES,
    "th": CELL_ATTRIBUTES,
}


def clean_html(element):
    """Keep the tags that markdown produces, show every other tag as text.

    nbconvert's own filter of this name also treats headings, paragraphs and table heads as unsafe: with "Sanitize
    HTML output" on they come out as text.
    """
    text = element.decode() if isinstance(element, bytes) else str(element)
    return bleach.clean(
        text,
        tags=[*bleach.ALLOWED_TAGS, *PROSE_TAGS],
        attributes=PROSE_ATTRIBUTES,
        protocols=[*bleach.ALLOWED_PROTOCOLS, "data"],
        css_sanitizer=CSSSanitizer(),
    )


# Code, tags and equations are matched first, so that nothing in them is changed.
UNBROKEN = re.compile(r"<(pre|code)\b.*?</\1>|<[^>]*>|\$[^$]*\$|(?<=\d) %|(?<![\w-])\d+(?:-\d+)+(?![\w-])", re.DOTALL)


def kept_together(rendered):
    """Prose in which no line ends before a per cent sign or within "4-2": two units after four."""

    def kept(match):
        text = match[0]
        if text == " %":
            return "&nbsp;%"
        return f'<span class="xorlab-together">{text}</span>' if text[0].isdigit() else text

    return UNBROKEN.sub(kept, rendered)


embed_images = IPythonRenderer._html_embed_images


def embed_images_alone(self, html):
    """nbconvert parses each piece of HTML by itself, which closes a <details> before the text that it folds."""
    return embed_images(self, html) if "<img" in html else html


if embed_images.__name__ != "embed_images_alone":  # this file may be loaded more than once
    IPythonRenderer._html_embed_images = embed_images_alone

c = get_config()  # noqa: F821: the loader of this file gives it
c.HTMLExporter.template_name = "xorlab"
c.HTMLExporter.extra_template_basedirs = [str(TEMPLATES)]
c.HTMLExporter.embed_images = True
c.HTMLExporter.filters = {
    "clean_html": clean_html,
    "facts": facts,
    "headings": headings,
    "is_folded": is_folded,
    "kept_together": kept_together,
    "packed": packed,
    "pages_for_notebooks": pages_for_notebooks,
    "tables": tables,
}
# Other exporters, such as that to Markdown, know no figures of Plotly's: they show the pictures beside them.
c.HTMLExporter.NbConvertBase.display_data_priority = [
    FIGURE,
    "text/html",
    "text/markdown",
    "image/svg+xml",
    "text/latex",
    "image/png",
    "image/jpeg",
    "text/plain",
]
