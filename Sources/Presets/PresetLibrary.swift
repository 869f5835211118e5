/// The presets that the binary carries.
package enum PresetLibrary {
    /// Name and text of each, sorted by name.
    package static let shipped: [(name: String, text: String)] = [
        ("anxious", PackageResources.anxious_yaml),
        ("bittersweet", PackageResources.bittersweet_yaml),
        ("content", PackageResources.content_yaml),
        ("dreamy", PackageResources.dreamy_yaml),
        ("exhilarated", PackageResources.exhilarated_yaml),
        ("golden-hour", PackageResources.golden_hour_yaml),
        ("grief", PackageResources.grief_yaml),
        ("hopeful", PackageResources.hopeful_yaml),
        ("in-love", PackageResources.in_love_yaml),
        ("joyful", PackageResources.joyful_yaml),
        ("lonely", PackageResources.lonely_yaml),
        ("longing", PackageResources.longing_yaml),
        ("lullaby", PackageResources.lullaby_yaml),
        ("melancholy", PackageResources.melancholy_yaml),
        ("mysterious", PackageResources.mysterious_yaml),
        ("nostalgic", PackageResources.nostalgic_yaml),
        ("on-the-beach", PackageResources.on_the_beach_yaml),
        ("rainy-afternoon", PackageResources.rainy_afternoon_yaml),
        ("resolute", PackageResources.resolute_yaml),
        ("serene", PackageResources.serene_yaml),
        ("solemn", PackageResources.solemn_yaml),
        ("stormy", PackageResources.stormy_yaml),
        ("tender", PackageResources.tender_yaml),
        ("warm", PackageResources.warm_yaml),
        ("wistful-hope", PackageResources.wistful_hope_yaml),
        ("wonder", PackageResources.wonder_yaml),
    ].map { ($0.0, String(decoding: $0.1, as: UTF8.self)) }
}
