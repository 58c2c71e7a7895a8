/// The paths that ``ProbePaths`` knows, in lower case; docs/counting.md says how the list is kept.
///
/// Collected from what scanners ask for in public logs and the advisories that goes back to. Left out are paths that
/// browsers ask for by themselves (`/favicon.ico`, `/apple-touch-icon…`, `/browserconfig.xml`, `/.well-known/…`, Internet
/// Explorer's `/_vti_bin/owssvr.dll` and `/msoffice/cltreq.asp`), and such as old links may lead to where a site has moved
/// from other software (`/wp-content/…`, `/cgi-bin/…`).
enum ProbeList {
  /// No page of anything lies there.
  static let nobodys = secrets + machines + holes

  /// The doors of some software.
  static let elsewhere = [
    "/wp-login.php", "/wp-admin/", "/wp-admin", "/xmlrpc.php", "/wlwmanifest.xml", "/administrator/", "/admin.php",
    "/phpmyadmin/", "/phpmyadmin", "/pma/", "/pma", "/mysqladmin/", "/myadmin/", "/dbadmin/", "/adminer.php",
    "/adminer/", "/phpinfo", "/phpinfo.php", "/php-info.php", "/php_info.php", "/phpversion.php", "/info.php",
    "/shell.php", "/cmd.php", "/upl.php", "/1.php", "/server-status", "/actuator", "/actuator/", "/geoserver/",
    "/manager/html", "/druid/index.html", "/webui/", "/solr/", "/vendor/phpunit/", "/config/config.php", "/_all_dbs",
    "/v2/_catalog", "/containers/json", "/application.properties", "/web-console/serverinfo.jsp", "/app_dev.php/",
    "/frontend_dev.php/", "/debug/default/", "/_fragment",
  ]

  /// Files that hold secrets, and folders of tools, which lie on a server by mistake only.
  private static let secrets = [
    "/.env*", "/.git/", "/.git", "/.gitconfig", "/.git-credentials", "/.svn/", "/.hg/", "/.aws/", "/.ssh/",
    "/.docker/", "/.kube/", "/.ds_store", "/.htpasswd", "/.htaccess", "/.bash_history", "/.npmrc", "/.netrc",
    "/.vscode/", "/.idea/", "/.profile", "/wp-config.php*", "/id_rsa", "/etc/passwd", "/etc/shadow", "/proc/self/",
    "/storage/logs/laravel.log", "/app/etc/env.php", "/config/php.ini", "/latest/meta-data/",
  ]

  /// Doors of routers, cameras and other machines.
  private static let machines = [
    "/boaform/", "/gponform/", "/hnap1", "/hnap1/", "/cgi-bin/luci/", "/cgi-bin/popen.cgi", "/cgi-bin/viewcert.cgi",
    "/setup.cgi", "/goform/", "/dana-na/", "/+cscoe+/", "/+cscol+/", "/remote/fgt_lang", "/mifs/.;/",
    "/stalker_portal/server/", "/pfblockerng/www/", "/bin/zhttpd/", "/nmaplowercheck*", "/evox/about", "/teorema505",
  ]

  /// Parts of software that no page leads to and that were broken into.
  private static let holes = [
    "/eval-stdin.php", "/_ignition/", "/telescope/requests", "/_profiler/phpinfo", "/jmx-console/htmladaptor",
    "/invoker/jmxinvokerservlet", "/invoker/ejbinvokerservlet", "/api/jsonws/invoke", "/systembc/", "/actuator/env",
    "/actuator/heapdump", "/actuator/gateway/routes", "/solr/admin/info/system", "/autodiscover/autodiscover.json",
    "/scripts/setup.php", "/alfacgiapi/", "/alfa_data/", "/wso.php", "/c99.php", "/r57.php", "/sftp-config.json",
    "/bin/sh", "/bin/bash",
  ]
}
