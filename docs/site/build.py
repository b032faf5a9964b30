"""Build the site of the documents into a folder: `python docs/site/build.py build/site`.

The pages are the project's own Markdown files, at the same places relative to each other, so that
their links work here as they do in the repository; the gallery, the API reference and the list of
schemas are made from code. A warning of Sphinx and a broken link are errors.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from gallery import write_gallery
from links import broken_links
from reference import api_page, schema_page

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SCHEMAS = "srat_tool/data/schemas"
TREES = ("docs/pictures", SCHEMAS)
# A page of the repository has its own place here, unless the site has a name for it.
RENAMED = {"README.md": "index.md"}
# In the repository a link to a folder lists it; here a page does.
LINKS = {f"]({SCHEMAS})": "](schemas.md)"}
# What a keyboard and a screen reader need and the generator leaves out: code that scrolls can be
# reached, and a heading has a level.
REACHED = {"<pre>": '<pre tabindex="0">', 'role="heading">': 'role="heading" aria-level="2">'}
CONTENTS = {
    "Use": ("docs/commands", "docs/spec", "docs/ci", "docs/fleet", "gallery/index"),
    "Reference": ("docs/rules", "docs/glossary", "docs/api", "api-reference", "schemas"),
    "Project": ("docs/architecture", "CONTRIBUTING", "CHANGELOG"),
}


def stage(source: Path) -> None:
    """Write everything that Sphinx reads."""
    for tree in TREES:
        shutil.copytree(ROOT / tree, source / tree)
    for page in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")):
        place = page.relative_to(ROOT).as_posix()
        text = page.read_text("utf-8")
        for link, here in LINKS.items():
            text = text.replace(link, here)
        (source / RENAMED.get(place, place)).write_text(text)
    with (source / "index.md").open("a") as index:
        index.write("\n".join(_contents()))
    (source / "api-reference.md").write_text(api_page())
    (source / "schemas.md").write_text(schema_page(ROOT / SCHEMAS, SCHEMAS))
    write_gallery(source / "gallery")
    shutil.copy(HERE / "conf.py", source)
    shutil.copytree(HERE / "_static", source / "_static")


def _contents() -> list[str]:
    lines = [""]
    for caption, pages in CONTENTS.items():
        lines += ["```{toctree}", ":hidden:", f":caption: {caption}", "", *pages, "```", ""]
    return lines


def make_reachable(target: Path) -> None:
    """Complete the attributes of every page."""
    for page in target.rglob("*.html"):
        text = page.read_text("utf-8")
        for words, whole in REACHED.items():
            text = text.replace(words, whole)
        page.write_text(text, "utf-8")


def main(target: Path) -> int:
    """Build the site; return 1 when something in it is wrong."""
    source = target.with_name(f"{target.name}-source")
    for folder in (source, target):
        shutil.rmtree(folder, ignore_errors=True)
    stage(source)
    sphinx = [sys.executable, "-m", "sphinx", "--builder", "html", "--quiet", "--fail-on-warning"]
    done = subprocess.run(  # noqa: S603 - our own words
        [*sphinx, "--doctree-dir", str(source / "doctrees"), str(source), str(target)], check=False
    )
    make_reachable(target)
    problems = list(broken_links(target))
    sys.stderr.writelines(f"{problem}\n" for problem in problems)
    return 1 if done.returncode or problems else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))
