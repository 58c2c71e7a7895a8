import ArgumentParser
import Clustering
import Foundation
import Importing

/// Where the key of a job comes from: never the command line, which everybody on the machine can read.
struct JobKeyOptions: ParsableArguments {
  @Option(
    name: .customLong("key-fd"),
    help: ArgumentHelp(
      "Read the job key from this descriptor; otherwise it is in the environment (FOOTFALL_JOB_KEY).", valueName: "n"))
  var descriptor: Int32?

  /// The key.
  ///
  /// - Throws: ``ImportFailure/usage(_:)`` where there is none.
  func key() throws -> JobKey {
    if let descriptor {
      let handle = FileHandle(fileDescriptor: descriptor)
      guard let bytes = try? handle.readToEnd() else {
        throw ImportFailure.usage(
          "descriptor \(descriptor) cannot be read; hand the job key over as in --key-fd 3 3<<<\"$KEY\"")
      }
      return try JobKey(text: String(decoding: bytes, as: UTF8.self))
    }
    guard let text = ProcessInfo.processInfo.environment[JobKey.variable] else {
      throw ImportFailure.usage(
        "no job key; hand over what footfall job-key prints, in the environment (\(JobKey.variable)) or by --key-fd")
    }
    return try JobKey(text: text)
  }
}
