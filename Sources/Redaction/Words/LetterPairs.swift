/// How surprising a letter is after another one in words, in quarters of a bit.
///
/// Counted in Debian's lists of words of fifteen languages, those in Cyrillic transliterated, and in the names of its
/// packages. `Tests/Quality/letter_pairs.py` counts them again. A digit is its value, `A` is 10, `a` is 36.
enum LetterPairs {
  /// Returns the surprise of a letter (0 to 25) that begins a word.
  static func first(_ letter: UInt8) -> Int { Int(firsts[Int(letter)]) }

  /// Returns the surprise of a letter (0 to 25) after another one.
  static func after(_ previous: UInt8, _ letter: UInt8) -> Int { Int(pairs[Int(previous) * 26 + Int(letter)]) }

  private static let firsts = values("GIHGIJJKKPLGIJKEVHEINKPWUO")

  /// A row for each letter that comes first, a column for each letter after it.
  private static let pairs = values(
    [
      "TLHHQPLUHUNEGBVLbBEEOIWaSR",
      "CLNQCRFNEOWFPQEPTCKOHTXVLY",
      "BZNYEce9EaIJXdBVdHRIJdeeQP",
      "DOVO7SRQCTTNSPBUeIJSJTWePR",
      "JPLIOQMUJSOGHBRNa9BGQPUQXQ",
      "CWRVCHUWAVaFWZAWeEMIHcbaPc",
      "CWTQ9SLDETYISJFUeEGOHZaeVd",
      "9VESAVaeEXVMQMAWeKPHITWeKe",
      "HEHKFOJbcRPGJAHOXJDGSMdUZM",
      "5YKOBUYdOeNUPOCUeYKQDXaeeU",
      "BUWVBXUIEPKHWKBVeGHGHNUeNe",
      "BSTNBUTT7URFSSEReZKKIReeJb",
      "AIVQATYNCdXMISAFdUMTHZdeMe",
      "DVJEBODTDVOTYJHXZVECORbcMV",
      "RLGJQQLUNUOGGAMJbBEIKKLVRQ",
      "CaRT9VWMFeXFYUCIeCLLJXeeEe",
      "TbSYeZScVeeHHeZSWRTD2caeZe",
      "APPL9TOWCaOKMJERdMIIIQZeNS",
      "FRGUCRTIFQIMLQIIUUE9LQVeMT",
      "BVTY8WXFBWVQVRETeEHJJTVaLT",
      "JKJJHOJWGQNEHDUJeDCFXLVXQS",
      "6XYT8aWaBaVPUOFZeOMSNWeeMX",
      "8TSQAXZMAeSOSKEUeMIROeeaGY",
      "DQFNDLUOBcTLJUICbQLCMRUMKe",
      "CPJNITOUNWJJGIOKeJE9JNPbJK",
      "8PPOBbTGEYNNNKFNeQQOHOQeIK",
    ].joined())

  private static func values(_ digits: String) -> [UInt8] {
    digits.utf8.map { $0 < 0x41 ? $0 - 0x30 : $0 < 0x61 ? $0 - 0x41 + 10 : $0 - 0x61 + 36 }
  }
}
