// swift-tools-version: 6.2
import PackageDescription

// What measures beachpiano and is never shipped. `Context.packageDirectory` ends in `ROOT/Benchmarks`; SwiftPM names the
// root package after its folder, and `package` declarations are seen only under that name.
let rootFolder = Context.packageDirectory.split(separator: "/").dropLast().last.map(String.init) ?? "beachpiano"
let rootName = String(rootFolder.lowercased().map { $0.isLetter || $0.isNumber ? $0 : "_" })

let common: [SwiftSetting] =
    [
        .swiftLanguageMode(.v6),
        .strictMemorySafety(),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
    ] + (Context.environment["BEACHPIANO_STRICT"] != nil ? [.treatAllWarnings(as: .error)] : [])
/// Sees the `package` declarations of the instrument.
let inside: [SwiftSetting] = common + [.unsafeFlags(["-package-name", rootName])]

let package = Package(
    name: "beachpiano-benchmarks",
    dependencies: [
        .package(name: "beachpiano", path: ".."),
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    ],
    targets: [
        .executableTarget(
            name: "bench",
            dependencies: [
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Instrument", package: "beachpiano"),
            ],
            path: "Sources/Bench", packageAccess: false, swiftSettings: inside),
        .executableTarget(
            name: "fit",
            dependencies: [
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Instrument", package: "beachpiano"),
            ],
            path: "Sources/Fit", packageAccess: false, swiftSettings: inside),
    ]
)
