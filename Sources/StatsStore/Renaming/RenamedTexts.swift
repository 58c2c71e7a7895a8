/// What renaming changes, or has changed.
public struct RenamedTexts: Equatable, Sendable {
  /// The values of one dimension of a site.
  public struct Values: Equatable, Sendable {
    /// The name of the dimension; `past_page` and the like for what other programs counted.
    public var dimension: String
    /// The number of texts that lose their place to another one.
    public var texts = 0
    /// The number of names that they get.
    public var names = 0
    /// The number of rows that get another name. A row is one value on one day.
    public var rows = 0
    /// The number of rows that end in another one, because both have the same name now.
    public var joined = 0
  }

  /// A site with changes.
  public struct Site: Equatable, Sendable {
    /// The main host.
    public var host: String
    /// The number of sealed days that change.
    public var sealedDays = 0
    /// The number of open days that change; they are counted again.
    public var openDays = 0
    /// The dimensions that change.
    public var values: [Values] = []
  }

  /// The sites with changes, by host.
  public var sites: [Site]

  /// Whether everything has its name already.
  public var isEmpty: Bool { sites.isEmpty }
}
