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
}
