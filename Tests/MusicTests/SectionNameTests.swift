import Music
import Testing

@Suite struct SectionNameTests {
    @Test func `every return of a letter has a name of its own`() {
        let names = (0..<24).map { SectionName.text("A", variant: $0) }
        #expect(names.prefix(6) == ["A", "A'", "A''", "A'''", "A'4", "A'5"])
        #expect(Set(names).count == 24)
    }
}
