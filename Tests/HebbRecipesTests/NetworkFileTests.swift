import HebbArrays
import HebbRecipes
import Testing

/// Mistakes in network files are told with the line and what was expected.
@Suite struct NetworkFileTests {
  @Test(
    arguments: [
      ("data: mnist\nnetwork: [flaten, linear: 10]", "line 2: “flaten” is not a known layer; did you mean “flatten”?"),
      ("data: {set: mnits}\nnetwork: [flatten]", "line 1: “mnits” is not a known data set; did you mean “mnist”?"),
      (
        "data: mnist\nnetwok: [flatten]",
        "line 2: “netwok” is not a known setting of a network file; did you mean “network”?"
      ),
      ("data: mnist", "line 1: a network file needs “network”; add network: … there"),
      (
        "data: mnist\nnetwork:\n  - conv: {filters: 6, kernal: 5}",
        "line 3: “kernal” is not a known setting of conv; did you mean “kernel”?"
      ),
      (
        "data: mnist\nnetwork:\n  - flatten\n  - linear: many",
        "line 4: expected a whole number, or “classes”, found “many”; "
          + "write a whole number, or “classes” there"
      ),
      (
        "data: mnist\nnetwork:\n  - conv:\n      filters: 6\n      kernel: 50",
        "line 3: conv spans 50 × 50, more than what comes in, 28 × 28; make it smaller, or add padding: same"
      ),
      (
        "data: mnist\nnetwork:\n  - linear: classes",
        "line 3: the network gives [28, 28, 10], not [10], a number for each class or target; "
          + "add flatten, then end with linear: classes"
      ),
      (
        "data: iris\nnetwork: [linear: classes]\ntraining:\n  optimizer: adm",
        "line 4: “adm” is not a known optimizer; did you mean “adam”?"
      ),
      (
        "data: iris\nnetwork: [linear: classes]\ntraining:\n  optimizer: {adam: {rate: -1}}",
        "line 4: expected a number from 1e-12 to 1000, found “-1”; write a number from 1e-12 to 1000 there"
      ),
      (
        "data: iris\nnetwork: [linear: classes]\ntraining: {schedule: one-circle}",
        "line 3: “one-circle” is not a known schedule; did you mean “one-cycle”?"
      ),
      (
        "data: iris\nnetwork: [linear: classes]\ntraining: {epochs: 2.5}",
        "line 3: expected a whole number from 1 to 100000, found “2.5”; write a whole number from 1 to 100000 there"
      ),
      (
        "data: {set: iris, folder: x}\nnetwork: [linear: classes]",
        "line 1: data must name one source, not 2; write one of set, folder, table, series and arrays"
      ),
      (
        "data: iris\nnetwork:\n  - linear: 4\n    relu:\n",
        "line 3: 2 names stand in one entry of the list; begin each with “- ”, and indent its settings"
      ),
      ("data: iris\ndata: mnist\nnetwork: [relu]", "line 2: “data” comes twice; keep one of them"),
      (
        "data: mnist\nnetwork:\n  - residual: [conv: {filters: 4, kernel: 3}]",
        "line 3: the layers give [26, 26, 4], the shortcut [28, 28, 1]: they cannot be added; "
          + "make their sizes equal, or give a shortcut with a conv of its own"
      ),
      (
        "data: iris\nnetwork:\n  - lstm: 8",
        "line 3: lstm needs sequences [time, features], but [4] comes in; add reshape: [TIME, FEATURES]"
      ),
      (
        "data: iris\nnetwork:\n  - reshape: [4, 1]\n  - final-state: [gru: 8, gru: 8]",
        "line 4: final-state takes one recurrent layer; write final-state: [lstm: 64], say"
      ),
      ("", "line 1: it is empty; start from hebb recipes NAME"),
    ])
  func mistake(_ text: String, _ message: String) {
    #expect(NetworkFileTests.error(of: text) == "test.yaml, \(message)")
  }

  @Test func sequencesAreDeclared() {
    let text = """
      data: iris
      network:
        - reshape: [4, 1]
        - bidirectional: [lstm: 6]
        - bidirectional: {layer: [rnn: 5], joining: add}
        - variational-dropout: 0.2
        - projected-lstm: {units: 7, outputs: 3}
        - residual: {layers: [final-state: [peephole-lstm: 4]], shortcut: [relu-rnn: 4, last-step]}
        - linear: classes
      """
    #expect(NetworkFileTests.error(of: text) == nil)
  }

  @Test func syntaxErrorsNameTheirLine() {
    let text = NetworkFileTests.error(of: "data: mnist\nnetwork: [flatten\n")
    #expect(text?.hasPrefix("test.yaml, line 3: while parsing a flow sequence") == true)
  }

  /// What could make a parser or a builder run away is refused with one line.
  @Test(
    arguments: [
      String(repeating: "[", count: 60_000), String(repeating: "- ", count: 30_000),
      String(repeating: "a", count: 70_000),
      "a: &x [1, 2]\nb: *x", "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\ndata: *c", "? [a]\n: b",
      (0..<400).map { String(repeating: " ", count: $0) + "a:\n" }.joined(), "\u{0}", "%YAML 9.9\n---\na: b", "{}",
      "[]",
      "data: iris\nnetwork: [linear: 999999999999999999999]",
      "data: iris\nnetwork: [linear: 1000000, linear: 1000000]",
      "data: iris\nnetwork: [repeat: {times: 1000, layers: [repeat: {times: 1000, layers: [relu]}]}]",
      "data: mnist\nnetwork: [conv: {filters: 1000000, kernel: 255, padding: same}]",
      "data: iris\nnetwork: [reshape: [4611686018427387904, 4]]",
      "data: iris\nnetwork: [reshape: [0]]", "data: iris\nnetwork: [reshape: []]", "data: iris\nnetwork: [dropout: 1]",
      "data: mnist\nnetwork: [max-pool: 0]", "data: mnist\nnetwork: [adaptive-average-pool: 1000000]",
      "data: iris\nnetwork: [maxout: 3]", "data: mnist\nnetwork: [conv: {filters: 4, groups: 3}]",
      "data: mnist\nnetwork: [max-pool: {size: 2, padding: 2}]",
      "data: iris\nnetwork: [reshape: [4, 1], lstm: 1000000]", "data: iris\nnetwork: [bidirectional: [relu]]",
      "data: iris\nnetwork: [embedding: {count: 16777216, features: 65536}]",
    ])
  func hostile(_ text: String) {
    let error = NetworkFileTests.error(of: text)
    #expect(error != nil)
    #expect(error?.contains(where: \.isNewline) == false)
  }

  /// The error of reading and building a network, or nil.
  static func error(of text: String) -> String? {
    do throws(DataError) {
      _ = try TrainingSession.networkAlone(TrainingPlan(NetworkSpec(yaml: text, file: "test.yaml"), base: ""))
      return nil
    } catch {
      return error.description
    }
  }
}
