import Hits
import StatsStore

/// Why a line of a log was counted or not.
public struct Explanation: Sendable {
  /// A field of the line.
  public struct Field: Equatable, Sendable {
    /// The name of the field.
    public var name: String
    /// Its text in the line, even if it is an address, a user agent or a query.
    public var text: String
    /// The same without personal data; nil if nothing remains.
    public var cleanText: String?
  }

  /// The result of a stage for the line.
  public struct Stage: Equatable, Sendable {
    /// The name of the stage.
    public var name: String
    /// The outcome, if the line ended at this stage; nil if it went on.
    public var outcome: Outcome?
    /// Details; may be empty.
    public var detail: String
  }

  /// The number of the line, from 1.
  public var number: Int
  /// The format it was read in.
  public var format: String
  /// The fields that the line has.
  public var fields: [Field] = []
  /// The result of each stage, in order.
  public var stages: [Stage] = []
  /// The site and the local time; nil if the line has no site.
  public var moment: (site: String, time: String)?
  /// The outcome of the line, if it is new.
  public var outcome: Outcome
  /// The rows of statistics that the line alone would add; empty if it is not counted.
  public var rows: [StatisticsRow] = []
  /// What is known of the behaviour of the line's visitor.
  public var behaviour = ExplainedBehaviour.notAsked(.noVisitor)

  /// The stage that decided the outcome; nil if all stages let the line go on.
  public var decidingStage: String? {
    stages.last { $0.outcome == outcome }?.name ?? (outcome == .event ? "event rule" : nil)
  }
}
