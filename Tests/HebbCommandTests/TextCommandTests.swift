import Foundation
import Testing

/// `hebb classify` and `hebb tag`.
@Suite struct TextCommandTests {
  private static let table: String = {
    let rows = (0..<80).map { index in
      let word = index % 2 == 0 ? ["good", "fine"][index / 2 % 2] : ["bad", "dull"][index / 2 % 2]
      return "\(index % 2 == 0 ? "up" : "down"),the thing number \(index / 4) was \(word)\n"
    }
    return "label,text\n" + rows.joined()
  }()

  private static let sentences = (0..<30).map { index in
    "\(["Ann", "Bo"][index % 2])\tB-name\nsaw\tO\n\(["Rome", "Oslo"][index / 2 % 2])\tB-place\n"
  }.joined(separator: "\n")

  @Test func textsAreClassified() throws {
    let tool = try Tool()
    defer { tool.clean() }
    try tool.write(Data(Self.table.utf8), to: "mine.csv")
    let train = try tool.run(
      "train", "classify", "--kind", "ngrams", "--data", "mine.csv", "--epochs", "60", "--out", "run")
    #expect(train.code == 0 && train.output.contains("hebb classify run TEXT"), "\(train)")
    #expect(train.output.contains("test accuracy 100.00 %") && train.output.contains("a linear model of words"))
    let one = try tool.run("classify", "run", "a good thing", "--top", "1")
    #expect(one.code == 0 && one.output.hasPrefix("up ") && !one.output.contains("down"), "\(one)")
    let piped = try tool.run("classify", "run", "-", "--json", input: Array("it was bad\r\n\r\nfine\n".utf8))
    let lines = piped.output.split(separator: "\n")
    #expect(lines.count == 2 && lines[0].contains(#""input":"standard input:1","text":"it was bad","class":"down""#))
    #expect(lines[1].contains(#""input":"standard input:3""#))
    let whole = try tool.run("classify", "run", "mine.csv")
    #expect(whole.output.split(separator: "\n").count == 80)
    for (input, part) in [("gone.txt", "no such file"), (" ", "it is empty"), ("bytes", "UTF-8"), ("blank", "no text")]
    {
      try tool.write(Data([0xFF, 0xFE, 0x00]), to: "bytes")
      try tool.write(Data("\n \n".utf8), to: "blank")
      let result = try tool.run("classify", "run", input)
      #expect(result.code == 2 && result.errors.contains(part) && result.output.isEmpty, "\(result)")
      #expect(result.errors.split(separator: "\n").count == 1)
    }
    let other = try tool.run("tag", "run", "text")
    #expect(other.code == 2 && other.errors.contains("use hebb classify"))
  }

  /// The test part of the run's own data, and labelled texts of any other file.
  @Test func classifiersAreMeasured() throws {
    let tool = try Tool()
    defer { tool.clean() }
    try tool.write(Data(Self.table.utf8), to: "mine.csv")
    let train = try tool.run(
      "train", "classify", "--kind", "ngrams", "--data", "mine.csv", "--epochs", "60", "--out", "run", "--json")
    let own = try tool.run("evaluate", "run", "--json")
    #expect(
      own.output.hasPrefix(#"{"task":"classify","data":"\#(tool.folder)/mine.csv","accuracy":1.0,"f1":1.0"#), "\(own)")
    #expect(train.output.contains(#""accuracy":1.0,"f1":1.0"#))
    // A quarter of these is labelled wrong.
    try tool.write(Data("text,label\na good thing,up\nit was bad,down\nfine,up\ndull,up\n".utf8), to: "new.csv")
    let other = try tool.run("evaluate", "run/model.safetensors", "--data", "new.csv", "--quiet")
    #expect(other.output == "test accuracy 75.00 % (3 of 4), F1 73.33 % (mean over the classes)\n", "\(other)")
    let summary = try tool.run("summary", "run")
    #expect(
      summary.output.contains("Linear(100 → 2)") && summary.output.contains("weight [100, 2], bias [2]"), "\(summary)")
    try tool.write(Data("text,label\na,up\nb,over\n".utf8), to: "odd.csv")
    try FileManager.default.copyItem(
      atPath: "\(tool.folder)/run/model.safetensors", toPath: "\(tool.folder)/alone.safetensors")
    for (arguments, part) in [
      (["run", "--data", "odd.csv"], "“over” is no class of the network"),
      (["run", "--data", "none.csv"], "no such file"),
      (["alone.safetensors"], "no run.json beside it"), (["classify"], "a recipe has no weights"),
    ] {
      let wrong = try tool.run(all: ["evaluate"] + arguments)
      #expect(wrong.code == 2 && wrong.errors.contains(part), "\(wrong)")
      #expect(wrong.errors.split(separator: "\n").count == 1)
    }
  }

  /// What a run has learnt must be there unchanged when it goes on, or is tested.
  @Test func otherDataAreRefused() throws {
    let tool = try Tool()
    defer { tool.clean() }
    try tool.write(Data(Self.table.utf8), to: "mine.csv")
    let options = ["train", "classify", "--kind", "ngrams", "--data", "mine.csv", "--epochs", "2", "--out", "run"]
    #expect(try tool.run(all: options).code == 0)
    #expect(try tool.run("train", "--resume", "run", "--epochs", "3", "--quiet").code == 0)
    for (text, part) in [
      (Self.table + "up,it was good\n", "64 + 8 + 8 samples then, 65 + 8 + 8 now"),
      (Self.table.replacingOccurrences(of: "number 7", with: "number 8"), "as many samples, others"),
    ] {
      try tool.write(Data(text.utf8), to: "mine.csv")
      for arguments in [["train", "--resume", "run", "--epochs", "4"], ["evaluate", "run"]] {
        let result = try tool.run(all: arguments)
        #expect(
          result.code == 2 && result.errors.contains("it is not what the run has learnt from (\(part))"), "\(result)")
        #expect(result.errors.split(separator: "\n").count == 1)
      }
    }
    try tool.write(Data(Self.table.utf8), to: "mine.csv")
    #expect(try tool.run("train", "--resume", "run", "--epochs", "4", "--quiet").code == 0)
  }

  @Test func unknownWordsAreTold() throws {
    let tool = try Tool()
    defer { tool.clean() }
    try tool.write(Data(Self.table.utf8), to: "mine.csv")
    #expect(
      try tool.run("train", "classify", "--kind", "ngrams", "--data", "mine.csv", "--epochs", "2", "--out", "run").code
        == 0)
    let known = try tool.run("classify", "run", "the Thing was good!")
    #expect(known.errors.isEmpty, "\(known)")
    let plain = try tool.run("classify", "run", "the Xyzzy was good", "a xyzzy, plugh")
    #expect(plain.errors == "note: the network has never seen “xyzzy”, “a”, “plugh”\n", "\(plain)")
    let json = try tool.run("classify", "run", "the Xyzzy was good", "--json")
    #expect(json.errors.isEmpty && json.output.hasSuffix("\"unknown\":[\"xyzzy\"]}\n"), "\(json)")
  }

  /// A set whose file has no lines, as a download that broke off leaves it.
  @Test func emptySetsAreTold() throws {
    let tool = try Tool()
    defer { tool.clean() }
    let lines = (0..<20).map { "a film number \($0)\t\($0 % 2)\n" }.joined()
    try FileManager.default.createDirectory(atPath: "\(tool.folder)/data/sst2", withIntermediateDirectories: true)
    for (empty, part) in [("train", "learn from"), ("dev", "judge by"), ("test", "test on")] {
      for name in ["train", "dev", "test"] {
        try tool.write(Data((name == empty ? "" : lines).utf8), to: "data/sst2/\(name).tsv")
      }
      let result = try tool.run("train", "sentiment", "--data", "data/sst2", "--out", "run")
      #expect(result.code == 2 && result.errors.contains("it has no texts to \(part)"), "\(result)")
      #expect(!tool.exists("run"))
    }
  }

  @Test func entitiesAreTagged() throws {
    let tool = try Tool()
    defer { tool.clean() }
    try tool.write(Data(Self.sentences.utf8), to: "mine.conll")
    let train = try tool.run("train", "tag", "--data", "mine.conll", "--epochs", "30", "--out", "run")
    #expect(train.code == 0 && train.output.contains("test F1 100.00 %"), "\(train)")
    let table = try tool.run("tag", "run", "Bo saw Rome")
    #expect(table.code == 0 && table.output.contains("place") && table.output.contains("11"), "\(table)")
    let json = try tool.run("tag", "run", "-", "--json", input: Array("Bo saw Rome\nsaw\n".utf8))
    let lines = json.output.split(separator: "\n")
    #expect(lines.count == 2 && lines[0].contains(#"{"text":"Rome","kind":"place","from":7,"to":11}"#), "\(json)")
    #expect(lines.last?.hasSuffix(#""entities":[]}"#) == true)
    #expect(try tool.run("tag", "run", "saw").output == "nothing found\n")
    let own = try tool.run("evaluate", "run")
    #expect(own.output.hasPrefix("test F1 100.00 % of whole entities") && own.output.contains("\nplace "), "\(own)")
    try tool.write(Data("Ann\tO\nsaw\tO\nOslo\tB-place\n".utf8), to: "new.conll")
    let other = try tool.run("evaluate", "run", "--data", "new.conll", "--json")
    #expect(other.output.contains(#""data":"new.conll","precision":0.5,"recall":1.0,"#), "\(other)")
    for (text, part) in [("Ann\tB-town\n", "“B-town” is no tag"), ("北京\tO\n", "“北京” is one word there")] {
      try tool.write(Data(text.utf8), to: "odd.conll")
      let wrong = try tool.run("evaluate", "run", "--data", "odd.conll")
      #expect(wrong.code == 2 && wrong.errors.contains(part), "\(wrong)")
    }
    let summary = try tool.run("summary", "run")
    #expect(summary.output.contains("LinearChainCRF") && summary.output.contains("transitions [3, 3]"), "\(summary)")
  }

  /// A run that is stopped and resumed gives the same file as one that was not, with another number of threads too.
  @Test func interruptedRunsGoOnToTheSameBits() throws {
    let tool = try Tool()
    defer { tool.clean() }
    try tool.write(Data(Self.table.utf8), to: "mine.csv")
    try tool.write(Data(Self.sentences.utf8), to: "mine.conll")
    for arguments in [
      ["train", "classify", "--kind", "lstm", "--data", "mine.csv", "--epochs", "15"],
      ["train", "tag", "--data", "mine.conll", "--epochs", "15"],
    ] {
      let name = arguments[1]
      #expect(try tool.run(all: arguments + ["--out", "\(name)-whole", "--quiet"]).code == 0)
      let stopped = try tool.run(all: arguments + ["--out", "\(name)-parts"], interruptingAt: "epoch  1/15")
      #expect(stopped.code == 130, "\(stopped)")
      #expect(try tool.run("train", "--resume", "\(name)-parts", "--quiet", "--threads", "1").code == 0)
      let (whole, parts) = (
        try tool.bytes("\(name)-whole/model.safetensors"), try tool.bytes("\(name)-parts/model.safetensors")
      )
      #expect(whole == parts)
    }
  }
}
