"""Texts with personal data, made by the specification of each kind, and harmless ones that resemble them. All are drawn
by chance from fixed seeds."""
import base64
import ipaddress
import json
import random
import string
import uuid
import urllib.parse

SMALL, CAPITALS, DIGITS = string.ascii_lowercase, string.ascii_uppercase, string.digits
BASE62 = string.ascii_letters + DIGITS
BASE64URL = BASE62 + "-_"
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
NAMES = ("anna max li.wei j.smith maria_garcia o'brien jean-luc kim john.q.public info sales noreply a x1 user2024 "
         "M.Mueller ANNA bob99 svc-backup").split()
ACCENTED = ["änna", "josé.núñez", "zoë", "łukasz", "иван.петров", "田中"]
HOSTS = (
    "example.com mail.example.org example.co.uk my-company.example sub.a.b.example.net 163.com gmail.com t-online.de "
    "EXAMPLE.COM xn--bcher-kva.example uni.example.edu example.museum").split()
# Countries: their code, and a national number as its operator writes it, X for any digit and N for none of 0 and 1.
COUNTRIES = """\
1 NXX NXX XXXX|44 20 7XXX XXXX|44 7XXX XXXXXX|49 30 NXXXXXXX|49 151 NXXXXXXX|33 1 NX XX XX XX|33 6 NX XX XX XX
34 6NX XXX XXX|39 06 NXXX XXXX|39 3NX XXX XXXX|31 6 NXXXXXXX|32 4NX XX XX XX|41 44 NXX XX XX|43 1 NXXXXXX
46 70 NXX XX XX|47 9NX XX XXX|45 NX XX XX XX|358 40 NXXXXXX|48 6NX XXX XXX|420 6NX XXX XXX|351 9NX XXX XXX
30 69X XXX XXXX|90 53X XXX XX XX|7 9NX XXX-XX-XX|380 67 NXX XX XX|86 13X XXXX XXXX|81 90-NXXX-XXXX|82 10-NXXX-XXXX
91 98XXX XXXXX|61 4NX XXX XXX|64 21 NXX XXXX|55 11 9XXXX-XXXX|52 55 NXXX XXXX|54 11 NXXX-XXXX|27 82 NXX XXXX
234 80N XXX XXXX|20 10 NXXX XXXX|972 5N-NXX-XXXX|971 50 NXX XXXX|65 8NXX XXXX|852 9NXX XXXX|353 8N NXX XXXX
354 8NX XXXX|372 5NXX XXXX""".replace("\n", "|").split("|")
# Issuers of cards: the first digits, and how many there are.
ISSUERS = [
    ("4", 16), ("4", 16), ("51", 16), ("55", 16), ("2221", 16), ("2720", 16), ("34", 15), ("37", 15), ("6011", 16),
    ("65", 16), ("644", 16), ("305", 14), ("36", 14), ("38", 14), ("3528", 16), ("3589", 16), ("62", 16), ("2200", 16),
    ("5018", 16), ("6759", 16), ("4", 19)]
# Numbers for tests that issuers and payment services publish.
TEST_CARDS = """4111111111111111 4012888888881881 4222222222222 4242424242424242 5555555555554444 5105105105105100
2223003122003222 378282246310005 371449635398431 378734493671000 6011111111111117 6011000990139424 30569309025904
38520000023237 36227206271667 3530111333300000 3566002020360505 6200000000000005 5200828282828210""".split()


def drawn(chance, alphabet, length):
    return "".join(chance.choice(alphabet) for _ in range(length))


def luhn(digits):
    """Appends the check digit of ISO/IEC 7812-1."""
    doubled = [int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits))]
    return digits + str(-sum(value - 9 if value > 9 else value for value in doubled) % 10)


def gtin(digits):
    """Appends the check digit of a GTIN."""
    return digits + str(-sum(int(digit) * (3 if place % 2 == 0 else 1)
                             for place, digit in enumerate(reversed(digits))) % 10)


def base64url(raw):
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def compact(value):
    return base64url(json.dumps(value, separators=(",", ":")).encode())


def email(chance):
    name = chance.choice(ACCENTED if chance.random() < 0.1 else NAMES)
    if chance.random() < 0.2:
        name += "+" + drawn(chance, SMALL, 4)
    address = name + "@" + chance.choice(HOSTS)
    form = chance.random()
    if form < 0.4:
        return urllib.parse.quote(address, safe="'")
    if form < 0.5:
        return urllib.parse.quote(urllib.parse.quote(address, safe="'"), safe="'")
    return urllib.parse.quote(address, safe="@+'")


def any_uuid(chance):
    """A UUID of any version (RFC 9562), in any of the forms in which they are written."""
    version = chance.randint(1, 8)
    text = str(uuid.UUID(int=chance.getrandbits(128), version=None))
    text = text[:14] + str(version) + text[15:19] + chance.choice("89ab") + text[20:]
    form = chance.random()
    if form < 0.15:
        return text.upper()
    if form < 0.25:
        return "%7B" + text + "%7D"
    if form < 0.3:
        return "urn:uuid:" + text
    return text


def jwt(chance):
    head = {"alg": chance.choice(["HS256", "RS256", "ES256", "none"]), "typ": "JWT"}
    if chance.random() < 0.3:
        head["kid"] = drawn(chance, BASE62, 8)
    body = {"sub": drawn(chance, DIGITS, 10), "iat": chance.randint(10**9, 2 * 10**9)}
    signature = "" if head["alg"] == "none" else base64url(chance.randbytes(chance.choice([32, 64, 256])))
    return ".".join([compact(head), compact(body), signature])


def hexadecimal(chance):
    text = chance.randbytes(chance.choice([8, 10, 12, 16, 16, 20, 24, 32, 64])).hex()
    return text.upper() if chance.random() < 0.2 else text


def random_base64(chance):
    raw = chance.randbytes(chance.choice([12, 15, 16, 18, 20, 24, 32, 48]))
    return base64url(raw) if chance.random() < 0.6 else urllib.parse.quote(base64.b64encode(raw).decode(), safe="")


def text_in_base64(chance):
    mark = chance.choice([":", "|", " ", "="])
    text = chance.choice(NAMES) + mark + chance.choice(HOSTS) + drawn(chance, DIGITS, 4)
    return base64url(text.encode())


def identifier(chance):
    """An identifier of one of the libraries that make them: nanoid, ULID, KSUID, CUID, XID, ObjectId, those of Firebase
    and Stripe, session ids, addresses of wallets."""
    return chance.choice(
        [lambda: drawn(chance, BASE64URL, 21),
         lambda: "01" + drawn(chance, CROCKFORD, 24),
         lambda: drawn(chance, BASE62, 27),
         lambda: "c" + drawn(chance, SMALL + DIGITS, 24),
         lambda: drawn(chance, SMALL, 1) + drawn(chance, SMALL + DIGITS, 23),
         lambda: drawn(chance, "0123456789abcdefghijklmnopqrstuv", 20),
         lambda: "65" + drawn(chance, "0123456789abcdef", 22),
         lambda: drawn(chance, BASE62, 28),
         lambda: "-O" + drawn(chance, BASE64URL, 18),
         lambda: drawn(chance, BASE62, 24),
         lambda: drawn(chance, SMALL + DIGITS, 26),
         lambda: drawn(chance, SMALL + "012345", 24),
         lambda: "1" + drawn(chance, BASE58, 33),
         lambda: drawn(chance, CAPITALS + "234567", 32),
         lambda: drawn(chance, BASE62, 16),
         lambda: drawn(chance, BASE62, 20),
         lambda: drawn(chance, string.ascii_letters, 24),])()


def phone(chance):
    code, national = chance.choice(COUNTRIES).split(" ", 1)
    digits = "".join(chance.choice("23456789") if mark == "N" else chance.choice(DIGITS) if mark == "X" else mark
                     for mark in national)
    prefix = chance.choice(["+", "+", "%2B", "%2B", "00"]) + code
    if chance.random() < 0.5:
        return prefix + digits.replace(" ", "").replace("-", "")
    return prefix + chance.choice(["%20", "-", "."]) + digits.replace(" ", chance.choice(["%20", "-", "."]))


def ip(chance):
    if chance.random() < 0.6:
        return ".".join(
            str(number)
            for number in [chance.randint(1, 223)] + [chance.randint(0, 255) for _ in range(2)] +
            [chance.randint(1, 254)])
    address = chance.choice([
        lambda: ipaddress.IPv6Address(0x2 << 124 | chance.getrandbits(124)),
        lambda: ipaddress.IPv6Address(0x20010db8 << 96 | chance.getrandbits(64)),
        lambda: ipaddress.IPv6Address(0xfe80 << 112 | chance.getrandbits(64)),
        lambda: ipaddress.IPv6Address(0x2a00 << 112 | chance.getrandbits(12) << 96 | chance.randint(1, 9)),
        lambda: ipaddress.IPv6Address(0xfd << 120 | chance.getrandbits(120)),
    ])()
    text = address.exploded if chance.random() < 0.3 else str(address)
    if chance.random() < 0.2:
        text = "[" + text + "]"
    return urllib.parse.quote(text, safe=chance.choice(["", ":"]))


def card(chance):
    if chance.random() < 0.2:
        digits = chance.choice(TEST_CARDS)
    else:
        prefix, length = chance.choice(ISSUERS)
        digits = luhn(prefix + drawn(chance, DIGITS, length - len(prefix) - 1))
    if len(digits) in (15, 16) and chance.random() < 0.3:
        sizes = [4, 4, 4, 4] if len(digits) == 16 else [4, 6, 5]
        groups = [digits[sum(sizes[:place]):sum(sizes[:place + 1])] for place in range(len(sizes))]
        return chance.choice(["%20", "-"]).join(groups)
    return digits


# What is made, and the word that replaces it.
KINDS = [
    ("e-mail addresses", email, ":email"),
    ("UUIDs", any_uuid, ":uuid"),
    ("JSON Web Tokens", jwt, ":token"),
    ("hexadecimal, 16 digits or more", hexadecimal, ":token"),
    ("base64, 16 characters or more", random_base64, ":token"),
    ("texts in base64", text_in_base64, ":token"),
    ("identifiers of libraries", identifier, ":token"),
    ("telephone numbers of 40 countries", phone, ":phone"),
    ("IP addresses", ip, ":ip"),
    ("cards", card, ":card"),]
PLACES = ["/x/{}", "/x/{}/edit", "/{}", "/unsubscribe/{}/now", "/x?e={}", "/x?a=1&e={}&b=2", "/x;e={}", "/x/{}.html",
          "/the-order-of/{}/2024"]


def personal(make, count, seed):
    """Returns texts of a kind in paths, each as the path around it with `{}` and what stands there."""
    chance = random.Random(seed)
    return [(chance.choice(PLACES), make(chance)) for _ in range(count)]


def words_of(chance, words, count):
    return [chance.choice(words) for _ in range(count)]


def slug(chance, words):
    parts = words_of(chance, words, chance.randint(2, 9))
    if chance.random() < 0.2:
        parts.insert(chance.randint(0, len(parts)), str(
            chance.choice([chance.randint(1, 99), chance.randint(1990, 2030)])))
    return "/" + chance.choice(["-", "-", "-", "_", "%20"]).join(parts)


def camel(chance, words):
    return "/" + "".join(word.capitalize() for word in words_of(chance, words, chance.randint(2, 6)))


def date(chance, _):
    year, month, day = chance.randint(1990, 2030), chance.randint(1, 12), chance.randint(1, 28)
    hour, minute, second = chance.randint(0, 23), chance.randint(0, 59), chance.randint(0, 59)
    return chance.choice(
        [f"/{year}/{month:02}/{day:02}/title", f"/{year}-{month:02}-{day:02}", f"/{day:02}.{month:02}.{year}",
         f"/{year}{month:02}{day:02}", f"/{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z",
         f"/{year}{month:02}{day:02}T{hour:02}{minute:02}{second:02}Z",
         f"/{year}{month:02}{day:02}{hour:02}{minute:02}{second:02}",
         f"/{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{chance.randint(0, 999):03}%2B02:00",
         f"/{chance.randint(10**9, 2 * 10**9)}", f"/{chance.randint(10**12, 2 * 10**12)}",
         f"/week-{year}-w{month:02}"])


def version(chance, words):
    name = chance.choice(words)
    text = ".".join(str(chance.randint(0, 30)) for _ in range(chance.randint(2, 4)))
    commit = f"{chance.randint(20000101, 20301231)}.{drawn(chance, '0123456789abcdef', 7)}"
    text += chance.choice(["", "", f"-rc{chance.randint(1, 9)}", f"-beta.{chance.randint(1, 9)}", f"+git{commit}",
                           f"~deb12u{chance.randint(1, 3)}"])
    return chance.choice([
        f"/{name}-{text}.tar.gz", f"/{name}/v{text}/", f"/{name}@{text}/index.js", f"/{name}_{text}_amd64.deb",
        f"/docs/{name}/{text.split('-')[0]}.x/", f"/releases/tag/v{text}", f"/download/{text}/{name}.zip"])


def book(chance, _):
    digits = drawn(chance, DIGITS, 9)
    check = -sum((10 - place) * int(digit) for place, digit in enumerate(digits)) % 11
    isbn10 = digits + ("X" if check == 10 else str(check))
    isbn13 = gtin(chance.choice(["978", "979"]) + digits)
    ean = gtin(drawn(chance, "123456789", 1) + drawn(chance, DIGITS, 11))
    hyphenated = "-".join([isbn13[:3], isbn13[3], isbn13[4:6], isbn13[6:12], isbn13[12]])
    return "/" + chance.choice([isbn10, isbn13, hyphenated, ean, "isbn-" + isbn13, "ean/" + ean,
                               gtin("0" + drawn(chance, DIGITS, 11)), gtin(drawn(chance, DIGITS, 7))])


def product(chance, _):
    return "/p/" + chance.choice([lambda: "B0" + drawn(chance, DIGITS + CAPITALS, 8),
                                 lambda: drawn(chance, CAPITALS, 2) + "-" + drawn(chance, DIGITS, 4) +
                                 drawn(chance, CAPITALS, 2) + drawn(chance, DIGITS, 1),
                                 lambda: drawn(chance, CAPITALS, 3) + drawn(chance, DIGITS, 2) +
                                 drawn(chance, CAPITALS, 2) + drawn(chance, DIGITS, 1) + "-" +
                                 drawn(chance, DIGITS + CAPITALS, 5),
                                 lambda: drawn(chance, DIGITS, 6) + "-" + drawn(chance, DIGITS, 3),
                                 lambda: drawn(chance, DIGITS, chance.randint(4, 10)),
                                 lambda: "art-" + drawn(chance, DIGITS, 8),
                                 lambda: "sku_" + drawn(chance, DIGITS + CAPITALS, 8),
                                 lambda: drawn(chance, CAPITALS + DIGITS, chance.randint(12, 18)),
                                 lambda: drawn(chance, CAPITALS, 1) + drawn(chance, DIGITS, 7),
                                 lambda: drawn(chance, CAPITALS, 4) + drawn(chance, DIGITS, 2) + "/" + "A",])()


def model(chance, words):
    """Names of products in one word or with hyphens."""
    word = chance.choice(words)
    parts = [
        word, chance.choice(SMALL) * chance.randint(0, 1) + str(chance.randint(1, 9999)),
        chance.choice(["pro", "max", "ultra", "plus", "mini", "lite", "ii", "xl", "ti", "se"]),
        chance.choice(["128gb", "2tb", "4k", "5g", "1080p", "16x9", "usb3", "m2", "12v", "500ml"])][
        : chance.randint(2, 4)]
    if chance.random() < 0.3:
        parts = [part.capitalize() for part in parts]
    return "/p/" + chance.choice(["-", "", "", "_"]).join(parts)


def public_id(chance, _):
    """Ids that everybody sees: of videos, short links, revisions, articles."""
    return chance.choice(
        [lambda: "/watch?v=" + drawn(chance, BASE64URL, 11),
         lambda: "/embed/" + drawn(chance, BASE64URL, 11),
         lambda: "/s/" + drawn(chance, BASE62, chance.randint(4, 10)),
         lambda: "/commit/" + drawn(chance, "0123456789abcdef", chance.randint(7, 12)),
         lambda: "/some-article-" + drawn(chance, "0123456789abcdef", 12),
         lambda: "/r/x/comments/" + drawn(chance, SMALL + DIGITS, 7) + "/title", lambda: "/status/1" +
         drawn(chance, DIGITS, 18),
         lambda: "/p/C" + drawn(chance, BASE64URL, 10),])()


def asset(chance, words):
    """Assets as builders name them: webpack, Vite, Rails, Next.js, content networks for images."""
    name, ending = chance.choice(words), chance.choice(["js", "css", "png", "woff2", "svg", "jpg", "js.map", "webp"])
    hashed = chance.choice([drawn(chance, "0123456789abcdef", chance.choice([8, 16, 20, 32, 40, 64])), drawn(
        chance, BASE64URL, chance.choice([8, 12, 22, 43])), drawn(chance, CAPITALS + "234567", 8)])
    return chance.choice(
        [f"/{name}.{hashed}.{ending}", f"/assets/{name}-{hashed}.{ending}",
         f"/static/js/{chance.randint(1, 99)}.{hashed}.chunk.js", f"/static/{hashed}/{name}.{ending}",
         f"/_next/static/{drawn(chance, BASE64URL, 21)}/_buildManifest.js",
         f"/_next/static/chunks/{chance.randint(1, 9999)}-{drawn(chance, '0123456789abcdef', 16)}.js",
         f"/media/cache/{drawn(chance, '0123456789abcdef', 32)}/{name}.{ending}", f"/images/{hashed}.{ending}",
         f"/packs/{name}-{drawn(chance, '0123456789abcdef', 64)}.{ending}", f"/fonts/{hashed}.woff2"])


def number(chance, _):
    return chance.choice(
        [f"/page/{chance.randint(1, 999)}", f"/user/{chance.randint(1, 10**8)}",
         f"/maps/@{chance.uniform(-90, 90):.7f},{chance.uniform(-180, 180):.7f},{chance.randint(1, 20)}z",
         f"/{chance.randint(100, 4000)}x{chance.randint(100, 4000)}/logo@{chance.choice('23')}x.png",
         f"/plz/{chance.randint(10000, 99999)}", f"/color/{drawn(chance, '0123456789abcdef', 6)}",
         f"/order/{chance.randint(10**9, 10**12)}", f"/id-{chance.randint(10**5, 10**9)}.html",
         f"/0{chance.randint(10**5, 10**9)}",
         f"/{chance.randint(1, 99)}-{chance.randint(1, 99)}-{chance.randint(1, 999)}",
         f"/a{chance.randint(1, 99)}b{chance.randint(1, 99)}c{chance.randint(1, 99)}",
         f"/x?w={chance.randint(1, 4000)}&h={chance.randint(1, 4000)}"])


# Texts without personal data that resemble some.
HARMLESS = [
    ("dates and times", date), ("versions of packages", version), ("ISBN and EAN", book),
    ("codes of products, ASINs", product), ("names of products", model),
    ("ids of videos, articles, revisions", public_id),
    ("hashed names of assets", asset), ("other numbers", number),
]


def harmless(make, count, seed, words):
    chance = random.Random(seed)
    return [make(chance, words) for _ in range(count)]
