/// Patterns of crawler-user-agents that match the agents of real browsers and are therefore excluded.
///
/// Found by running all of its patterns over browsers' agents. The comment on each says what it matches.
enum FalsePositivePatterns {
  static let all: Set<String> = [
    "AP3A\\.240617\\.008",  // an Android build on phones
    "Sogou",  // also Sogou's browser
    "Sonic",  // phones of that name
    "Viber",  // links opened in the messenger
    "Amazon CloudFront",  // everybody behind that CDN
    "Butterfly",  // phones of that name
    "Fluid",  // a browser for single sites
    "Fever",  // phones of that name
    "Fetch\\/",  // components of browsers that fetch
    "Miniature\\.io\\/",  // a real browser
    "Trae\\/",  // an editor people browse in
    "Code\\/1\\.",  // an editor people browse in
    "MetaIAB Facebook",  // links opened in Facebook's app
    "YLT Chrome",  // a real browser
    "TSM-turingos",  // Chrome on one system
    "Expanse",  // phones of that name
    "008\\/",  // builds and versions that end this way
  ]
}
