import Foundation
import HebbArrays
import HebbTesting
import HebbTypesetting
import Testing

@Suite struct TypefaceTests {
  @Test(.enabled(if: Fonts.has(Fonts.sans, Fonts.chinese))) func facesKnowTheirNames() throws {
    let sans = try Typeface(Fonts.sans)
    #expect(sans.family == "DejaVu Sans" && sans.style == "Book")
    let chinese = try Typeface(Fonts.chinese, index: 2)
    #expect(chinese.family == "Noto Sans CJK SC")
    #expect(try Typeface.count(in: Fonts.chinese) == 10)
    #expect(throws: DataError.self) { _ = try Typeface(Fonts.sans, index: 1) }
    #expect(throws: DataError.self) { _ = try Typeface(Fonts.chinese, index: 10) }
    #expect(throws: DataError.self) { _ = try Typeface(Fonts.chinese, index: -1) }
  }

  @Test func filesThatAreNoFontsAreRefused() throws {
    try withTemporaryFolder { folder in
      let files: [(String, [UInt8])] = [
        ("empty.ttf", []), ("text.ttf", Array("not a font at all".utf8)),
        ("zeros.ttc", [UInt8](repeating: 0, count: 5000)),
        ("header.ttf", [0, 1, 0, 0, 0, 200] + [UInt8](repeating: 255, count: 90)),
        ("collection.ttc", Array("ttcf".utf8) + [UInt8](repeating: 255, count: 60)),
      ]
      for (name, bytes) in files {
        try Data(bytes).write(to: URL(filePath: "\(folder)/\(name)"))
        let error = #expect(throws: DataError.self) { _ = try Typeface("\(folder)/\(name)") }
        #expect(error.map { !$0.description.contains("\n") && $0.description.contains(name) } == true)
      }
      #expect(throws: DataError.self) { _ = try Typeface("\(folder)/missing.ttf") }
      #expect(throws: DataError.self) { _ = try Typeface(folder) }
      let library = FontLibrary(folders: [folder, "\(folder)/missing"])
      #expect(library.paths.count == files.count)
      #expect(library.typefaces(for: .latin).isEmpty)
    }
  }

  @Test(.enabled(if: Fonts.has(Fonts.mono))) func damagedFontsDoNotCrash() throws {
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: Fonts.mono)))
    try withTemporaryFolder { folder in
      var random = Philox(seed: 5)
      for attempt in 0..<40 {
        var damaged = attempt % 4 == 0 ? Array(bytes.prefix(bytes.count / (attempt + 2))) : bytes
        for _ in 0..<200 {
          // Half of them in the tables' directory and what follows.
          let limit = random.next() % 2 == 0 ? min(3000, damaged.count) : damaged.count
          damaged[Int(random.next() % UInt64(limit))] = UInt8(truncatingIfNeeded: random.next())
        }
        let path = "\(folder)/\(attempt).ttf"
        try Data(damaged).write(to: URL(filePath: path))
        guard let typeface = try? Typeface(path) else { continue }
        _ = try? drawn("Hamburgefonts 0123", in: typeface)
      }
    }
  }

  @Test(.enabled(if: Fonts.has(Fonts.sans, Fonts.chinese))) func librariesFindFontsByScript() {
    let library = FontLibrary()
    #expect(library.paths == library.paths.sorted())
    let latin = library.typefaces(for: .latin)
    #expect(latin.contains { $0.family == "DejaVu Sans" } && latin.allSatisfy { $0.characters.contains("Straße 12€") })
    let chinese = library.typefaces(for: .chinese).map(\.family)
    #expect(chinese.contains("Noto Sans CJK SC") && !chinese.contains { $0.hasSuffix("JP") || $0.hasSuffix("TC") })
    #expect(!library.typefaces(for: .latin, without: ["DejaVu Sans"]).contains { $0.family == "DejaVu Sans" })
  }

  @Test func coverageIsASet() {
    let some = CharacterCoverage("aé你\u{2A700}".unicodeScalars)
    #expect(some.count == 4 && some.contains("é你") && some.contains("\u{2A700}") && !some.contains("b"))
    #expect(some.intersection(CharacterCoverage("b你\u{2A700}".unicodeScalars)).count == 2)
  }
}
