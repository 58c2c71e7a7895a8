"""Settings of the HTML documentation; build.py prepares the sources. https://www.sphinx-doc.org/en/master/usage/configuration.html"""

project = "Footfall"
author = "the Footfall authors"
extensions = ["myst_parser"]
myst_heading_anchors = 4
myst_enable_extensions = ["deflist"]
# Fails on links to headings that do not exist.
nitpicky = True
html_theme = "furo"
html_title = "Footfall"
html_copy_source = False
html_use_index = False
html_show_sphinx = False
html_show_copyright = False
# Flags begin with two hyphens, not with a dash.
smartquotes = False
# Formats such as nginx's have no lexer of their own, and lines of logs are no code.
suppress_warnings = ["misc.highlighting_failure"]
