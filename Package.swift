// swift-tools-version: 6.2
import PackageDescription

// The targets and arrows of the architecture. `Tests/ArchitectureTests` holds this file against the table.

/// Warnings are errors where `BEACHPIANO_STRICT` is set (in CI), so that a newer compiler breaks no user's build.
let strict = Context.environment["BEACHPIANO_STRICT"] != nil

let common: [SwiftSetting] =
    [
        .swiftLanguageMode(.v6),
        .strictMemorySafety(),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
    ] + (strict ? [.treatAllWarnings(as: .error)] : [])

/// The sound-producing targets are optimized in debug builds too: unoptimized they are some sixty times slower.
let realTime: [SwiftSetting] = common + [.unsafeFlags(["-O"], .when(configuration: .debug))]

/// The shipped presets, embedded in the binary.
let presetNames = [
    "anxious", "bittersweet", "content", "dreamy", "exhilarated", "golden-hour", "grief", "hopeful", "in-love",
    "joyful", "lonely", "longing", "lullaby", "melancholy", "mysterious", "nostalgic", "on-the-beach",
    "rainy-afternoon", "resolute", "serene", "solemn", "stormy", "tender", "warm", "wistful-hope", "wonder",
]

let package = Package(
    name: "beachpiano",
    products: [
        .executable(name: "beachpiano", targets: ["beachpiano"]),
        // What `Benchmarks/` measures from inside.
        .library(name: "Instrument", targets: ["Music", "DSP", "Piano", "Mixing"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2")
    ],
    targets: [
        // MARK: - Pure
        .target(name: "Music", swiftSettings: common),
        .target(name: "Moods", dependencies: ["Music"], swiftSettings: common),
        .target(name: "Composition", dependencies: ["Music", "Moods"], swiftSettings: common),
        .target(name: "Interpretation", dependencies: ["Music", "Moods"], swiftSettings: common),
        .target(
            name: "Senses", dependencies: ["Music", "Moods", "CTurboJPEG", "CPNG", "CEXIF", "CKissFFT"],
            swiftSettings: common),
        .target(name: "Documents", dependencies: ["Music", "Moods"], swiftSettings: common),

        // MARK: - Sound
        .target(name: "DSP", swiftSettings: realTime),
        .target(name: "Piano", dependencies: ["Music", "DSP", "CAudioSupport"], swiftSettings: realTime),
        .target(name: "Mixing", dependencies: ["Music", "DSP", "CEBUR128"], swiftSettings: realTime),

        // MARK: - Edges
        .target(
            name: "Presets", dependencies: ["Music", "Moods", "CYAML"],
            // One entry a file: a folder does not work.
            resources: presetNames.map { .embedInCode("../../Presets/\($0).yaml") }, swiftSettings: common),
        .target(
            name: "AudioIO", dependencies: ["Music", "CSndfile", "CALSA", "CAudioSupport"], swiftSettings: common),
        .target(
            name: "BeachPianoKit",
            dependencies: [
                "Music", "Moods", "Senses", "Composition", "Interpretation", "Documents", "DSP", "Piano", "Mixing",
                "Presets", "AudioIO", "CMD",
            ],
            swiftSettings: common),
        .executableTarget(
            name: "beachpiano",
            dependencies: [
                "BeachPianoKit",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: common),

        // MARK: - C libraries
        .systemLibrary(name: "CSndfile", pkgConfig: "sndfile", providers: [.apt(["libsndfile1-dev"])]),
        .systemLibrary(name: "CALSA", pkgConfig: "alsa", providers: [.apt(["libasound2-dev"])]),
        .systemLibrary(name: "CEBUR128", pkgConfig: "libebur128", providers: [.apt(["libebur128-dev"])]),
        .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .systemLibrary(name: "CMD", pkgConfig: "libmd", providers: [.apt(["libmd-dev"])]),
        .systemLibrary(name: "CTurboJPEG", pkgConfig: "libturbojpeg", providers: [.apt(["libturbojpeg0-dev"])]),
        .systemLibrary(name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"])]),
        .systemLibrary(name: "CEXIF", pkgConfig: "libexif", providers: [.apt(["libexif-dev"])]),
        .systemLibrary(name: "CKissFFT", providers: [.apt(["libkissfft-dev"])]),
        .target(name: "CAudioSupport"),

        // MARK: - Test helpers
        .target(
            name: "BeachPianoTestSupport", dependencies: ["CKissFFT", "CTurboJPEG", "CPNG"],
            path: "Tests/BeachPianoTestSupport", swiftSettings: realTime),
        .target(name: "CAllocationCounter", path: "Tests/CAllocationCounter"),
        // Damaged words, photos, sounds and journals for the readers: see CONTRIBUTING.md.
        .executableTarget(
            name: "beachpiano-fuzz",
            dependencies: ["BeachPianoKit", "Moods", "Presets", "BeachPianoTestSupport", "CSndfile"],
            path: "Tests/Fuzzing",
            exclude: ["Found"], swiftSettings: common),

        // MARK: - Tests
        .testTarget(name: "ArchitectureTests", swiftSettings: common),
        .testTarget(name: "MusicTests", dependencies: ["Music"], swiftSettings: common),
        .testTarget(name: "MoodsTests", dependencies: ["Moods", "Music"], swiftSettings: common),
        .testTarget(
            name: "CompositionTests", dependencies: ["Composition", "Moods", "Music"], swiftSettings: common),
        .testTarget(
            name: "InterpretationTests", dependencies: ["Interpretation", "Moods", "Music"], swiftSettings: common),
        .testTarget(
            name: "SensesTests",
            dependencies: ["Senses", "Moods", "Music", "BeachPianoTestSupport"],
            swiftSettings: common),
        .testTarget(name: "DocumentsTests", dependencies: ["Documents", "Moods", "Music"], swiftSettings: common),
        .testTarget(name: "DSPTests", dependencies: ["DSP", "BeachPianoTestSupport"], swiftSettings: common),
        .testTarget(
            name: "PianoTests",
            dependencies: ["Piano", "DSP", "Music", "BeachPianoTestSupport", "CAllocationCounter"],
            resources: [.copy("Fixtures")], swiftSettings: common),
        .testTarget(
            name: "AcousticTests", dependencies: ["Piano", "Music", "Mixing", "BeachPianoTestSupport"],
            swiftSettings: common),
        .testTarget(
            name: "MixingTests", dependencies: ["Mixing", "Music", "BeachPianoTestSupport", "CAllocationCounter"],
            swiftSettings: common),
        .testTarget(name: "PresetsTests", dependencies: ["Presets", "Moods", "Music"], swiftSettings: common),
        .testTarget(
            name: "AudioIOTests", dependencies: ["AudioIO", "Music", "CAllocationCounter"], swiftSettings: common),
        .testTarget(
            name: "BeachPianoKitTests",
            dependencies: [
                "BeachPianoKit", "AudioIO", "Composition", "Documents", "Interpretation", "Mixing", "Moods", "Music",
                "Piano", "Presets", "BeachPianoTestSupport", "CAllocationCounter",
            ],
            swiftSettings: common),
        .testTarget(
            name: "EndToEndTests",
            dependencies: ["beachpiano", "Documents", "Music", "Presets", "BeachPianoTestSupport"],
            swiftSettings: common),
    ]
)
