import HebbArrays
import HebbOCR
import Testing

@Suite struct ShippedReaderTests {
  @Test(arguments: ShippedReaders.names)
  func readersComeWithTheProgram(_ name: String) throws {
    let reader = try TextReader(shipped: name)
    #expect(reader.alphabet.count > (name == "digits" ? 10 : 90))
    let blank = NDArray([UInt8](repeating: 250, count: 40 * 300), shape: [40, 300, 1])
    #expect(reader.read(blank).text.isEmpty)
  }

  @Test func othersAreRefused() {
    #expect(throws: DataError.self) { try TextReader(shipped: "klingon") }
  }
}
