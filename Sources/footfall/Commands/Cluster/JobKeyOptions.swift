import ArgumentParser
import Clustering
import Foundation
import Importing

/// The source of the job key: the environment or a file descriptor, never the command line, which everybody on the
/// machine can read.
struct JobKeyOptions: ParsableArguments {
  @Option(
    name: .customLong("key-fd"),
    help: ArgumentHelp(
      "Read the job key from this file descriptor (default: environment variable FOOTFALL_JOB_KEY).", valueName: "n"))
  var descriptor: Int32?

  /// Reads the key.
  ///
  /// - Throws: ``ImportFailure/usage(_:)`` if there is no key.
  func key() throws -> JobKey {
    if let descriptor {
      let handle = FileHandle(fileDescriptor: descriptor)
      guard let bytes = try? handle.readToEnd() else {
        throw ImportFailure.usage(
          "descriptor \(descriptor) cannot be read; pass the job key as in --key-fd 3 3<<<\"$KEY\"")
      }
      return try JobKey(text: String(decoding: bytes, as: UTF8.self))
    }
    guard let text = ProcessInfo.processInfo.environment[JobKey.variable] else {
      throw ImportFailure.usage(
        "no job key; pass the output of footfall job-key in the environment (\(JobKey.variable)) or by --key-fd")
    }
    return try JobKey(text: text)
  }
}
