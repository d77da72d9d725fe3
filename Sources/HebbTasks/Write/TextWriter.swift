import Hebb

/// A network that writes text, character by character.
package struct TextWriter: TaskModel {
  package static let task = "write"
  package let characters: CharacterTokenizer
  package let model: any Layer & LanguageModel

  package var network: any Module { model }
  package var settings: [JSON.Member] {
    (model as? GPT).map { [.init("heads", .integer($0.blocks.blocks[0].attention.heads))] } ?? []
  }
  package var notes: [String: String] { ["characters": characters.vocabulary.text] }

  init(_ model: any Layer & LanguageModel, characters: CharacterTokenizer) {
    (self.model, self.characters) = (model, characters)
  }

  package init(_ file: TaskFile) throws(DataError) {
    model = try WritingNetwork.reading(file)
    let rows = try file.shape("embedding.weight", rank: 2)[0]
    characters = CharacterTokenizer(try file.vocabulary("characters", rows: rows))
  }
}
