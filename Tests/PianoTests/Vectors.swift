import Foundation

/// Numbers of the reference model (piano-prototype), one node of its JSON.
struct Vectors: @unchecked Sendable {
    let value: Any

    static let reference = fixture("vectors")

    /// A JSON file of the fixtures; empty where it cannot be read, so that every test on it fails.
    static func fixture(_ name: String) -> Vectors {
        guard let url = Bundle.module.url(forResource: "Fixtures/\(name)", withExtension: "json"),
            let data = try? Data(contentsOf: url), let root = try? JSONSerialization.jsonObject(with: data)
        else { return Vectors(value: [String: Any]()) }
        return Vectors(value: root)
    }

    static let keys = [21, 33, 48, 60, 84, 105]

    subscript(_ name: String) -> Vectors { Vectors(value: (value as? [String: Any])?[name] ?? NSNull()) }
    subscript(_ index: Int) -> Vectors { Vectors(value: (value as? [Any])?[index] ?? NSNull()) }

    static func key(_ key: Int) -> Vectors { reference["keys"]["\(key)"] }

    var number: Double { (value as? NSNumber)?.doubleValue ?? .nan }
    var numbers: [Double] { (value as? [NSNumber])?.map(\.doubleValue) ?? [] }
    var count: Int { (value as? [Any])?.count ?? 0 }
    /// A complex number [re, im], or a real one.
    var complex: (re: Double, im: Double) {
        let pair = numbers
        return pair.count == 2 ? (pair[0], pair[1]) : (number, 0)
    }
}
