import Composition
import Music

/// A plan for people and for machines.
enum PlanText {
    static func text(_ plan: Plan, seed: String) -> String {
        var lines = [
            "\(plan.form)\(plan.isShortened ? ", shortened," : "") in \(plan.key.name), \(plan.metre), \(decimal(Double(plan.tempo), 1)) bpm, \(plan.bars) bars, "
                + "then \(decimal(plan.ringOut, 1)) s of ringing out, seed \(seed)"
        ]
        var bar = 0
        for section in plan.sections {
            let mean = plan.tension[bar..<bar + section.bars].reduce(0, +) / Float(section.bars)
            let seconds = plan.seconds(before: bar)
            let name =
                section.isRetold ? section.letter + "~" : SectionName.text(section.letter, variant: section.variant)
            let bars = section.bars == 1 ? "1 bar" : "\(section.bars) bars"
            let cells = String(repeating: "█", count: max(1, Int((section.level * 20).rounded())))
            lines.append(
                "  \(clockText(seconds))  \(padded(name, 4)) \(padded(bars, 8)) level "
                    + "\(decimal(Double(section.level), 2))  tension \(decimal(Double(mean), 2))  \(cells)")
            bar += section.bars
        }
        lines.append("tension " + sparkline(plan.tension))
        lines += Montage.table(plan).map(\.text)
        return lines.joined(separator: "\n")
    }

    static func json(_ plan: Plan, seed: String) -> String {
        JSON.object([
            ("form", .string(plan.form)), ("key", .string(plan.key.name)), ("metre", .string(plan.metre.description)),
            ("tempo", .number(Double(plan.tempo), places: 3)), ("bars", .integer(plan.bars)), ("seed", .string(seed)),
            ("ringOut", .number(plan.ringOut, places: 3)), ("shift", .integer(plan.shift)),
            (
                "sections",
                .array(
                    plan.sections.map {
                        .object([
                            ("letter", .string($0.letter)), ("variant", .integer($0.variant)),
                            ("bars", .integer($0.bars)), ("level", .number(Double($0.level), places: 3)),
                            ("key", .string(plan.key(of: $0).written(in: plan.key).name)),
                            ("retold", .bool($0.isRetold)), ("silence", .integer($0.silence)),
                        ])
                    })
            ), ("montage", .array(Montage.table(plan).map(MontageReport.json))),
            ("tension", .array(plan.tension.map { .number(Double($0), places: 3) })),
            ("density", .array(plan.density.map { .number(Double($0), places: 3) })),
            ("reasons", .array(plan.reasons.map { .string($0) })),
        ]).text
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    private static func sparkline(_ values: [Float]) -> String {
        let steps = Array("▁▂▃▄▅▆▇█")
        return String(values.map { steps[min(7, max(0, Int($0 * 8)))] })
    }
}
