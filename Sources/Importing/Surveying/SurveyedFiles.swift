import AccessLog
import Collecting
import Ledger
import LogInput

/// Reads the logs of a survey: their lines are looked at, and nothing is counted or written.
struct SurveyedFiles {
  let inputs: ImportInputs
  /// Finds the lines of chunks; nothing is compared with their hashes.
  private let hasher = LineHasher(key: (.random(in: .min ... .max), .random(in: .min ... .max)))
  private let classifier = LineClassifier()

  /// Checks the options and finds the files.
  ///
  /// - Parameter paths: files, globs, folders, `-` for standard input.
  /// - Throws: ``ImportFailure``.
  init(paths: [String], reading: ReadingOptions, rules: RuleOptions) throws {
    inputs = try ImportInputs(
      ImportOptions(
        paths: paths, database: "", site: nil, timeZone: nil, reading: reading, geo: [],
        robotAddresses: RobotAddressOptions(), events: [], workers: 1, takesPartialTail: true, overlap: .new,
        rereads: true, maxRejectRate: 1, rejectsFile: nil, wait: 0, sealDelay: 0, sealsAtOnce: false, version: "",
        rules: rules))
  }

  /// Reads all files, one after the other.
  ///
  /// - Parameters:
  ///   - onProblem: called for each file that could not be read completely.
  ///   - onLine: called with each line that matches its format, the bytes that it is in, and what it asked for.
  /// - Returns: whether all files could be read completely.
  func read(
    onProblem: (String) -> Void, onLine: (LogLine, Span<UInt8>, LineClassifier.Class) -> Void
  ) -> Bool {
    var problems = inputs.unreadable.compactMap(\.complaint)
    problems.forEach(onProblem)
    for file in inputs.files {
      guard let problem = read(file, onLine) else { continue }
      problems.append(problem)
      onProblem("\(file): \(problem)")
    }
    return problems.isEmpty
  }

  /// Reads one file.
  ///
  /// - Returns: the problem with the file; nil if there is none.
  private func read(_ file: String, _ onLine: (LogLine, Span<UInt8>, LineClassifier.Class) -> Void) -> String? {
    let source: ByteSource
    var format: LogFormat?
    do throws(InputError) { source = try ByteSource(path: file) } catch { return error.reason }
    do throws(FormatError) { format = try inputs.reading.format(ofFile: file) } catch {
      return "its format in the server configuration is invalid: \(error)"
    }
    let reader = ChunkReader(source)
    let isAdaptive = format == nil
    var current: FileFormat?
    var (lines, misfits) = (0, 0)
    var doubts = FileDoubts()
    while let chunk = reader.next(reusing: .none, takesTail: true) {
      if current == nil {
        let finding = inputs.reading.firstFormat(format, chunk.bytes.span, 0..<chunk.count)
        guard let found = finding.format else { return DetectionText.refusal(finding) }
        current = FileFormat(found, isAdaptive: isAdaptive, inputs.reading)
      }
      guard var following = current.take() else { break }
      var read = following.take(chunk, hasher.lines(of: chunk), file: 0, sequence: 0)
      format = following.format
      current = following
      read.parse(inputs.reading)
      doubts.addNext(read.doubt, read.suggestion, overlong: read.chunk.overlongLines, lines: read.lines.count)
      let counted = add(read, onLine)
      lines += counted.lines
      misfits += counted.misfits
    }
    return source.problem ?? Self.problem(misfits, of: lines, format) ?? doubts.run?.warning(format?.name ?? "")
  }

  /// Passes the lines of a chunk on. Returns the number of those that are lines of a log or should be, and of those among
  /// them that do not match their format.
  private func add(
    _ read: FileChunk, _ onLine: (LogLine, Span<UInt8>, LineClassifier.Class) -> Void
  ) -> (lines: Int, misfits: Int) {
    let bytes = read.chunk.bytes.span
    var (lines, misfits) = (0, 0)
    for line in read.parsed ?? [] {
      if let reason = line.malformed {
        misfits += reason.isMisfit ? 1 : 0
        continue
      }
      lines += 1
      let fields = line.fields
      onLine(
        fields, bytes,
        classifier.classify(bytes, method: fields.method, target: fields.target, status: fields.status))
    }
    return (lines + misfits, misfits)
  }

  private static func problem(_ misfits: Int, of lines: Int, _ format: LogFormat?) -> String? {
    guard let format, misfits * 2 > lines else { return nil }
    return "\(misfits) of \(lines) lines do not match the format \(format.name); name the right one with --format"
  }
}
