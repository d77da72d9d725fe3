import Foundation
import Hebb
import HebbTasks
import Testing

/// Files of tasks' networks whose tensors, vocabularies or settings lie: each is refused with an error.
@Suite struct WriterFileTests {
  private static let text = String(repeating: "abc def\n", count: 150)
  private static let poems =
    "[" + (0..<20).map { _ in "{\"paragraphs\":[\"春眠不覺曉，處處聞啼鳥。\",\"夜來風雨聲，花落知多少。\"]}" }.joined(separator: ",") + "]"
  private static let music = "{\"train\":[[[60],[62]]],\"valid\":[[[60],[62]]],\"test\":[[[60],[62]]]}"

  @Test(arguments: [
    ("write", "lstm", text), ("write", "gpt", text), ("poet", "lstm", poems), ("chatbot", "english", "a b\tc d\ne\tf"),
    ("chorales", "lstm", music),
  ])
  func liesAreToldFromTruth(_ name: String, _ kind: String, _ data: String) throws {
    try withTaskFolder { folder in
      let (run, _) = try TaskRun.quick(
        name, kind: kind, on: data, in: folder, epochs: 1, file: "data.\(name == "chorales" ? "json" : "txt")")
      let truth = try ModelFile(reading: run.model)
      let path = "\(folder)/lie.safetensors"
      func refuses(_ lie: ModelFile, _ what: String) throws {
        try lie.write(to: path)
        #expect(throws: (any Error).self, "\(what)") { try WriterFileTests.read(name, path) }
      }
      try truth.write(to: path)
      try WriterFileTests.read(name, path)
      for (index, tensor) in truth.values.enumerated() {
        let shape = tensor.value.shape
        let larger = shape.rank > 0 ? shape.replacing(0, with: shape[0] + 1) : [2]
        // More positions are no lie: such a network looks back further.
        let others = [Shape([1]), [3, 5], []] + (tensor.name == "positions.weight" ? [] : [larger])
        for other in others where other != shape {
          var lie = truth
          lie.values[index].value = .zeros(other)
          try refuses(lie, "\(tensor.name) \(other)")
        }
        var lie = truth
        lie.values.remove(at: index)
        try refuses(lie, "no \(tensor.name)")
      }
      for note in truth.notes.keys {
        for text in ["", "[]", "[1]", "[\"a\",\"a\"]", "{}"] {
          var lie = truth
          lie.notes[note] = text
          try refuses(lie, "\(note): \(text)")
        }
      }
      var lie = truth
      lie.configuration = "{}"
      try refuses(lie, "no configuration")
      let bytes = try Data(contentsOf: URL(fileURLWithPath: run.model))
      for part in [0, 7, 8, 100, bytes.count / 2, bytes.count - 1] {
        try bytes.prefix(part).write(to: URL(fileURLWithPath: path))
        #expect(throws: (any Error).self, "\(part) bytes") { try WriterFileTests.read(name, path) }
      }
    }
  }

  private static func read(_ name: String, _ path: String) throws {
    switch name {
    case "chatbot":
      let chatter = try Chatter(reading: path)
      #expect(chatter.network.parameterCount > 0)
    case "chorales":
      let composer = try Composer(reading: path)
      #expect(composer.network.parameterCount > 0)
    default:
      let writer = try TrainedWriter(reading: path)
      switch writer {
      case .text(let writer): #expect(writer.network.parameterCount > 0)
      case .poems(let writer): #expect(writer.network.parameterCount > 0)
      }
    }
  }
}
