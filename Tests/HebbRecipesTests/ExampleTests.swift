import Foundation
import HebbRecipes
import Testing

/// The network files in `Examples/` can be read.
@Suite struct ExampleTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../Examples").standardizedFileURL.path

  @Test func examplesAreRead() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: ExampleTests.folder).filter {
      $0.hasSuffix(".yaml")
    }
    #expect(names.count >= 3)
    for name in names {
      let spec = try NetworkSpec(reading: "\(ExampleTests.folder)/\(name)")
      #expect("\(spec.name).yaml" == name)
    }
  }
}
