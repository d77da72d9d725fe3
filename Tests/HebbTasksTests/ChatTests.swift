import Foundation
import Hebb
import HebbTasks
import Testing

@Suite struct ChatTests {
  private static let lines = """
    Who are you?\tI am a small network.
    Where do you live?\tIn a file,  with spaces  kept.
    What's 2 + 2?\t4
    你好\t你好，很高兴见到你。
    """

  @Test func questionsAreAnswered() throws {
    try withTaskFolder { folder in
      let (run, outcome) = try TaskRun.quick("chatbot", on: ChatTests.lines, in: folder, epochs: 120)
      #expect(outcome.numbers.first?.value == 1, "\(outcome.sentences)")
      let chatter = try Chatter(reading: run.model)
      #expect(chatter.reply(to: "who are YOU") == .answer("I am a small network.", unknown: []))
      #expect(chatter.reply(to: "Where do you live") == .answer("In a file,  with spaces  kept.", unknown: []))
      #expect(chatter.reply(to: "你好！") == .answer("你好，很高兴见到你。", unknown: []))
      #expect(chatter.reply(to: "") == .nothingAsked && chatter.reply(to: " ?! \u{7}") == .nothingAsked)
      #expect(chatter.reply(to: "xyzzy plugh") == .nothingKnown)
      #expect(chatter.reply(to: String(repeating: "who ", count: 300)) == .tooLong(limit: 200))
      guard case .answer(_, let unknown) = chatter.reply(to: "Who is xyzzy?") else { return #expect(Bool(false)) }
      #expect(unknown == ["is", "xyzzy"])
    }
  }

  /// Each statement of a conversation answers the one before it.
  @Test func conversationsAreRead() throws {
    let yaml =
      "categories:\n- x\nconversations:\n- - Hello\n  - Hi\n  - |\n    How are\n    you?\n- - Bye\n  - See you\n"
    try withTaskFolder { folder in
      let (_, outcome) = try TaskRun.quick("chatbot", on: yaml, in: folder, epochs: 1, file: "talk.yml")
      #expect(outcome.numbers.last?.value == 3)
    }
  }

  @Test func unfitConversationsAreRefused() throws {
    #expect(try problem("chatbot", with: "no tab")?.contains("line 1: it is no question and answer") == true)
    #expect(try problem("chatbot", with: "a\tb\n")?.contains("no two questions") == true)
    for (yaml, words) in [
      ("- a\n", "no “conversations”"), ("conversations:\n- a: b\n", "no list of statements"),
      ("conversations:\n- a\n", "no two questions"),
      ("conversations: [", "not YAML"), ("", "no “conversations”"),
      ("conversations:\n- &x [a, b]\n- *x\n", "an alias"), (String(repeating: "[", count: 10_000), "nested too deep"),
      (String(repeating: "- ", count: 10_000), "nested too deep"),
    ] {
      let told = try problem("chatbot", with: yaml, file: "talk.yml")
      #expect(told?.contains(words) == true, "\(told ?? "nothing") for \(yaml.prefix(30))")
    }
  }
}
