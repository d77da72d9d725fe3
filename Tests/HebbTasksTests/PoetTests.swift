import Foundation
import Hebb
import HebbTasks
import Testing

@Suite struct PoetTests {
  /// Forty poems of four lines, half of them of five characters a line.
  private static let poems: String = {
    let characters = Array("春眠不覺曉處聞啼鳥夜來風雨聲花落知多少白日依山盡黃河入海流欲窮千里目更上一層樓")
    let entries = (0..<40).map { poem -> String in
      let length = poem % 2 == 0 ? 5 : 7
      let lines = (0..<4).map { line -> String in
        let start = poem * 7 + line * 3
        let text = (0..<length).map { String(characters[(start + $0) % characters.count]) }.joined()
        return text + (line % 2 == 0 ? "，" : "。")
      }
      return "{\"paragraphs\":[\"\(lines[0] + lines[1])\",\"\(lines[2] + lines[3])\"]}"
    }
    return "[" + entries.joined(separator: ",") + "]"
  }()

  private func lines(_ poem: String) -> [Substring] { poem.split { "，。\n".contains($0) } }

  @Test func poemsHoldTheirForm() throws {
    try withTaskFolder { folder in
      let (run, outcome) = try TaskRun.quick("poet", on: PoetTests.poems, in: folder, epochs: 2, file: "poems.json")
      #expect(outcome.numbers.map(\.name) == ["perplexity", "characterPerplexity", "rightForms"])
      let writer = try PoemWriter(reading: run.model)
      guard case .poems = try TrainedWriter(reading: run.model) else { return #expect(Bool(false)) }
      var random = Philox(seed: 1)
      for form in [5, 7] {
        for count in [4, 8, 12] {
          let poem = PoemRequest(form: form, lines: count).poem(by: writer, using: &random)
          #expect(lines(poem).map(\.count) == [Int](repeating: form, count: count), "\(poem)")
        }
      }
      // Given characters stand where they were asked for, unknown ones too.
      let request = PoemRequest(form: 7, lines: 8, acrostic: "春夏秋冬", prompt: "春風電")
      let poem = lines(request.poem(by: writer, using: &random))
      #expect(poem.prefix(4).map { $0.prefix(1) } == ["春", "夏", "秋", "冬"] && poem[0].hasPrefix("春風電"), "\(poem)")
      #expect(request.unknown(to: writer).contains("電") && !request.unknown(to: writer).contains("春"))
    }
  }

  /// Poems as `fortune` keeps them: colours, titles and poems of other forms are left out.
  @Test func fortunesAreRead() throws {
    let poem = "\u{1B}[32m《春晓》\u{1B}[m\n\u{1B}[33m作者：孟浩然\u{1B}[m\n春眠不觉晓，处处闻啼鸟。\n夜来风雨声，花落知多少？\n%\n"
    let few = try problem("poet", with: poem + "不是詩。\n%\n")
    #expect(few?.contains("of its 2 poems 1 have lines of 5 or of 7 characters, too few") == true, "\(few ?? "")")
    #expect(try problem("poet", with: "{}", file: "poems.json")?.contains("poems 0 have") == true)
    #expect(try problem("poet", with: "[1, 2, \"x\"]")?.contains("poems 0 have") == true)
    #expect(try problem("poet", with: "[{")?.contains("data.txt") == true)
  }
}
