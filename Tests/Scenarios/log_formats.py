"""Writes requests as servers and envelopes do, based on their documentation and real lines, not on Footfall's parser.

A request is a `Request`. `FORMATS` writes it as a line of a format, `CARRIERS` puts a line behind an envelope.
"""
import dataclasses
import datetime
import json

UTC = datetime.timezone.utc
CHROME = ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 "
          "Safari/537.36")


@dataclasses.dataclass
class Request:
    """A page view: the client, the page and the time."""
    ip: str
    path: str
    time: datetime.datetime
    host: str = "example.com"
    agent: str = CHROME
    referrer: str = "https://example.org/"


def clf_time(request):
    return request.time.strftime("%d/%b/%Y:%H:%M:%S +0000")


def iso(request):
    return request.time.strftime("%Y-%m-%dT%H:%M:%S")


def common(r, ip=None, tail=" 200 123", time=None, path=None, protocol="HTTP/1.1", middle=" - - "):
    return f'{ip or r.ip}{middle}[{time or clf_time(r)}] "GET {path or r.path} {protocol}"{tail}'


def combined(r, **changes):
    return common(r, **changes) + f' "{r.referrer}" "{r.agent}"'


def proxied(r, line, ip="10.0.0.9"):
    """Returns the line with a proxy's address at the start, followed by the client's."""
    return line(r, ip=ip) + f' "{r.ip}"'


def as_json(**keys):
    return json.dumps(keys)


def caddy(r):
    return as_json(
        level="info", ts=r.time.timestamp(), logger="http.log.access", msg="handled request",
        request={"remote_ip": r.ip, "client_ip": r.ip, "method": "GET", "host": r.host, "uri": r.path,
                 "headers": {"User-Agent": [r.agent], "Referer": [r.referrer]}}, size=123, status=200)


def traefik(r):
    return as_json(
        ClientHost=r.ip, DownstreamContentSize=123, DownstreamStatus=200, RequestHost=r.host, RequestMethod="GET",
        RequestPath=r.path, StartUTC=iso(r) + "Z", **{"request_Referer": r.referrer, "request_User-Agent": r.agent})


def nginx_json(r):
    return as_json(time_iso8601=iso(r) + "+00:00", remote_addr=r.ip, host=r.host, request=f"GET {r.path} HTTP/1.1",
                   status="200", body_bytes_sent="123", http_referer=r.referrer, http_user_agent=r.agent)


def matomo(r):
    return as_json(ip=r.ip, host=r.host, path=r.path, status="200", referrer=r.referrer, user_agent=r.agent, length=123,
                   generation_time_milli=0.008, date=iso(r) + "+00:00")


def envoy_json(r):
    return as_json(start_time=iso(r) + ".123Z", method="GET", path=r.path, authority=r.host, response_code=200,
                   bytes_sent=123, downstream_remote_address="10.2.0.1:0", x_forwarded_for=r.ip, user_agent=r.agent)


def cloudfront_json(r):
    return json.dumps({
        "date": r.time.strftime("%Y-%m-%d"), "time": r.time.strftime("%H:%M:%S"), "sc-bytes": "123", "c-ip": r.ip,
        "cs-method": "GET", "cs(Host)": r.host, "cs-uri-stem": r.path, "sc-status": "200", "cs(Referer)": r.referrer,
        "cs(User-Agent)": r.agent.replace(" ", "%20"), "cs-uri-query": "-"})


def google(r):
    return as_json(httpRequest={"requestMethod": "GET", "requestUrl": f"https://{r.host}{r.path}", "status": 200,
                                "responseSize": "123", "userAgent": r.agent, "remoteIp": r.ip, "referer": r.referrer},
                   timestamp=iso(r) + ".5Z")


def azure(r):
    return as_json(time=iso(r) + ".5430764Z", category="FrontDoorAccessLog",
                   properties={"httpMethod": "GET", "requestUri": f"https://{r.host}:443{r.path}", "userAgent": r.agent,
                               "clientIp": r.ip, "httpStatusCode": "200", "referer": r.referrer})


def application_gateway(r):
    return as_json(timeStamp=iso(r) + "+00:00", category="ApplicationGatewayAccessLog",
                   properties={"clientIP": r.ip, "httpMethod": "GET", "originalRequestUriWithArgs": r.path,
                               "userAgent": r.agent, "httpStatus": 200, "sentBytes": 123, "originalHost": r.host})


def vercel(r):
    return as_json(id="1", source="static", host=r.host, timestamp=int(r.time.timestamp() * 1000),
                   proxy={"timestamp": int(r.time.timestamp() * 1000), "method": "GET", "host": r.host, "path": r.path,
                          "userAgent": [r.agent], "referer": r.referrer, "statusCode": 200, "clientIp": r.ip})


def fastly(r):
    return as_json(timestamp=iso(r) + "+0000", client_ip=r.ip, host=r.host, url=r.path, request_method="GET",
                   request_referer=r.referrer, request_user_agent=r.agent, response_status=200, response_body_size=123)


def ltsv(r):
    return "\t".join([f"time:{clf_time(r)}", f"host:{r.ip}", f"vhost:{r.host}", f"req:GET {r.path} HTTP/1.1",
                      "status:200", "size:123", f"referer:{r.referrer}", f"ua:{r.agent}"])


def envoy(r):
    return (f'[{iso(r)}.123Z] "GET {r.path} HTTP/1.1" 200 - 0 123 3 2 "{r.ip}" "{r.agent}" "id" "{r.host}" '
            '"10.1.0.5:80"')


def istio(r):
    return (f'[{iso(r)}.123Z] "GET {r.path} HTTP/1.1" 200 - via_upstream - "-" 0 123 3 2 "{r.ip}" "{r.agent}" "id" '
            f'"{r.host}" "10.1.0.5:80" inbound|80|| 127.0.0.6:4 10.1.0.5:80 10.2.0.1:0 - default')


def npm_proxy(r):
    return (f'[{clf_time(r)}] - 200 200 - GET https {r.host} "{r.path}" [Client {r.ip}] [Length 123] [Gzip -] '
            f'[Sent-to 10.0.0.9] "{r.agent}" "{r.referrer}"')


def npm_standard(r):
    return (f'[{clf_time(r)}] 200 - GET https {r.host} "{r.path}" [Client {r.ip}] [Length 123] [Gzip -] '
            f'"{r.agent}" "{r.referrer}"')


def haproxy(r):
    time = r.time.strftime("%d/%b/%Y:%H:%M:%S.123")
    return (f'{r.ip}:50000 [{time}] web~ app/one 0/0/1/2/3 200 123 - - ---- 1/1/0/0/0 0/0 '
            f'{{{r.host}|{r.agent}|{r.referrer}}} "GET {r.path} HTTP/1.1"')


def haproxy_clf(r):
    return common(r) + (' "" "" 50000 924 "web" "app" "one" 0 0 1 2 3 ---- 1 1 0 0 0 0 0 "" "" '
                        f'"{r.host}" "{r.referrer}" "{r.agent}"')


def alb(r):
    return (f'https {iso(r)}.000000Z app/lb/50dc6c {r.ip}:50000 10.0.0.9:80 0.000 0.001 0.000 200 200 34 123 '
            f'"GET https://{r.host}:443{r.path} HTTP/1.1" "{r.agent}" TLS_AES_128_GCM_SHA256 TLSv1.3 - - "-" "-" 1 '
            f'{iso(r)}.000000Z "forward"')


def elb(r):
    return (f'{iso(r)}.000000Z lb {r.ip}:50000 10.0.0.9:80 0.00004 0.001 0.00002 200 200 0 123 '
            f'"GET https://{r.host}:443{r.path} HTTP/1.1" "{r.agent}" - -')


def s3(r):
    return (f'79a59df900b949e5 {r.host} [{clf_time(r)}] {r.ip} - 3E57427F3 WEBSITE.GET.OBJECT page '
            f'"GET {r.path} HTTP/1.1" 200 - 123 123 7 6 "{r.referrer}" "{r.agent}" -')


def squid(r):
    return (f"{r.time.timestamp():.3f} {5:6d} {r.ip} TCP_MISS/200 123 GET http://{r.host}{r.path} - "
            "FIRSTUP_PARENT/10.0.0.9 text/html")


def traffic_server(r):
    return f"{r.time.timestamp():.3f} 5 {r.ip} TCP_MISS/200 123 GET http://{r.host}{r.path} - DIRECT/10.0.0.9 text/html"


def bunny(r):
    return (f"HIT|200|{int(r.time.timestamp() * 1000)}|123|390|{r.ip}|{r.referrer}|https://{r.host}{r.path}|FRA|"
            f"{r.agent}|322b688b|DE")


def heroku(r):
    return (f'{iso(r)}.420671+00:00 heroku[router]: at=info method=GET path="{r.path}" host={r.host} request_id=1 '
            f'fwd="{r.ip}" dyno=web.1 connect=2ms service=6ms status=200 bytes=123 protocol=https')


def tornado(r):
    return f"[I {r.time.strftime('%y%m%d %H:%M:%S')} web:2591] 200 GET {r.path} ({r.ip}) 1.02ms"


def uwsgi(r):
    return (f"[pid: 9|app: 0|req: 1/1] {r.ip} () {{26 vars in 410 bytes}} [{r.time.strftime('%a %b %e %H:%M:%S %Y')}] "
            f"GET {r.path} => generated 123 bytes in 3 msecs (HTTP/1.1 200) 2 headers in 64 bytes (1 switches on core 0)")


def sanic(r):
    return (f"Main |{r.time.strftime('%Y-%m-%d %H:%M:%S')} +0000 INFO: {r.ip}:50000 GET http://{r.host}{r.path} 200 123"
            "  0.2ms")


def no_zone(r):
    return r.time.strftime("%d/%b/%Y:%H:%M:%S")


def logfmt(r):
    return (f'time={iso(r)}Z level=INFO msg="request served" method=GET host={r.host} path={r.path} status=200 bytes=123 '
            f'remote_addr={r.ip} referer={r.referrer} user_agent="{r.agent}"')


FORMATS = {
    "combined": combined,
    "combined_forwarded": lambda r: proxied(r, combined),
    "vhost_combined": lambda r: f"{r.host}:443 " + combined(r),
    "vhost_combined_forwarded": lambda r: f"{r.host} " + proxied(r, combined),
    "common": common,
    "vhost_common": lambda r: f"{r.host}:443 " + common(r),
    "combined_request_time": lambda r: combined(r) + " 0.003 0.002 .",
    "combined_fractions": lambda r: combined(r, time=r.time.strftime("%d/%b/%Y:%H:%M:%S.123 +0000")),
    "traefik_clf": lambda r: combined(r) + ' 1 "web@docker" "http://10.0.0.9:80" 3ms',
    "nginx_ingress": lambda r: combined(r) + " 89 0.001 [default-web-80] [] 10.0.0.9:8080 59 0.000 200 529a00790236",
    "lighttpd": lambda r: combined(r, middle=f" {r.host} - "),
    "caddy": caddy, "traefik": traefik, "json": nginx_json, "matomo_json": matomo, "envoy_json": envoy_json,
    "cloudfront_json": cloudfront_json, "google_cloud": google, "azure": azure,
    "application_gateway": application_gateway, "vercel": vercel, "fastly": fastly, "ltsv": ltsv, "logfmt": logfmt,
    "envoy": envoy, "istio": istio, "nginx_proxy_manager": npm_proxy, "nginx_proxy_manager_standard": npm_standard,
    "haproxy": haproxy, "haproxy_clf": haproxy_clf, "alb": alb, "elb": elb, "s3": s3, "squid": squid,
    "traffic_server": traffic_server, "squid_common": lambda r: common(r) + " TCP_MISS:FIRSTUP_PARENT",
    "varnishncsa": lambda r: combined(r, path=f"http://{r.host}{r.path}"),
    "bunny": bunny, "heroku": heroku,
    "granian": lambda r: f'[{r.time.strftime("%Y-%m-%d %H:%M:%S")} +0000] {r.ip} - "GET {r.path} HTTP/1.1" 200 0.156',
    "hypercorn": lambda r: f'[{r.time.strftime("%Y-%m-%d %H:%M:%S")} +0000] [20761] [INFO] '
                           + combined(r, ip=r.ip + ":57356", protocol="1.1"),
    "daphne": lambda r: f'{r.ip}:50000 - - [{no_zone(r)}] "GET {r.path}" 200 123',
    "werkzeug": lambda r: common(r, time=no_zone(r).replace(":", " ", 1), tail=" 200 -"),
    "gevent": lambda r: common(r, time=r.time.strftime("%Y-%m-%d %H:%M:%S"), tail=" 200 123 0.000184"),
    "cherrypy": lambda r: combined(r, time=no_zone(r)),
    "aiohttp": lambda r: combined(r, middle=" "),
    "twisted": lambda r: f"{iso(r)}+0000 [twisted.python.log#info] " + combined(r, ip=f'"{r.ip}"'),
    "tornado": tornado, "uwsgi": uwsgi, "sanic": sanic, "rack": lambda r: common(r, tail=" 200 123 0.0002"),
}

# Formats without a time; they need an envelope's.
TIMELESS = {
    "uvicorn": lambda r: f'INFO:     {r.ip}:52348 - "GET {r.path} HTTP/1.1" 200 OK',
    "morgan_short": lambda r: f"{r.ip} - GET {r.path} HTTP/1.1 200 123 - 0.565 ms",
}

# Formats that start like an envelope themselves.
CARRIED = {"heroku", "hypercorn", "twisted"}


def tai64n(r):
    return f"@{int(r.time.timestamp()) + 10 + 2 ** 62:016x}1779f4d4"


CARRIERS = {
    "rfc3164": lambda r, line: r.time.strftime("%b %e %H:%M:%S web1 nginx: ") + line,
    "rfc3164_priority": lambda r, line: r.time.strftime("<190>%b %e %H:%M:%S web1 nginx[12]: ") + line,
    "rfc3164_no_host": lambda r, line: r.time.strftime("<190>%b %e %H:%M:%S nginx: ") + line,
    "rfc5424": lambda r, line: f"<190>1 {iso(r)}.123Z web1 nginx 12 - - {line}",
    "rfc5424_blanks": lambda r, line: f"<190>1 {iso(r)}+00:00 web1 nginx - - -  {line}",
    "rfc5424_data": lambda r, line: f'<190>1 {iso(r)}Z web1 nginx 12 ID4 [a@1 b="c d"][e@1 f="\\]"] {line}',
    "rsyslog_file": lambda r, line: f"{iso(r)}.123456+00:00 web1 nginx: {line}",
    "rsyslog_forward": lambda r, line: f"<190>{iso(r)}+00:00 web1 nginx: {line}",
    "journal_short_precise": lambda r, line: r.time.strftime("%b %d %H:%M:%S.815019 web1 nginx[7236]: ") + line,
    "journal_short_iso": lambda r, line: f"{iso(r)}+0000 web1 nginx[7236]: {line}",
    "journal_short_iso_precise": lambda r, line: f"{iso(r)}.815019+00:00 web1 nginx[7236]: {line}",
    "journal_short_full": lambda r, line: r.time.strftime("%a %Y-%m-%d %H:%M:%S UTC web1 nginx[7236]: ") + line,
    "journal_short_unix": lambda r, line: f"{r.time.timestamp():.6f} web1 nginx[7236]: {line}",
    "journal_json": lambda r, line: json.dumps(
        {"_PID": "7236", "MESSAGE": line, "__REALTIME_TIMESTAMP": str(int(r.time.timestamp() * 1e6)),
         "SYSLOG_IDENTIFIER": "nginx"}),
    "docker_json": lambda r, line: json.dumps({"log": line + "\n", "stream": "stdout", "time": iso(r) + ".1Z"}),
    "docker_logs": lambda r, line: f"{iso(r)}.123456789Z {line}",
    "compose": lambda r, line: f"web-1  | {line}",
    "compose_times": lambda r, line: f"web-1  | {iso(r)}.123456789Z {line}",
    "compose_colours": lambda r, line: f"\x1b[36mweb-1  | \x1b[0m{line}",
    "pm2": lambda r, line: f"0|web      | {line}",
    "pm2_times": lambda r, line: f"0|web      | {iso(r)}: {line}",
    "pm2_file": lambda r, line: r.time.strftime("%Y-%m-%d %H:%M:%S +00:00: ") + line,
    "pm2_json": lambda r, line: json.dumps(
        {"message": line + "\n", "timestamp": iso(r) + ".649Z", "type": "out", "process_id": 0, "app_name": "web"}),
    "cri": lambda r, line: f"{iso(r)}.123456789Z stdout F {line}",
    "cri_zone": lambda r, line: f"{iso(r)}.123456789+00:00 stderr F {line}",
    "tai64n": lambda r, line: f"{tai64n(r)} {line}",
    "svlogd": lambda r, line: r.time.strftime("%Y-%m-%d_%H:%M:%S.45721 ") + line,
    "svlogd_iso": lambda r, line: r.time.strftime("%Y-%m-%dT%H:%M:%S.45721 ") + line,
    "slashes": lambda r, line: r.time.strftime("%Y/%m/%d %H:%M:%S ") + line,
    "heroku_app": lambda r, line: f"{iso(r)}.420671+00:00 app[web.1]: {line}",
    "filebeat": lambda r, line: json.dumps(
        {"@timestamp": iso(r) + ".649Z", "@metadata": {"beat": "filebeat"}, "message": line,
         "log": {"offset": 0, "file": {"path": "/var/log/nginx/access.log"}}}),
    "fluent_bit": lambda r, line: json.dumps({"date": r.time.timestamp(), "log": line}),
    "vector": lambda r, line: json.dumps({"file": "/a.log", "host": "web1", "message": line, "timestamp": iso(r) + "Z"}),
    "loki": lambda r, line: json.dumps({"labels": {"job": "web"}, "line": line, "timestamp": iso(r) + "Z"}),
    "json_seq": lambda r, line: "\x1e" + json.dumps({"log_io": line, "log_time": r.time.timestamp()}),
}

# Envelopes without a time, or with a time without a year.
YEARLESS = {"rfc3164", "rfc3164_priority", "rfc3164_no_host", "journal_short_precise", "compose", "compose_colours", "pm2"}

W3C = "#Fields: date time c-ip cs-method cs(Host) cs-uri-stem sc-status sc-bytes cs(Referer) cs(User-Agent)"


def w3c(r):
    return " ".join([r.time.strftime("%Y-%m-%d %H:%M:%S"), r.ip, "GET", r.host, r.path, "200", "123", r.referrer,
                     r.agent.replace(" ", "+")])


def parts(lines, envelope_time="2024-10-10T10:00:00.1Z"):
    """Returns lines behind CRI's head, with every tenth in two parts and the lines of two streams mixed."""
    out = []
    for number, line in enumerate(lines):
        stream = "stdout" if number % 3 else "stderr"
        if number % 10:
            out.append(f"{envelope_time} {stream} F {line}")
        else:
            out += [f"{envelope_time} {stream} P {line[:120]}", f"{envelope_time} {stream} F {line[120:]}"]
    return out
