import Moods
import Music

extension MomentReader {
    private static let axisNames = ["valence", "energy", "tension", "intimacy", "nostalgia", "openness"]

    /// A name, axes, or a list of timed points; `fallback` stands where there is something wrong.
    mutating func moods(_ node: YAMLNode, fallback: TimedMood) -> [TimedMood] {
        switch node {
        case .scalar: return [TimedMood(name: node.scalar, mood: named(node) ?? fallback.mood)]
        case .mapping(let pairs, _): return [point(pairs, node, isTimed: false)]
        case .sequence(let items, _):
            var points: [TimedMood] = []
            for item in items {
                guard case .mapping(let pairs, _) = item else {
                    findings.add(item, "mood: a point is {at: 1m40s, name: golden-hour} or has axes")
                    continue
                }
                let next = point(pairs, item, isTimed: true)
                if let last = points.last, next.at <= last.at {
                    findings.add(item, "mood: each point comes later than the one before")
                }
                points.append(next)
            }
            if let first = points.first, first.at != 0 { findings.add(items[0], "mood: the first point is at 0s") }
            if items.isEmpty { findings.add(node, "mood: the list is empty") }
            return points.isEmpty ? [fallback] : points
        }
    }

    private mutating func named(_ node: YAMLNode) -> Mood? {
        let name = node.scalar ?? ""
        if let mood = NamedMood.named(name) { return mood.mood }
        guard !name.isEmpty else {
            findings.add(node, "mood: needs a name or axes, such as {valence: 0.4, energy: -0.2}")
            return nil
        }
        let nearest = NamedMood.nearest(to: PlainText.shortened(name))
        findings.add(node, "mood: \(quoted(node)) is not known, did you mean '\(nearest)'?")
        return nil
    }

    private mutating func point(_ pairs: [(key: YAMLNode, value: YAMLNode)], _ node: YAMLNode, isTimed: Bool)
        -> TimedMood
    {
        var parts: [String: YAMLNode] = [:]
        let allowed = Self.axisNames + ["name"] + (isTimed ? ["at"] : [])
        for (key, value) in pairs {
            let name = key.scalar ?? ""
            guard allowed.contains(name) else {
                let nearest = Spelling.nearest(to: name, among: allowed).map { ", did you mean 'mood.\($0)'?" }
                findings.add(key, "mood.\(PlainText.shortened(name)): no such key\(nearest ?? "")")
                continue
            }
            if parts[name] != nil { findings.add(key, "mood.\(name): stands here twice, keep one") }
            parts[name] = value
        }
        if !pairs.contains(where: { $0.key.scalar != "at" }) {
            findings.add(node, "mood: needs a name or axes, such as {valence: 0.4, energy: -0.2}")
        }
        let at = isTimed ? time(parts["at"], of: node) : 0
        let start = parts["name"].flatMap { named($0) }
        return TimedMood(at: at, name: parts["name"]?.scalar, mood: axes(parts, start: start))
    }

    private mutating func time(_ node: YAMLNode?, of point: YAMLNode) -> Double {
        guard let node else {
            findings.add(point, "mood: a timed point needs 'at', such as at: 1m40s")
            return 0
        }
        let text = node.scalar ?? ""
        if text == "0" || text == "0s" { return 0 }
        if let seconds = DurationText.parse(text) { return seconds }
        findings.add(node, "mood.at: \(quoted(node)) is no time, such as 1m40s")
        return 0
    }

    private mutating func axes(_ parts: [String: YAMLNode], start: Mood?) -> Mood {
        var found: [String: Float] = [:]
        for name in Self.axisNames {
            if let node = parts[name], let value = number("mood.\(name)", node) { found[name] = Float(value) }
        }
        let valence = found["valence"] ?? start?.valence ?? 0
        let energy = found["energy"] ?? start?.energy ?? 0
        return Mood(
            valence: valence, energy: energy,
            // Without a tension of its own a mood is as tense as it is driven and dark (music.md 2.1).
            tension: found["tension"] ?? start?.tension ?? 0.45 * energy - 0.45 * valence,
            intimacy: found["intimacy"] ?? start?.intimacy ?? 0, nostalgia: found["nostalgia"] ?? start?.nostalgia ?? 0,
            openness: found["openness"] ?? start?.openness ?? 0)
    }
}
