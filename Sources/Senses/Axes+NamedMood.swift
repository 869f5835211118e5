import Moods

extension Axes {
    /// The named mood that lies nearest.
    package var nearestMood: String {
        let moods = NamedMood.all.filter { $0.aliasOf == nil }
        func distance(_ named: NamedMood) -> Float {
            let difference = Axes(named.mood).lanes - lanes
            return (difference * difference).sum()
        }
        return moods.min { distance($0) < distance($1) }?.name ?? "golden-hour"
    }
}
