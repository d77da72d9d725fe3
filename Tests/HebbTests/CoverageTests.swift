import Foundation
import HebbTesting
import Testing

/// Every op and every layer stands in the tables that compare it with something we did not write, and in the training
/// whose bits are compared. A new one that stands in none of them fails here.
@Suite struct CoverageTests {
  @Test func everyOpHasARow() throws {
    // Rows in the cases of HebbAutogradTests; those must have PyTorch's values too (OpTests.everyReferenceIsUsed).
    let tables = try text(of: swiftFiles("Tests/HebbAutogradTests"))
    var checkedElsewhere = [
      "activated": "the activation of rows such as linearReLU",
      "ctcLosses": "SequenceLossTests, with PyTorch's values", "crfLosses": "SequenceLossTests, by enumeration",
      "bestPaths": "SequenceLossTests, by enumeration",
    ]
    let ops = try names(in: swiftFiles("Sources/HebbAutograd/Ops"), matching: /public (?:static )?func (\w+)/)
    #expect(ops.count > 60)
    for op in ops where checkedElsewhere.removeValue(forKey: op) == nil {
      #expect(tables.contains(".\(op)("), "\(op) has no row in Tests/HebbAutogradTests")
    }
    #expect(checkedElsewhere.isEmpty, "exceptions that no longer exist")
  }

  /// The comment of an op says what shapes go in and come out. Operators with a number have none of their own.
  @Test func everyOpSaysItsShapes() throws {
    for file in try swiftFiles("Sources/HebbAutograd/Ops") {
      var comment = ""
      for line in try String(contentsOfFile: Document.root + file, encoding: .utf8).split(separator: "\n") {
        let line = line.trimmingCharacters(in: .whitespaces)
        if line.hasPrefix("///") {
          comment += line
        } else if line.contains("public func ") || line.contains("public static func ") {
          let says = comment.contains("hape") || comment.contains("[")
          #expect(says || line.contains("Double) -> Tensor {") || line.contains("(a: Double"), "\(file): \(line)")
          comment = ""
        } else if !line.hasPrefix("@") {
          comment = ""
        }
      }
    }
  }

  /// Public types and initialisers of the library say what they are, and what they take.
  @Test(arguments: ["Arrays", "Autograd", "Data", "Files", "Layers", "Models", "Plots", "Rules", "Training"])
  func everyTypeAndInitializerIsDocumented(_ module: String) throws {
    let files = try swiftFiles("Sources/Hebb\(module)")
    let declaration = /public (?:final |indirect |convenience )*(?:struct|class|enum|protocol|actor|init)\b.*/
    #expect(files.count > 5)
    for file in files {
      var isDocumented = false
      for line in try String(contentsOfFile: Document.root + file, encoding: .utf8).split(separator: "\n") {
        let line = line.trimmingCharacters(in: .whitespaces)
        if line.prefixMatch(of: declaration) != nil { #expect(isDocumented, "\(file): no comment above \(line)") }
        if !line.hasPrefix("@") || line.contains(" public ") { isDocumented = line.hasPrefix("///") }
      }
    }
  }

  /// What looks for stuck units knows every activation, or knows that it has no flat part.
  @Test func everyActivationHasASlope() throws {
    let known = try text(of: ["Sources/HebbTraining/Diagnosis/LayerHealth.swift"])
    let never = [
      "LeakyReLU": "straight on both sides", "PReLU": "as LeakyReLU", "Maxout": "one of its pieces always has a slope",
      "Softmax": "its elements are no units of their own", "LogSoftmax": "as Softmax",
    ]
    let activations = try names(in: swiftFiles("Sources/HebbLayers/Activation"), matching: /public struct (\w+):/)
    #expect(activations.count >= 15)
    for activation in activations where never[activation] == nil {
      #expect(known.contains("is \(activation)"), "\(activation) is not in Layer.steepestSlope")
    }
    #expect(never.keys.allSatisfy(activations.contains), "exceptions that no longer exist")
  }

  @Test func everyLayerKeepsItsContract() throws {
    // Layers of two inputs and structured losses are no `Layer`: they have suites of their own.
    try expectRows(
      in: ["Tests/HebbLayersTests/LayerTests.swift"],
      except: [
        "CrossAttention": "AttentionReferenceTests", "TransformerDecoderBlock": "AttentionReferenceTests",
        "AdditiveAttention": "AttentionReferenceTests", "MultiplicativeAttention": "AttentionReferenceTests",
        "LinearChainCRF": "SequenceLossTests",
      ])
  }

  @Test func everyLayerIsComparedWithPyTorch() throws {
    try expectRows(
      in: swiftFiles("Tests/HebbLayersTests").filter { $0.hasSuffix("ReferenceTests.swift") },
      except: [
        "Dropout": "random; DropoutTests compare its means", "VariationalDropout": "random, as Dropout",
        "FinalState": "picks a state that the cases of recurrent layers compare",
        "LastStep": "a slice", "Reshape": "the op reshaped", "LearnedPositions": "a sum with a parameter",
        "FeedForward": "a part of the cases of TransformerBlock",
        "TransformerEncoder": "a chain of the cases of TransformerBlock",
        "LinearChainCRF": "SequenceLossTests, by enumeration",
        "DCGRU": "GraphTests of HebbModels, in DCRNN", "DiffusionConvolution": "the same op as DCGRU's gates",
        "GraphGRU": "GraphTests of HebbModels, in TGCN", "GraphConvolution": "the same op as GraphGRU's gates",
      ])
  }

  @Test func everyLayerIsInTheTrainingWhoseBitsAreCompared() throws {
    try expectRows(in: ["Tests/HebbTests/EveryLayer.swift", "Tests/HebbTests/SameBitsTests.swift"], except: [:])
  }

  /// Each layer of HebbLayers is made in one of the files, or is an exception, with the reason beside its name.
  private func expectRows(
    in files: [String], except reasons: [String: String], sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let tables = try text(of: files)
    let layers = try names(
      in: swiftFiles("Sources/HebbLayers"),
      matching: /public (?:final class|struct) (\w+): [^{\n]*(?:Layer|Fus|Finishes|Module|Recurrent|Attention)/)
    #expect(layers.count >= 60, sourceLocation: sourceLocation)
    for layer in layers where reasons[layer] == nil {
      let isMade = ["(", " {", " ("].contains { tables.contains(" \(layer)\($0)") || tables.contains("(\(layer)\($0)") }
      #expect(isMade, "\(layer) stands in none of \(files)", sourceLocation: sourceLocation)
    }
    let unknown = reasons.keys.filter { !layers.contains($0) }
    #expect(unknown.isEmpty, "exceptions that no longer exist", sourceLocation: sourceLocation)
  }

  private func names(in files: [String], matching pattern: Regex<(Substring, Substring)>) throws -> Set<String> {
    Set(try text(of: files).matches(of: pattern).map { String($0.1) })
  }

  /// Without lines that are comments: what is only talked about is not there.
  private func text(of files: [String]) throws -> String {
    try files.map { try String(contentsOfFile: Document.root + $0, encoding: .utf8) }.joined(separator: "\n")
      .split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.trimmingCharacters(in: .whitespaces).hasPrefix("//") }.joined(separator: "\n")
  }

  private func swiftFiles(_ folder: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: Document.root + folder).filter { $0.hasSuffix(".swift") }
      .sorted().map { "\(folder)/\($0)" }
  }
}
