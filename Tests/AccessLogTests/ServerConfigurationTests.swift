import AccessLog
import Testing

@Suite struct ServerConfigurationTests {
  private static let nginx = """
    user www-data; # access_log none;
    http {
      log_format main '$remote_addr [$time_local] "$request" $status';
      log_format  json escape=json '{"t":"$msec",'
          '"r":"$request","s":"$status"}';
      log_format useless "$remote_addr";
      access_log /var/log/nginx/access.log main;
      include sites/*.conf;
      server { access_log off; access_log syslog:server=unix:/dev/log json; location /x { access_log /var/log/nginx/x.log; } }
    }
    """

  private static func text(_ text: String) -> ConfigurationText { ConfigurationText(file: "main", text: text) }

  @Test func tellsWhichLogIsInWhichFormat() throws {
    let configuration = ServerConfiguration.nginx(Self.text(Self.nginx)) { include in
      include.pattern == "sites/*.conf"
        ? [Self.text("access_log '/srv/$host/access.log' json buffer=32k; access_log logs/bad.log useless;")] : []
    }
    #expect(Set(configuration.formats.keys) == ["main", "json", "combined"])
    #expect(configuration.problems.keys.sorted() == ["useless"])
    for (path, name) in [
      ("/var/log/nginx/access.log", "main"), ("/var/log/nginx/access.log.1", "main"),
      ("/var/log/nginx/access.log.2.gz", "main"), ("/var/log/nginx/access.log-20241010", "main"),
      ("/var/log/nginx/x.log", "combined"), ("/backup/x.log.3.gz", "combined"), ("/var/log/nginx/other.log", nil),
      ("/backup/access.log", nil), ("/var/log/nginx/access.logs", nil),
    ] as [(String, String?)] {
      #expect(try configuration.format(ofLog: path)?.name == name, "\(path)")
    }
    #expect(throws: FormatError.self) { try configuration.format(ofLog: "/any/bad.log") }
  }

  @Test func readsConfigurationsOfApache() throws {
    let configuration = ServerConfiguration.apache(
      Self.text(
        #"""
        # LogFormat "%r" comment
        Define LOGS /var/log/apache2
        LogFormat "%v:%p %h %l %u %t \"%r\" %>s %O \"%{Referer}i\" \"%{User-Agent}i\"" vhosts
        LogFormat "%h %l %u %t \"%r\" \
          %>s %b"
        <VirtualHost *:443>
          CustomLog ${LOGS}/other_vhosts_access.log vhosts env=!dontlog
          TransferLog ${LOGS}/transfer.log
          CustomLog "|/usr/bin/rotatelogs -l /var/log/apache2/access.%Y-%m-%d.log 86400" "%h %t \"%r\" %>s"
          IncludeOptional more/*.conf
        </VirtualHost>
        """#)
    ) { _ in [Self.text("CustomLog logs/more.log vhosts")] }
    let names = try [
      "/var/log/apache2/other_vhosts_access.log.1", "/tmp/transfer.log", "/x/access.2024-10-10.log", "/m/more.log",
    ]
    .map { try configuration.format(ofLog: $0)?.name }
    #expect(names == ["vhosts", "Apache format", #"%h %t \"%r\" %>s"#, "vhosts"])
  }

  /// Logs of nginx are inherited if a block has none of its own; those of locations are apart.
  @Test func tellsWhatServersLog() {
    let text = """
      http {
        server { server_name a.example .b.example; location /x { access_log x.log; } location / { return 301 http://c.example/; } }
        server { server_name c.example; access_log c.log if=$loud; access_log syslog:server=192.0.2.1; return 200 ok; }
        server { access_log off; return 301 https://$host$request_uri; }
        access_log all.log;
        set_real_ip_from 192.0.2.0/24;
      }
      stream { access_log stream.log; server { listen 1; } }
      """
    let configuration = ServerConfiguration.nginx(Self.text(text)) { _ in [] }
    let servers = configuration.servers
    #expect(servers.map(\.names) == [["a.example", ".b.example"], ["c.example"], []])
    #expect(
      servers.map { $0.logs.map { $0.map(\.path) } } == [
        [["all.log"], ["x.log"]], [["c.log", "syslog:server=192.0.2.1"]], [],
      ])
    #expect(servers.map(\.isRedirect) == [true, false, true])
    #expect(servers.map(\.redirectsTo) == ["c.example", nil, nil])
    #expect(servers[1].logs[0].map(\.isConditional) == [true, false])
    #expect(configuration.trustedProxies == ["192.0.2.0/24"] && configuration.faults.isEmpty)
  }

  /// A virtual host of Apache without a log uses that of the main server, wherever it stands. Lines are joined without
  /// a blank, as Apache 2.4.71 does.
  @Test func tellsWhatVirtualHostsLog() throws {
    let text = #"""
      ServerRoot /srv
      <VirtualHost *:80>
        ServerAlias www.a.example
        ServerName a.example
      </VirtualHost>
      <VirtualHost *:80>
        ServerName b.example
        Redirect permanent / https://a.example/
        CustomLog "|/usr/bin/rotatelogs -l -L current -n 5 logs/b.%Y.log 86400" joined
        CustomLog "|/usr/bin/logger -p local6.notice" joined env=x
      </VirtualHost>
      LogFormat "%h %t \
        \"%r\" %>s" joined
      CustomLog ${LOGS}/main.log joined
      Include more.conf
      """#
    var included: [String] = []
    let configuration = ServerConfiguration.apache(Self.text(text), variables: ["LOGS": "/logs"]) { include in
      included.append("\(include.pattern):\(include.line) \(include.isOptional)")
      return []
    }
    let servers = configuration.servers
    #expect(included == ["/srv/more.conf:15 false"])
    #expect(configuration.texts["joined"] == #"%h %t   \"%r\" %>s"#)
    #expect(servers.map(\.names) == [["a.example", "www.a.example"], ["b.example"]])
    #expect(servers[0].logs.map { $0.map(\.path) } == [["/logs/main.log"]])
    #expect(servers[1].logs.map { $0.map(\.path) } == [["logs/b.%Y.log", "|/usr/bin/logger -p local6.notice"]])
    #expect(servers[1].isRedirect && servers[1].redirectsTo == "a.example")
  }

  @Test(arguments: [
    ("http {\n server {\n }\n", ["main:1: the block 'http' is not closed; add a } where it ends"]),
    ("a;\n}\n", ["main:2: this } closes no block; remove it"]),
    ("a 'b\nc;", ["main:1: the quote that begins here is not closed"]),
    ("a b;\n\nlog_format\n x", ["main:3: the directive 'log_format' has no ; at its end"]),
    ("content_by_lua_block { don't { } }\na;", []),
    ("location ~ ^/a${x}b { } # }", []),
  ])
  func tellsWhatNginxWouldRefuse(_ text: String, _ faults: [String]) {
    #expect(ServerConfiguration.nginx(Self.text(text)) { _ in [] }.faults.map(\.description) == faults)
  }

  @Test(arguments: [
    ("<VirtualHost *>\n</VirtualHost>", []),
    ("\n<VirtualHost *>\n", ["main:2: the section <virtualhost> is not closed"]),
    ("</IfModule>", ["main:1: </ifmodule> closes no section"]),
    (
      "<IfModule x>\n</VirtualHost>\n</IfModule>",
      ["main:2: </virtualhost> closes no section; <ifmodule> is still open"]
    ),
  ])
  func tellsWhatApacheWouldRefuse(_ text: String, _ faults: [String]) {
    #expect(ServerConfiguration.apache(Self.text(text)) { _ in [] }.faults.map(\.description) == faults)
  }

  @Test func filesThatIncludeEachOtherEnd() {
    let text = Self.text("include a;")
    let configuration = ServerConfiguration.nginx(text) { _ in [text] }
    #expect(configuration.faults.count == 1)
  }
}
