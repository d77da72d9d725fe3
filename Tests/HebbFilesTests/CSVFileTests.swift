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

  /// A first line of names may hold numbers, and one of a sample may hold words.
  @Test(arguments: [
    ("2019,2020,kind\n1,2,a\n3,4,b\n5,6,a\n7,8,b\n", ["2019", "2020"], 4, ["a", "b"]),
    ("5,1,yes\n6,2,no\n7,1,yes\n8,1,no\n", [], 4, ["no", "yes"]),
    ("1,2,a\n3,4,b\n5,6,b\n", [], 3, ["a", "b"]), ("1,size,3\n4,5,6\n7,8,6\n", ["1", "size"], 2, ["6"]),
    ("a,b,k\n1,2,x\n", ["a", "b"], 1, ["x"]),
  ])
  func headersAreToldByTheColumns(_ text: String, _ titles: [String], _ count: Int, _ names: [String]) throws {
    let data = try CSVFile.decode(Array(text.utf8), name: "t.csv")
    #expect(data.featureNames == titles && data.count == count && data.classNames == names)
  }

  @Test func aNameStandsForOneColumn() throws {
    expectDataError("2 columns are named y") { _ = try read("y,a,y\n1,2,3\n4,5,6\n", target: .name("y")) }
    let many =
      (0..<500).map { "c\($0)" }.joined(separator: ",") + "\n"
      + [String](repeating: "1", count: 500).joined(separator: ",")
    expectDataError("c19 and 480 more") { _ = try read(many, target: .name("none")) }
    expectDataError("“0x10” is not a number") { _ = try read("a,b\n0x10,1\n2,2\n") }
  }

  @Test func aHeaderCanBeStatedAndColumnsLeftOut() throws {
    let text = Array("id,1,2,kind\nu,1,2,a\nv,3,4,b\nw,5,6,a\nx,7,8,b\n".utf8)
    let without = try CSVFile.decode(text, name: "t.csv", columns: .without(["id"]))
    #expect(without.inputs.elements(as: Float.self) == [1, 2, 3, 4, 5, 6, 7, 8] && without.featureNames == ["1", "2"])
    let only = try CSVFile.decode(text, name: "t.csv", target: .name("id"), columns: .only(["2"]))
    #expect(only.inputs.elements(as: Float.self) == [2, 4, 6, 8] && only.classNames == ["u", "v", "w", "x"])
    expectDataError("“id” is not a number") { _ = try CSVFile.decode(text, name: "t.csv", hasHeader: false) }
    expectDataError("a network file has drop: for that") { _ = try CSVFile.decode(text, name: "t.csv") }
    expectDataError("no column is named size") { _ = try CSVFile.decode(text, name: "t.csv", columns: .only(["size"])) }
    expectDataError("no column is left") { _ = try CSVFile.decode(text, name: "t.csv", columns: .only(["kind"])) }
    expectDataError("line 1, column 1: “?”") { _ = try read("1,?,4\n2,3,4\n5,6,7\n") }
    let prices = (0..<20).map { "1,\(0.5 * Double($0))\n" }.joined()
    expectDataError("20 different numbers in 20 lines are no classes") { _ = try read(prices) }
    #expect(try CSVFile.decode(Array(prices.utf8), name: "t.csv", classes: false).targets.shape == [20, 1])
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
    ("line 2: a quotation mark is opened there and never closed", "a,b\n1,\"k\n2,l\n"),
    ("line 2: it has a NUL", "a,b\n1,\0\n"),
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
