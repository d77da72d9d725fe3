import Foundation
import Testing

/// Networks that write, chat and compose by the built command, on data that the tests write.
@Suite struct WritingCommandTests {
  private static let text = String(repeating: "the cat sat on the mat.\n", count: 60)
  private static let poems =
    "[" + (0..<20).map { _ in "{\"paragraphs\":[\"春眠不覺曉，處處聞啼鳥。\",\"夜來風雨聲，花落知多少。\"]}" }.joined(separator: ",") + "]"

  private func trained(_ recipe: String, _ data: String, file: String = "data.txt", epochs: Int = 1) throws -> Tool {
    let tool = try Tool()
    try tool.write(Data(data.utf8), to: file)
    let train = try tool.run(
      "train", recipe, "--data", file, "--epochs", "\(epochs)", "--out", "run", "--seed", "2")
    #expect(train.code == 0, "\(train)")
    for name in ["model.safetensors", "checkpoint.safetensors", "run.json", "metrics.csv", "curves.png"] {
      #expect(tool.exists("run/\(name)"), "\(name)")
    }
    return tool
  }

  @Test func textIsWritten() throws {
    let tool = try trained("write", WritingCommandTests.text)
    defer { tool.clean() }
    let plain = try tool.run("write", "run", "--prompt", "the", "--count", "50", "--seed", "4")
    #expect(plain.code == 0 && plain.output.hasPrefix("the") && plain.output.count == 54, "\(plain)")
    let model = "run/model.safetensors"
    let again = try tool.run(
      "write", model, "--prompt", "-", "--count", "50", "--seed", "4", input: Array("the\n".utf8))
    #expect(again.output == plain.output)
    let json = try tool.run("write", "run", "--count", "5", "--json", "--beams", "3")
    #expect(json.output.hasPrefix("{\"prompt\":\"\",\"text\":\""), "\(json)")
    let odd = try tool.run("write", "run", "--prompt", "§the§", "--count", "1")
    #expect(odd.code == 0 && odd.errors == "note: the network has never seen “§”; left out\n", "\(odd)")
    let binary = try tool.run("write", "run", "--prompt", "-", input: [0xFF, 0xFE])
    #expect(binary.code == 2 && binary.errors.contains("not text in UTF-8"), "\(binary)")
    let poem = try tool.run("write", "run", "--form", "5")
    #expect(poem.code == 2 && poem.errors.contains("it writes no poems"), "\(poem)")
    for (command, words) in [("chat", "not to chat"), ("compose", "not to compose")] {
      let other = try tool.run(command, "run")
      #expect(other.code == 2 && other.errors.contains("use hebb write") && other.errors.contains(words), "\(other)")
    }
  }

  @Test(arguments: [
    (["--count", "0"], "--count"), (["--temperature=-1"], "--temperature"), (["--top-k", "0"], "--top-k"),
    (["--top-p", "1.5"], "--top-p"), (["--beams", "0"], "--beams"), (["--form", "6"], "--form"),
    (["--lines", "5"], "--lines"), (["--acrostic", "春夏秋冬春", "--lines", "4"], "--acrostic"),
    (["--repetition-penalty", "0"], "--repetition-penalty"),
    (["--beams", "4", "--temperature", "0.5"], "--beams draws nothing"), (["--beams", "4", "--top-k", "3"], "--beams"),
  ])
  func badOptionsAreTold(_ options: [String], _ name: String) throws {
    let tool = try Tool()
    defer { tool.clean() }
    let result = try tool.run(all: ["write", "run"] + options)
    #expect(result.code == 2 && result.errors.contains(name), "\(result)")
  }

  @Test func poemsAreWritten() throws {
    let tool = try trained("poet", WritingCommandTests.poems, file: "poems.json")
    defer { tool.clean() }
    let poem = try tool.run("write", "run", "--form", "7", "--acrostic", "春夏秋冬春夏", "--count", "2")
    let lines = poem.output.split { "，。\n".contains($0) }
    #expect(poem.code == 0 && lines.count == 12 && lines.allSatisfy { $0.count == 7 }, "\(poem)")
    #expect(poem.errors.contains("“夏”") && lines[1].hasPrefix("夏"), "\(poem)")
    let beams = try tool.run("write", "run", "--beams", "2")
    #expect(beams.code == 2 && beams.errors.contains("drawn, not searched for"), "\(beams)")
    let long = try tool.run("write", "run", "--prompt", String(repeating: "春", count: 21))
    #expect(long.code == 2 && long.errors.contains("21 characters do not fit 4 lines of 5"), "\(long)")
    for (options, words) in [
      (["--acrostic", "春，"], "“，” is no character"), (["--acrostic", "春\u{1}"], "U+1 is no character"),
      (["--acrostic", "春夏", "--prompt", "夏"], "its line 1 does not begin with “春”"),
    ] {
      let bad = try tool.run(all: ["write", "run"] + options)
      #expect(bad.code == 2 && bad.errors.contains(words) && bad.errors.split(separator: "\n").count == 1, "\(bad)")
    }
    let spaced = try tool.run("write", "run", "--acrostic", "春 夏", "--prompt", "春")
    #expect(spaced.code == 0 && spaced.output.split { "，。\n".contains($0) }[1].hasPrefix("夏"), "\(spaced)")
  }

  @Test func aTalkGoesLineByLine() throws {
    let tool = try trained("chatbot", "Who are you?\tA network.\nHello\tHi\n", epochs: 80)
    defer { tool.clean() }
    let input = Array("who are you\n\nHello, stranger\n???\nnothing known\nQUIT\nHello\n".utf8)
    let talk = try tool.run("chat", "run", input: input)
    let lines = talk.output.split(separator: "\n").map(String.init)
    #expect(talk.code == 0 && lines.count == 6 && lines[0] == "A network.", "\(talk)")
    #expect(lines[1] == "Say something in words, or quit." && lines[1] == lines[4], "\(talk)")
    #expect(lines[3] == "(I do not know: stranger)" && lines[5] == "I know none of these words.", "\(talk)")
    let json = try tool.run("chat", "run", "--json", input: Array("Hello\n".utf8) + [0xFF, 0x0A])
    #expect(json.output.hasPrefix("{\"question\":\"Hello\",\"answer\":\"Hi\",\"unknown\":[]}\n"), "\(json)")
    #expect(json.code == 0 && json.output.split(separator: "\n").count == 2)
  }

  @Test func musicIsComposed() throws {
    let music = "{\"train\":[[[60,64],[62,65]]],\"valid\":[[[60],[62]]],\"test\":[[[60],[62]]]}"
    let tool = try trained("chorales", music, file: "music.json")
    defer { tool.clean() }
    #expect(tool.exists("run/composed.mid") && tool.exists("run/composed.png"))
    let song = try tool.run("compose", "run", "--steps", "12", "--out", "a.mid", "--seed", "3")
    #expect(song.code == 0 && tool.exists("a.mid") && tool.exists("a.png"), "\(song)")
    let again = try tool.run("compose", "run", "--steps", "12", "--out", "b.mid", "--seed", "3", "--json")
    #expect(try tool.bytes("a.mid") == tool.bytes("b.mid") && again.output.contains("\"steps\":[["), "\(again)")
    let nowhere = try tool.run("compose", "run", "--out", "no/such/folder/a.mid")
    #expect(nowhere.code == 2 && nowhere.errors.split(separator: "\n").count == 1, "\(nowhere)")
  }

  /// A run that was stopped goes on as if nothing had been.
  @Test(arguments: [("write", "data.txt"), ("poet", "poems.json"), ("chatbot", "talk.txt")])
  func runsAreResumed(_ recipe: String, _ file: String) throws {
    let tool = try Tool()
    defer { tool.clean() }
    let talk = (0..<40).map { "question \($0)\tanswer \($0) of forty\n" }.joined()
    let data = ["write": WritingCommandTests.text, "poet": WritingCommandTests.poems, "chatbot": talk][recipe] ?? ""
    try tool.write(Data(data.utf8), to: file)
    let options = ["train", recipe, "--data", file, "--epochs", "12", "--out"]
    #expect(try tool.run(all: options + ["whole", "--quiet"]).code == 0)
    let stopped = try tool.run(all: options + ["parts"], interruptingAt: "epoch")
    #expect(stopped.code == 130 && stopped.errors.contains("hebb train --resume parts"), "\(stopped)")
    let more = try tool.run("train", "--resume", "parts", "--quiet")
    #expect(more.code == 0, "\(more)")
    #expect(try tool.bytes("whole/model.safetensors") == tool.bytes("parts/model.safetensors"))
  }
}
