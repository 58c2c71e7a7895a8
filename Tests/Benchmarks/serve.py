"""Measures the collect API of `footfall serve` with wrk on loopback: accepted requests per second and their latency.

    serve.py [--footfall BINARY] [--seconds 15] [--connections 64]

Fails if fewer than 5,000 requests per second are accepted, if one in a hundred takes longer than 50 ms, or if
accepted requests are missing from the books. Needs wrk (apt-get install wrk); client and server share the machine.
"""

import argparse
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

SCRIPT = """
local agents = {%s}
local number = 0
local thread = 0
function setup(t) t:set("thread", thread) thread = thread + 1 end
function request()
  number = number + 1
  local body = string.format('{"tracking_id":"%s","url":"https://example.com/page/%%d?utm_source=news",' ..
    '"pathname":"/page/%%d","referrer":"https://search.example/","ip":"10.%%d.%%d.%%d","user_agent":"%%s"}',
    number %% 500, number %% 500, thread, number / 14 %% 250, number / 3500 %% 250, agents[number %% #agents + 1])
  return wrk.format("POST", "/api/v1/collect/pageview",
    {["Authorization"] = "Bearer %s", ["Content-Type"] = "application/json"}, body)
end
local counts = {}
function response(status) if status ~= 200 then refused = (refused or 0) + 1 end end
function done(summary, latency)
  io.write(string.format("RESULT %%d %%d %%d %%d %%d %%d\\n", summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(99), latency:percentile(99.9), summary.errors.status + summary.errors.timeout))
end
"""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--footfall", default=".build/release/footfall")
    parser.add_argument("--seconds", type=int, default=15)
    parser.add_argument("--connections", type=int, default=64)
    options = parser.parse_args()
    if not shutil.which("wrk"):
        sys.exit("wrk is not installed (apt-get install wrk)")
    footfall = os.path.abspath(options.footfall)
    folder = tempfile.mkdtemp(prefix="footfall-bench-")

    def run(*arguments):
        return subprocess.run([footfall, *arguments], cwd=folder, check=True, capture_output=True, text=True).stdout

    run("sites", "add", "example.com")
    token = run("tokens", "create", "--ability", "collect:write").strip()
    tracking_id = json.loads(run("sites", "--json"))[0]["tracking_id"]
    agents = [f'"Mozilla/5.0 (X11; Linux x86_64; rv:{version}.0) Gecko/20100101 Firefox/{version}.0"'
              for version in range(100, 145)]
    script = os.path.join(folder, "load.lua")
    with open(script, "w") as file:
        file.write(SCRIPT % (",".join(agents), tracking_id, token))
    with open(os.path.join(folder, "log"), "w+") as log:
        server = subprocess.Popen([footfall, "serve", "--port", "0"], cwd=folder, stderr=log)
        port = None
        while port is None:
            time.sleep(0.1)
            log.seek(0)
            port = re.search(r"127\.0\.0\.1:(\d+)", log.read())
    done = subprocess.run(
        ["wrk", "-t", "1", "-c", str(options.connections), "-d", str(options.seconds), "-s", script,
         f"http://127.0.0.1:{port.group(1)}"], capture_output=True, text=True)
    with open(f"/proc/{server.pid}/status") as status:
        memory = int(re.search(r"VmHWM:\s+(\d+)", status.read()).group(1))
    server.send_signal(signal.SIGTERM)
    server.wait()
    result = re.search(r"RESULT (\d+) (\d+) (\d+) (\d+) (\d+) (\d+)", done.stdout)
    if not result:
        sys.exit(done.stdout + done.stderr)
    requests, microseconds, median, p99, p999, errors = map(int, result.groups())
    imports = json.loads(run("imports", "--json"))
    kept = sum(one["outcomes"].get("pageview", 0) for one in imports)
    rate = (requests - errors) * 1_000_000 / microseconds
    print(f"{rate:,.0f} accepted requests/s; latency {median / 1000:.1f} ms median, {p99 / 1000:.1f} ms p99, "
          f"{p999 / 1000:.1f} ms p99.9; {errors} refused; {kept:,} kept of {requests - errors:,} accepted; "
          f"{memory / 1024:.0f} MB at most; {options.connections} connections, {options.seconds} s")
    shutil.rmtree(folder)
    # Requests in flight when wrk stops are kept, although wrk does not see their responses.
    sys.exit(rate < 5_000 or p99 > 50_000 or not requests - errors <= kept <= requests - errors + options.connections)


if __name__ == "__main__":
    main()
