/// The paths that ``ProbePaths`` recognises, in lower case. docs/robots.md describes how the list is maintained.
///
/// Collected from scanners' requests in public logs and from the advisories behind them. The list excludes paths
/// that browsers request by themselves (`/favicon.ico`, `/apple-touch-icon…`, `/browserconfig.xml`,
/// `/.well-known/…`, Internet Explorer's `/_vti_bin/owssvr.dll` and `/msoffice/cltreq.asp`), and paths that old
/// links may point to on a site that has moved from other software (`/wp-content/…`, `/cgi-bin/…`).
enum ProbeList {
  /// Paths where no site has a page.
  static let nobodys = secrets + machines + holes

  /// Entry points of particular software.
  static let elsewhere = [
    "/wp-login.php", "/wp-admin/", "/xmlrpc.php", "/wlwmanifest.xml", "/administrator/", "/admin.php",
    "/phpmyadmin/", "/pma/", "/mysqladmin/", "/myadmin/", "/dbadmin/", "/adminer.php",
    "/adminer/", "/phpinfo", "/phpinfo.php", "/php-info.php", "/php_info.php", "/phpversion.php", "/info.php",
    "/shell.php", "/cmd.php", "/upl.php", "/1.php", "/server-status", "/actuator/", "/geoserver/",
    "/manager/html", "/druid/index.html", "/druid", "/webui/", "/solr/", "/vendor/phpunit/", "/config/config.php",
    "/_all_dbs",
    "/v2/_catalog", "/containers/json", "/application.properties", "/web-console/serverinfo.jsp", "/app_dev.php/",
    "/frontend_dev.php/", "/debug/default/", "/_fragment",
  ]

  /// Files with secrets, and folders of tools, which are on a web server only by mistake.
  private static let secrets = [
    "/.env*", "/.git/", "/.gitconfig", "/.git-credentials", "/.svn/", "/.hg/", "/.aws/", "/.ssh/",
    "/.docker/", "/.kube/", "/.ds_store", "/.htpasswd", "/.htaccess", "/.bash_history", "/.npmrc", "/.netrc",
    "/.vscode/", "/.idea/", "/.profile", "/wp-config.php*", "/id_rsa", "/etc/passwd", "/etc/shadow", "/proc/self/",
    "/storage/logs/laravel.log", "/app/etc/env.php", "/config/php.ini", "/latest/meta-data/",
  ]

  /// Entry points of routers, cameras and other devices.
  private static let machines = [
    "/boaform/", "/gponform/", "/hnap1/", "/cgi-bin/luci/", "/cgi-bin/popen.cgi", "/cgi-bin/viewcert.cgi",
    "/setup.cgi", "/goform/", "/dana-na/", "/+cscoe+/", "/+cscol+/", "/remote/fgt_lang", "/mifs/.;/",
    "/stalker_portal/server/", "/pfblockerng/www/", "/bin/zhttpd/", "/nmaplowercheck*", "/evox/about", "/teorema505",
  ]

  /// Parts of software that no page links to and that have been exploited.
  private static let holes = [
    "/eval-stdin.php", "/_ignition/", "/telescope/requests", "/_profiler/phpinfo", "/jmx-console/htmladaptor",
    "/invoker/jmxinvokerservlet", "/invoker/ejbinvokerservlet", "/api/jsonws/invoke", "/systembc/", "/actuator/env",
    "/actuator/heapdump", "/actuator/gateway/routes", "/solr/admin/info/system", "/autodiscover/autodiscover.json",
    "/scripts/setup.php", "/alfacgiapi/", "/alfa_data/", "/wso.php", "/c99.php", "/r57.php", "/sftp-config.json",
    "/bin/sh", "/bin/bash",
  ]
}
