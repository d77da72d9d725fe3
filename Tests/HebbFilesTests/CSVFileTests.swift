import HebbArrays
import HebbFiles
import Testing

@Suite struct CSVFileTests {
  private func read(
    _ text: String, target: CSVFile.Target = .last, classes: Bool = true
  ) throws -> (inputs: [Float], labels: [Int], names: [String]) {
    let data = try CSVFile.decode(Array(text.utf8), name: "t.csv", target: target, classes: classes)
    return (data.inputs.elements(), classes ? data.labels : [], data.classNames)
  }

  @Test func headersAndClassesAreFound() throws {
    let named = try read("a,b,kind\r\n1,2,\"cat, big\"\r\n3,4.5,ant\r\n\r\n5,6,ant")
    #expect(named.inputs == [1, 2, 3, 4.5, 5, 6])
    #expect(named.names == ["ant", "cat, big"] && named.labels == [1, 0, 0])
    let plain = try read("10;1;2\n9;3;4\n10;5;6\n", target: .index(0))
    #expect(plain.inputs == [1, 2, 3, 4, 5, 6] && plain.names == ["9", "10"] && plain.labels == [1, 0, 1])
  }

  @Test func aNamedColumnCanBeANumberToLearn() throws {
    let text = "x,y,z\n1,2,3\n4,5,6\n"
    let data = try CSVFile.decode(Array(text.utf8), name: "t.csv", target: .name("y"), classes: false)
    #expect(data.targets.shape == [2, 1] && data.targets.elements(as: Float.self) == [2, 5])
    #expect(data.inputs.elements(as: Float.self) == [1, 3, 4, 6])
  }

  @Test(arguments: [
    ("line 3, column b: “x”", "a,b,c\n1,2,k\n1,x,k\n"), ("line 2, column a: an empty cell", "a,b\n,k\n"),
    ("line 3: it has 2 columns", "1,2,k\n1,2,k\n1,k\n"), ("“inf”", "inf,k\n1,k\n"), ("“nan”", "1,k\nnan,k\n"),
    ("too few", "a,b\n"), ("too few", "1\n2\n"), ("no lines", ""), ("no lines", "\n\n"),
    ("line 4", "a,b\n1,\"k\nl\"\nx,k"), ("quotation mark", "a,b\n\"1\"2,k\n"),
  ]) func errorsNameTheLine(words: String, text: String) {
    let place = words.split(separator: ":")
    expectDataError(String(place[0])) { _ = try read(text) }
  }

  @Test func otherEncodingsAndColumnsAreRefused() {
    expectDataError("UTF-8") { _ = try CSVFile.decode([0xFF, 0x2C, 0x31], name: "t.csv") }
    expectDataError("no column is named z") { _ = try read("a,b\n1,2\n", target: .name("z")) }
    expectDataError("no column 7") { _ = try read("a,b\n1,2\n", target: .index(7)) }
  }
}
