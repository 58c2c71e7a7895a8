import Hits
import StatsStore

/// Why a line of a log was counted or not.
public struct Explanation: Sendable {
  /// A field of the line.
  public struct Field: Equatable, Sendable {
    /// What it is.
    public var name: String
    /// What stands in the line, addresses, agents and queries too.
    public var text: String
    /// The same with nothing personal in it; nil where nothing is left.
    public var cleanText: String?
  }

  /// What a stage said of the line.
  public struct Stage: Equatable, Sendable {
    /// The name of the stage.
    public var name: String
    /// How the line's way ended here; nil where it went on.
    public var outcome: Outcome?
    /// What there is to know of it; may be empty.
    public var detail: String
  }

  /// The number of the line, from 1.
  public var number: Int
  /// The format it was read in.
  public var format: String
  /// Its fields; those it does not have are left out.
  public var fields: [Field] = []
  /// What each stage said, in order.
  public var stages: [Stage] = []
  /// The site and the local time; nil where it has none.
  public var moment: (site: String, time: String)?
  /// How it ends, if it is new.
  public var outcome: Outcome
  /// The rows of statistics that it would give alone: nothing for lines that are not counted.
  public var rows: [StatisticsRow] = []

  /// The stage that decided; nil where all let the line go on.
  public var decidingStage: String? {
    stages.last { $0.outcome == outcome }?.name ?? (outcome == .event ? "event rule" : nil)
  }
}
