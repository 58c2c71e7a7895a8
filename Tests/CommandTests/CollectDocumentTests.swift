import Foundation
import TestSupport
import Testing

/// docs/api.md and docs/collect.schema.json describe what `collect` does.
@Suite struct CollectDocumentTests {
  /// Returns the code block after a mark in docs/api.md.
  private static func block(_ mark: String) throws -> String {
    let url = SharedData.packageRoot.appendingPathComponent("docs/api.md")
    let text = try String(contentsOf: url, encoding: .utf8)
    let start = try #require(text.range(of: "<!-- \(mark) -->\n\n```")).upperBound
    let body = try #require(text[start...].firstIndex(of: "\n"))
    let end = try #require(text[body...].range(of: "\n```")).lowerBound
    return String(text[text.index(after: body)..<end]) + "\n"
  }

  @Test func theWorkedExampleDoesWhatItSays() async throws {
    let workshop = try Workshop()
    let commands = try Self.block("commands").replacing("footfall ", with: "'\(BuiltFootfall.binary.path)' ")
    let (first, rest) = try #require(commands.firstIndex(of: "\n").map { (commands[..<$0], commands[$0...]) })
    let added = try await workshop.bash(String(first)).output
    let id = try #require(added.firstMatch(of: /gx_[0-9A-Z]{12}/)).output
    try workshop.write([Self.block("requests.ndjson").replacing("gx_XXXXXXXXXXXX", with: id)], to: "requests.ndjson")
    let result = try await workshop.bash(String(rest))
    #expect(result.errors == "")
    // The summary separates its blocks with empty lines, which the document omits.
    let printed = (added + result.output).replacing(id, with: "gx_XXXXXXXXXXXX").replacing("\n\n", with: "\n")
    #expect(printed == (try Self.block("output")))
  }

  private static let ends = #""tracking_id":"gx_ID","url":"https://example.com/a","pathname":"/a""#
  /// Accepted and refused bodies. All of them are JSON objects, and none breaks a rule that a schema cannot express.
  private static let bodies: [(body: String, isTaken: Bool)] = [
    (ends, true), (#""type":"pageview",\#(ends)"#, true), (#""type":null,\#(ends)"#, true),
    (#""type":"event",\#(ends),"name":"Signup""#, true), (#""type":"event",\#(ends)"#, false),
    (#""type":"click",\#(ends)"#, false), (#""type":1,\#(ends)"#, false), (#""type":"",\#(ends)"#, false),
    (#"\#(ends),"name":"Signup""#, true), (#"\#(ends),"name":"""#, true), (#"\#(ends),"name":null"#, true),
    (#"\#(ends),"name":5"#, false), (#""type":"pageview",\#(ends),"name":5,"props":[]"#, true),
    (#""type":"event",\#(ends),"name":"""#, false),
    (#"\#(ends),"name":"\#(String(repeating: "é", count: 255))""#, true),
    (#"\#(ends),"name":"\#(String(repeating: "é", count: 256))""#, false), (#"\#(ends),"name":"a\u0007""#, false),
    (#"\#(ends),"name":"A","props":{}"#, true), (#"\#(ends),"name":"A","props":null"#, true),
    (#"\#(ends),"name":"A","props":{"a":"b","c":1.5,"d":false}"#, true),
    (#"\#(ends),"name":"A","props":{"a":null}"#, false), (#"\#(ends),"name":"A","props":{"a":[1]}"#, false),
    (#"\#(ends),"name":"A","props":{"":1}"#, false), (#"\#(ends),"name":"A","props":"{}""#, false),
    (#""tracking_id":"gx_4F7K2M9QX1T-","url":"/","pathname":"/""#, false),
    (#""tracking_id":7,"url":"/","pathname":"/""#, false), (#""url":"/","pathname":"/""#, false),
    (#""tracking_id":"gx_ID","pathname":"/""#, false), (#""tracking_id":"gx_ID","url":"","pathname":"/""#, false),
    (#""tracking_id":"gx_ID","url":"/""#, false), (#""tracking_id":"gx_ID","url":"/","pathname":"a""#, false),
    (#"\#(ends),"ip":"192.0.2.1""#, true), (#"\#(ends),"ip":"2001:db8::1""#, true), (#"\#(ends),"ip":"""#, true),
    (#"\#(ends),"ip":null"#, true), (#"\#(ends),"ip":"host.example""#, false),
    (#"\#(ends),"ip":"192.0.2.1:80""#, false), (#"\#(ends),"ip":3221225985"#, false),
    (#"\#(ends),"user_agent":"A","referrer":"https://example.org/","utm_source":"s""#, true),
    (#"\#(ends),"user_agent":1"#, false), (#"\#(ends),"referrer":{}"#, false), (#"\#(ends),"utm_term":[]"#, false),
    (#"\#(ends),"timestamp":1762000000"#, true), (#"\#(ends),"timestamp":null"#, true),
    (#"\#(ends),"timestamp":-1"#, false), (#"\#(ends),"timestamp":4102444800"#, false),
    (#"\#(ends),"timestamp":1.5"#, false), (#"\#(ends),"timestamp":"1762000000""#, false),
    (#"\#(ends),"else":{"a":[null]}"#, true),
  ]

  /// Prints the numbers of the lines in a file that violate the schema.
  private static let validator = """
    import json, sys, jsonschema
    schema = json.load(open(sys.argv[1]))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    for number, line in enumerate(open(sys.argv[2], encoding="utf-8"), 1):
        if not validator.is_valid(json.loads(line)): print(number)
    """

  @Test(.enabled(if: Python.has("jsonschema"), "needs python3 with jsonschema, as make test installs it"))
  func theSchemaTakesWhatCollectTakes() async throws {
    let workshop = try Workshop()
    let added = try await workshop.footfall("sites", "add", "example.com").output
    let id = try #require(added.firstMatch(of: /gx_[0-9A-Z]{12}/)).output
    try workshop.write(Self.bodies.map { "{\($0.body)}\n".replacing("gx_ID", with: id) }, to: "bodies")
    let refused = Self.bodies.enumerated().filter { !$0.element.isTaken }.map { "\($0.offset + 1)" }
    let collected = try await workshop.footfall(
      "collect", "bodies", "--rejects", "wrong", "--max-reject-rate", "100", "--json")
    #expect(collected.code == 0 && collected.errors == "")
    let wrong = try String(contentsOfFile: workshop.path("wrong"), encoding: .utf8)
    #expect(wrong.split(separator: "\n").map { String($0.split(separator: ":")[1]) } == refused)
    let schema = SharedData.packageRoot.appendingPathComponent("docs/collect.schema.json").path
    let validated = try await ChildProcess.run(
      "/usr/bin/env", ["python3", "-c", Self.validator, schema, "bodies"], in: workshop.folder,
      environment: Python.environment)
    #expect(validated.errors == "")
    #expect(validated.output.split(separator: "\n").map(String.init) == refused)
  }
}
