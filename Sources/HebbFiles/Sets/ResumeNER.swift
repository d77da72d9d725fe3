extension CatalogEntry {
  private static let resumeAddress =
    "https://raw.githubusercontent.com/luopeixiang/named_entity_recognition/master/ResumeNER"

  /// Chinese sentences with a tag for each character.
  public static let resumeNER = CatalogEntry.corpus(
    "ner-resume-zh", "4,761 Chinese sentences of resumes, eight kinds of entities", licence: "none stated",
    source: "Zhang and Yang 2018, https://github.com/jiesutd/LatticeLSTM",
    folders: ["ner-resume-zh", "ResumeNER"], files: ["train.char.bmes", "dev.char.bmes", "test.char.bmes"],
    recipe: "ner-zh", address: "https://github.com/luopeixiang/named_entity_recognition",
    downloads: [
      Download(
        name: "train.char.bmes", address: "\(resumeAddress)/train.char.bmes",
        checksum: .file("badab28955123a81149f5d3148290bf1"), limit: 3_000_000),
      Download(
        name: "dev.char.bmes", address: "\(resumeAddress)/dev.char.bmes",
        checksum: .file("3053f33e3347af60dabc03e5e2a98dd6"), limit: 3_000_000),
      Download(
        name: "test.char.bmes", address: "\(resumeAddress)/test.char.bmes",
        checksum: .file("a0b7592d9fc2f254a03d9cf0bf81ba7a"), limit: 3_000_000),
    ])
}
