/// Determines the kind of device from tokens of the agent. The more specific ones are checked first.
///
/// uap-core has no list of kinds. docs/quality.md shows how accurate the rules are.
enum DeviceTokens {
  /// In the order in which ``DevicePatterns`` lists them.
  enum Token: Int, CaseIterable {
    case television, telephoneOrDesktop, console, televisionModel, televisionSet, iPad, iPhone, wearable, carOrSpeaker
    case watch, laptop, phoneWord, android, tabletWord, mobileWord, program, browserOfAndroid, touchTablet, tabletPC,
      desktopSystem
    case featurePhone, darwin, macDarwin, anySystem
  }

  /// Returns the device of an agent; `has` returns whether the agent contains a token.
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

  /// Returns the device of an Android agent. Browsers on Android write `Mobile` on phones and omit it on tablets
  /// (<https://developer.chrome.com/docs/multidevice/user-agent>). Other programs make no such distinction.
  private static func android(_ has: (Token) -> Bool) -> DeviceType {
    if has(.televisionModel) { return .tv }
    if has(.tabletWord) { return .tablet }
    if has(.mobileWord) { return .mobile }
    return has(.browserOfAndroid) && !has(.program) ? .tablet : .mobile
  }
}
