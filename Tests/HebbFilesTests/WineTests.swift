import Foundation
import HebbArrays
import HebbFiles
import Testing

/// The wines in both forms that they come in.
@Suite struct WineTests {
  private func parts(_ text: String, _ name: String) throws -> DatasetParts {
    let folder = NSTemporaryDirectory() + "hebb-wine-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
    let entry = try #require(DatasetCatalog.entry(named: "wine"))
    return try DatasetFinder(folder: folder, environment: [:]).load(entry)
  }

  private func measures(_ wine: Int) -> String { (0..<13).map { "\(wine).\($0)" }.joined(separator: ",") }
  private let growers = [59, 71, 48].enumerated().flatMap { [Int](repeating: $0, count: $1) }

  @Test func bothFormsAreRead() throws {
    let published = growers.enumerated().map { "\($1 + 1),\(measures($0))" }
    let packed = ["178,13,class_0,class_1,class_2"] + growers.enumerated().map { "\(measures($0)),\($1)" }
    let first = try parts(published.joined(separator: "\n"), "wine.data")
    let second = try parts(packed.joined(separator: "\n"), "wine_data.csv")
    #expect(first.train.inputs.shape == [142, 13] && first.test.count == 36 && first.train.classNames.count == 3)
    #expect(first.train.labels == second.train.labels)
    #expect(first.train.inputs.fingerprint == second.train.inputs.fingerprint)
  }

  @Test func otherTablesAreRefused() {
    #expect(throws: DataError.self) { try parts("1,2,3\n2,3,4", "wine.data") }
    #expect(throws: DataError.self) { try parts("", "wine_data.csv") }
  }
}
