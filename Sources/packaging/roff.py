"""Text for manual pages: man(7) out of plain text and of the Markdown that the documents use."""

import re


def escape(text):
    """Plain text as text of a page; a line must not begin with a dot or a quote."""
    text = text.replace("\\", r"\e").replace("-", r"\-").replace("~", r"\(ti").replace("^", r"\(ha").replace("`", r"\(ga")
    return re.sub(r"^([.'])", r"\\&\1", text, flags=re.M)


def bold(text):
    return rf"\fB{text}\fR"


def plain(text):
    """Plain text, with flags in bold and hyphens between words as such."""
    escaped = re.sub(r"(?<=[A-Za-z])\\-(?=[A-Za-z])", "-", escape(text))
    return re.sub(r"(?<![\w\\-])(\\-\\-[a-z][a-z-]*)", lambda match: bold(match[1].replace("-", r"\-").replace("\\\\", "\\")),
                  escaped)


def inline(text):
    """A line of Markdown: code and stress in bold, links as their text."""
    parts = re.split(r"(`[^`]+`|\*\*[^*]+\*\*|(?<!\w)\*[^*]+\*)", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text))
    out = []
    for part in parts:
        if part[:1] == "`":
            out.append(bold(escape(part[1:-1])))
        elif part[:2] == "**":
            out.append(bold(escape(part[2:-2])))
        elif part[:1] == "*" and len(part) > 2:
            out.append(rf"\fI{escape(part[1:-1])}\fR")
        else:
            out.append(plain(part))
    return re.sub(r"^([.'])", r"\\&\1", "".join(out), flags=re.M)


def code(lines):
    return [".PP", ".RS 4", ".nf", *(escape(line) for line in lines), ".fi", ".RE"]


def section(title):
    return [f'.SH "{escape(title.upper())}"']


def subsection(title):
    return [f'.SS "{escape(title)}"']


def entry(label, lines):
    """A term and what it means. The label is roff already."""
    return [".TP", label, *lines]


def markdown(text):
    """Lines of roff for a document without its title."""
    lines = []
    blocks = re.findall(r"```\w*\n.*?^```$|(?:^[^\n]+\n?)+", text, re.M | re.S)
    for block in (one for whole in blocks for one in apart(whole)):
        rows = block.splitlines()
        if block.startswith("```"):
            lines += code(rows[1:-1])
        elif heading := re.match(r"#+ (.*)", block):
            lines += section(heading[1])
        elif block.startswith("|"):
            cells = [re.findall(r"((?:[^|`]|`[^`]*`)+)\|", row[1:]) for row in rows]
            for row in cells[2:]:
                lines += entry(inline(row[0].strip()), [inline(cell.strip()) for cell in row[1:] if cell.strip()])
        elif block.startswith("- "):
            for item in re.split(r"^- ", block, flags=re.M)[1:]:
                lines += [r".IP \(bu 2", inline(" ".join(item.split()))]
        else:
            lines += [".PP", inline(" ".join(block.split()))]
    return lines


def apart(block):
    """A paragraph and the code right after it."""
    return [block] if block.startswith("```") else [one for one in re.split(r"(```\w*\n.*)", block, flags=re.S) if one]
