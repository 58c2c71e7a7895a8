public import Hits
public import StatsStore

/// What other programs counted before own counting began, beside our own course, and never added to it.
public struct PastReport: Sendable {
  /// A step of the course of a series.
  public struct Step: Equatable, Sendable {
    /// Its start: `2024-01-31`, `2024-01` or `2024`.
    public var label: String
    /// Its numbers, by the origin's own names. A measure that does not add up, such as the different addresses of a month,
    /// is missing if the step consists of several periods.
    public var numbers: [String: Int64]
  }

  /// A list of the origin.
  public struct List: Sendable {
    /// What its values are.
    public var dimension: String
    /// The number of all values.
    public var values: Int
    /// The first values.
    public var rows: [PastStatistics.Value]
  }

  /// The statistics of one program.
  public struct Series: Sendable {
    /// The program.
    public var origin: PastOrigin
    /// The first and last day that is shown.
    public var days: ClosedRange<Int32>
    /// The length of its steps: the report's, or months if the program did not tell days.
    public var interval: TrendInterval
    /// Its course.
    public var steps: [Step]
    /// Its totals, of measures that add up: the sums of its steps, or what the program told of all days of a file, even if
    /// its list of days was cut off.
    public var totals: [String: Int64]
    /// Its lists, by dimension.
    public var lists: [List]
    /// The lists that the program cut off, `day` for that of days, with `rows` and `rows_counted`.
    public var cutLists: [PastStatistics.Value]

    /// The measures that its steps have, in the order in which they are shown.
    public var measures: [String] {
      origin.measures.filter { measure in steps.contains { $0.numbers[measure] != nil } }
    }
  }

  /// The series, the oldest first.
  public var series: [Series]
  /// The length of a step.
  public var interval: TrendInterval
  /// Our own course by the same steps; empty if nothing was counted in the period.
  public var own: [Report.TrendPoint]
  /// The first day that was counted here; nil if there is none.
  public var ownBegins: Int32?
}
