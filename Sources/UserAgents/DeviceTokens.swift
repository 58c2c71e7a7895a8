/// Tells the kind of device from tokens of the agent, in an order in which the more special ones come first.
///
/// uap-core has no list of kinds. docs/quality.md says how well the rules do.
enum DeviceTokens {
  /// Named in the order in which ``DevicePatterns`` lists them.
  enum Token: Int, CaseIterable {
    case television, telephoneOrDesktop, console, televisionModel, televisionSet, iPad, iPhone, wearable, carOrSpeaker
    case watch, laptop, phoneWord, android, tabletWord, mobileWord, program, browserOfAndroid, touchTablet, tabletPC,
      desktopSystem
    case featurePhone, darwin, macDarwin, anySystem
  }

  /// The device of an agent of which `has` tells whether it holds a token.
  static func device(_ has: (Token) -> Bool) -> DeviceType {
    if has(.television), !has(.telephoneOrDesktop) { return .tv }
    if has(.console) { return .console }
    if has(.iPad) { return .tablet }
    if has(.iPhone) { return .mobile }
    if has(.watch) || (has(.wearable) && !has(.phoneWord)) { return .wearable }
    if has(.carOrSpeaker), !has(.phoneWord) { return .other }
    if has(.laptop) { return .desktop }
    if has(.android) { return android(has) }
    if has(.televisionSet) { return .tv }
    if has(.tabletWord), has(.touchTablet), !has(.tabletPC) { return .tablet }
    if has(.desktopSystem), !has(.mobileWord) { return .desktop }
    if has(.featurePhone) { return .mobile }
    if has(.darwin) { return has(.macDarwin) ? .desktop : .mobile }
    return has(.anySystem) ? .desktop : .other
  }

  /// Browsers of Android say `Mobile` on phones and leave it out on tablets
  /// (<https://developer.chrome.com/docs/multidevice/user-agent>); other programs say neither.
  private static func android(_ has: (Token) -> Bool) -> DeviceType {
    if has(.televisionModel) { return .tv }
    if has(.tabletWord) { return .tablet }
    if has(.mobileWord) { return .mobile }
    return has(.browserOfAndroid) && !has(.program) ? .tablet : .mobile
  }
}
