import Foundation
import TestSupport
import Testing

/// `footfall config init` on configurations of real servers: both servers accept the configuration and write its logs, and
/// `footfall import` without an argument counts them.
@Suite struct ConfigInitTests {
  private static let agent = "Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0"

  /// Requests a page from some hosts, then proposes, checks and imports. `$port` is the server's.
  private static let visits = """
    # Waits until the server answers; nginx closes the connection (52), as it has no host of that name.
    answered() { for try in {1..50}; do
      code=0; curl -s -o out -H 'Host: none' "http://127.0.0.1:$port/" || code=$?
      case $code in 0|52) return;; esac; sleep 0.2; done; cat output; exit 1; }
    visit() { for host in "$@"; do for page in / /a /part/b; do
      curl -s -o out -A '\(agent)' -H "Host: $host" "http://127.0.0.1:$port$page"; done; done; }

    """

  private static let imports = """
    printf 'exit %s\\n' "$("$FOOTFALL" config init "$@" --output footfall.toml 2> told; echo $?)"
    "$FOOTFALL" config check
    "$FOOTFALL" import --quiet || echo "import $?"
    for host in example.com shop.example; do
      echo "$host $("$FOOTFALL" report --site $host --json | python3 -c 'import json, sys; print(json.load(sys.stdin)["sites"][0]["totals"]["pageviews"])')"
    done
    """

  private func run(_ lines: String) async throws -> ChildProcess.Result {
    let workshop = try Workshop()
    return try await workshop.bash("export FOOTFALL='\(BuiltFootfall.binary.path)'\n" + lines)
  }

  @Test(.enabled(if: has("/usr/sbin/nginx"), "needs nginx: apt-get install nginx-light"))
  func nginx() async throws {
    let result = try await run(
      """
      port=\(Self.port(1)); mkdir logs temp sites; chmod 777 . logs
      cat > nginx.conf <<N
      pid $PWD/nginx.pid; error_log $PWD/logs/error.log;
      events { }
      http {
        client_body_temp_path temp/a; proxy_temp_path temp/b; fastcgi_temp_path temp/c; uwsgi_temp_path temp/d;
        scgi_temp_path temp/e;
        log_format odd '\\$status|\\$host|\\$remote_addr|\\$time_iso8601|\\$request_method|\\$request_uri|\\$http_user_agent';
        access_log $PWD/logs/all.log odd;
        include $PWD/sites/*.conf;
        server { listen 127.0.0.1:$port default_server; server_name _; return 444; }
      }
      N
      cat > sites/a.conf <<N
      server { listen 127.0.0.1:$port; server_name www.old.example; return 301 http://example.com; }
      server { listen 127.0.0.1:$port; server_name example.com *.example.com; location / { return 200 page; } }
      server { listen 127.0.0.1:$port; server_name shop.example; access_log $PWD/logs/shop.log;
        location / { return 200 page; } location /part/ { access_log $PWD/logs/part.log; return 200 part; } }
      N
      \(Self.visits)
      /usr/sbin/nginx -p "$PWD/" -c "$PWD/nginx.conf" -t 2> test || { cat test; exit 1; }
      /usr/sbin/nginx -p "$PWD/" -c "$PWD/nginx.conf" -g 'daemon off;' > output 2>&1 &
      trap "kill $! 2> test || true" EXIT
      answered
      visit example.com m.example.com www.old.example shop.example
      set -- --nginx-conf nginx.conf
      \(Self.imports)
      """)
    #expect(
      result.output == """
        exit 0
        footfall.toml: 3 keys, 2 sites; no problems found
        example.com 6
        shop.example 3

        """, "\(result.errors)")
  }

  @Test(.enabled(if: has("/usr/sbin/apache2"), "needs Apache: apt-get install apache2"))
  func apache() async throws {
    let result = try await run(
      """
      port=\(Self.port(2)); mkdir logs html html/part sites; chmod 777 . logs
      for page in a part/b index.html; do echo page > html/$page; done; chmod -R a+rX html
      echo "export APACHE_LOG_DIR=$PWD/logs\\$SUFFIX" > envvars
      export APACHE_LOG_DIR=$PWD/logs
      modules=/usr/lib/apache2/modules
      cat > apache2.conf <<N
      ServerRoot "$PWD"
      DefaultRuntimeDir $PWD
      PidFile $PWD/apache.pid
      ErrorLog \\${APACHE_LOG_DIR}/error.log
      LoadModule mpm_event_module $modules/mod_mpm_event.so
      LoadModule authz_core_module $modules/mod_authz_core.so
      LoadModule alias_module $modules/mod_alias.so
      LoadModule dir_module $modules/mod_dir.so
      LoadModule mime_module $modules/mod_mime.so
      TypesConfig /etc/mime.types
      Listen 127.0.0.1:$port
      ServerName main.example
      DocumentRoot "$PWD/html"
      LogFormat "%v:%p %h %l %u %t \\\\"%r\\\\" %>s %O \\\\"%{Referer}i\\\\" \\\\"%{User-Agent}i\\\\"" vhost_combined
      LogFormat "%a [%{%Y-%m-%d %H:%M:%S %z}t] \\\\
        \\\\"%r\\\\" %>s %B \\\\"%{User-Agent}i\\\\"" own
      CustomLog \\${APACHE_LOG_DIR}/other_vhosts_access.log vhost_combined
      IncludeOptional none/*.conf
      Include sites/*.conf
      N
      [ "$(id -u)" != 0 ] || printf 'User www-data\\nGroup www-data\\n' >> apache2.conf
      cat > sites/a.conf <<N
      <VirtualHost *:$port>
        ServerName http://example.com:$port
        ServerAlias *.example.com
      </VirtualHost>
      <VirtualHost *:$port>
        ServerName old.example
        Redirect permanent / http://example.com/
      </VirtualHost>
      <VirtualHost *:$port>
        ServerName shop.example
        CustomLog "|/usr/bin/rotatelogs -l logs/shop.%Y-%m-%d.log 86400" own
      </VirtualHost>
      N
      \(Self.visits)
      /usr/sbin/apache2 -f "$PWD/apache2.conf" -t 2> test || { cat test; exit 1; }
      /usr/sbin/apache2 -X -f "$PWD/apache2.conf" > output 2>&1 &
      trap "kill -KILL $! 2> test || true" EXIT
      answered
      visit example.com m.example.com old.example shop.example
      set -- --apache-conf apache2.conf
      \(Self.imports)
      """)
    #expect(
      result.output == """
        exit 0
        footfall.toml: 3 keys, 2 sites; no problems found
        example.com 6
        shop.example 3

        """, "\(result.errors)")
  }

  private static func has(_ program: String) -> Bool { FileManager.default.isExecutableFile(atPath: program) }

  /// Returns a port that other tests at the same time are unlikely to use.
  private static func port(_ offset: Int32) -> Int32 { 20_000 + getpid() % 5_000 * 2 + offset }
}
