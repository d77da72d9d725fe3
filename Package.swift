// swift-tools-version: 6.2
import PackageDescription

let swift: [SwiftSetting] = [.enableUpcomingFeature("ExistentialAny")]

func target(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: swift)
}

/// - Parameter reference: files that are read where they lie (`HebbTesting.Reference`).
func tests(
  _ name: String, _ dependencies: [Target.Dependency], reference: [String] = [], resources: [Resource] = []
) -> Target {
  .testTarget(
    name: name, dependencies: dependencies, exclude: reference, resources: resources, swiftSettings: swift)
}

/// Debian has no libharfbuzz.a, so a static binary does without fonts.
let fonts: [Target.Dependency] = Context.environment["HEBB_STATIC"] == nil ? ["CTypesetting"] : []

let package = Package(
  name: "hebb",
  platforms: [.macOS(.v26)],
  products: [
    .library(name: "Hebb", targets: ["Hebb"]),
    .library(name: "HebbFiles", targets: ["HebbFiles"]),
    .executable(name: "hebb", targets: ["HebbCommand"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
    .package(url: "https://github.com/swiftcsv/SwiftCSV", from: "0.10.0"),
    // Without its traits: they bring Foundation's networking and a reader of configurations, and are asked for nothing here.
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0", traits: []),
    .package(url: "https://github.com/apple/swift-log", from: "1.14.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    // The library, from the kernels up. Nothing here links a native library.
    .target(name: "CHebbKernels"),
    target("HebbArrays", ["CHebbKernels"]),
    target("HebbAutograd", ["HebbArrays"]),
    target("HebbLayers", ["HebbAutograd"]),
    target("HebbTesting", ["HebbAutograd"]),  // what test targets share; part of no product
    target("HebbData", ["HebbArrays"]),
    target("HebbPlots", ["HebbArrays"]),
    target("HebbTraining", ["HebbLayers", "HebbData"]),
    target("HebbModels", ["HebbTraining"]),
    target("HebbRules", ["HebbData"]),
    target(
      "Hebb", ["HebbArrays", "HebbAutograd", "HebbLayers", "HebbData", "HebbTraining", "HebbModels", "HebbRules"]),

    // Files on disk: pictures and archives through the distribution's libraries.
    .systemLibrary(name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"])]),
    // C of our own, since libjpeg reports errors by a jump that Swift cannot make. Debian: libjpeg62-turbo-dev.
    .target(name: "CJPEG", linkerSettings: [.linkedLibrary("jpeg")]),
    .systemLibrary(name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
    target(
      "HebbFiles",
      [
        "HebbData", "CPNG", "CJPEG", "CArchive", .product(name: "SwiftCSV", package: "SwiftCSV"),
      ]),
    // Lines of text found in pictures and read.
    // COCRModels: the readers that are part of the program, embedded from files.
    .target(name: "COCRModels", exclude: ["latin.safetensors", "zh.safetensors", "digits.safetensors"]),
    target("HebbOCR", ["HebbModels", "HebbFiles", "COCRModels"]),

    // Lines of text drawn by the system's fonts, to learn reading from.
    .systemLibrary(
      name: "CTypesetting", pkgConfig: "harfbuzz", providers: [.apt(["libharfbuzz-dev", "libfreetype-dev"])]),
    target("HebbTypesetting", ["HebbFiles"] + fonts),

    // Web services: what they share, whatever they serve.
    target(
      "HebbServer",
      [
        "HebbArrays", .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "HTTPTypes", package: "swift-http-types"), .product(name: "Logging", package: "swift-log"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ]),

    // The tool.
    target("HebbBench", ["Hebb"]),
    target("HebbLabs", ["Hebb", "HebbPlots"]),
    target("HebbRuns", ["Hebb", "HebbFiles", "HebbPlots"]),
    target("HebbRecipes", ["HebbRuns", .product(name: "Yams", package: "Yams")]),
    target("HebbTasks", ["HebbRuns", "HebbOCR", "HebbTypesetting", .product(name: "Yams", package: "Yams")]),
    .executableTarget(
      name: "HebbCommand",
      dependencies: [
        "HebbRecipes", "HebbTasks", "HebbLabs", "HebbBench", "HebbServer",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: swift),

    tests("HebbArraysTests", ["HebbArrays"]),
    tests("HebbAutogradTests", ["HebbTesting"], reference: ["Reference"]),
    tests("HebbLayersTests", ["HebbLayers", "HebbTesting"], reference: ["Reference"]),
    tests("HebbPlotsTests", ["HebbPlots"]),
    tests("HebbDataTests", ["HebbData"], resources: [.copy("Reference")]),
    tests("HebbTests", ["Hebb", "HebbTesting"], resources: [.copy("Reference")]),
    tests("HebbLabsTests", ["HebbLabs"]),
    tests("HebbTrainingTests", ["HebbTraining", "HebbTesting"]),
    tests("HebbModelsTests", ["HebbModels", "HebbTesting"], reference: ["Reference"]),
    tests("HebbRulesTests", ["HebbRules", "HebbFiles", "HebbTesting"], reference: ["Reference"]),
    tests("HebbOCRTests", ["HebbOCR", "HebbTypesetting", "HebbTesting"]),
    tests("HebbTypesettingTests", ["HebbTypesetting", "HebbTesting"]),
    tests("HebbServerTests", ["HebbServer", "HebbTesting"]),
    tests("HebbRecipesTests", ["HebbRecipes", "HebbTesting"]),
    tests("HebbTasksTests", ["HebbTasks", "HebbTesting"]),
    tests("HebbCommandTests", ["HebbCommand", "HebbTesting"], resources: [.copy("Help")]),
    tests("HebbFilesTests", ["HebbFiles", "HebbTesting"], resources: [.copy("Resources")]),
  ]
)

// The documentation's generator is fetched only where it is asked for.
if Context.environment["HEBB_DOCS"] != nil {
  package.dependencies.append(.package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"))
}
