"""Settings of Sphinx for `make site`; the pages are staged by build.py."""

from __future__ import annotations

from srat_tool.version import __version__

project = "srattool"
author = "The srattool authors"
release = version = __version__
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
source_suffix = {".md": "markdown"}
root_doc = "index"

# Headings have the anchors that GitHub gives them: pages are read there too.
myst_heading_anchors = 4

# Types are in the signatures. Names are as short as a user writes them.
autodoc_member_order = "bysource"
autodoc_preserve_defaults = True
autodoc_typehints_format = "short"
python_use_unqualified_type_names = True
add_module_names = False
napoleon_google_docstring = True
napoleon_numpy_docstring = False

# What docstrings put between single backquotes is code.
default_role = "code"

html_theme = "furo"
html_title = f"srattool {__version__}"
html_favicon = "_static/icon.svg"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sphinx = False
html_show_copyright = False
html_last_updated_fmt = None
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"
