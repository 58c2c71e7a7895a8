import ByteScanning

/// Names of segments and parameters after which a secret follows, for which less has to look random.
enum SecretNames {
  /// Whether what begins at a place follows such a name: `/reset/…`, `?token=…`, `;sid=…`.
  static func precede(_ place: Int, in passage: Passage) -> Bool {
    if passage[place - 1] == Byte.equals {
      var start = place - 1
      while Byte.isLetterOrDigit(passage[start - 1]) || passage[start - 1] == Byte.underscore
        || passage[start - 1] == Byte.hyphen
      {
        start -= 1
      }
      return isSecret(passage.word(start..<place - 1))
    }
    return passage.isPath && passage.isSlash(place - 1)
      && isSecret(passage.word(passage.segment(endingAt: place - 1)))
  }

  private static func isSecret(_ name: String) -> Bool {
    names.contains(name) || endings.contains { name.hasSuffix($0) }
  }

  private static let endings = ["token", "secret", "password", "sessid", "sessionid", "signature", "apikey"]
  private static let names: Set<String> = [
    "activate", "activation", "auth", "cfid", "confirm", "confirmation", "confirmemail", "emailverification",
    "invitation",
    "invitations", "invite", "invites", "login", "magic", "magiclink", "nonce", "optin", "optout", "otp",
    "passwordreset", "passwd", "pwd", "recover", "recovery", "reset", "session", "sessions", "sid", "sig", "signin",
    "sso", "tokens", "unsubscribe", "verification", "verify", "verifyemail",
  ]
}
