"""What is redacted, as docs/privacy.md describes it: only the kinds of personal data that the random log contains."""
import functools
import re

EMAIL = re.compile(r"[A-Za-z0-9._+-]+(@|%40)[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")
UUID = re.compile(r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
ADDRESS = re.compile(r"(?<![^/])((\d{1,3}\.){3}\d{1,3}|\[[0-9a-f:]+\])(?![^/])")


@functools.cache
def redacted(text):
    """Returns a text without personal data."""
    return ADDRESS.sub(":ip", UUID.sub(":uuid", EMAIL.sub(":email", text)))
