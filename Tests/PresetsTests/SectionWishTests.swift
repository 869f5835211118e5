import Moods
import Presets
import Testing

@Suite("Sections of a moment")
struct SectionWishTests {
    @Test("read back as they were written, with what accompanies them, their tension and the mark of a memory")
    func readBack() throws {
        let text = "music: {sections: [i3/3 alone, A8/4, B6/3 3+3+2 0.5, C4/4 0.625, A~8/4 echo 0.25, o4/4]}"
        let sections = try PresetTests.read(text).music.sections
        #expect(
            sections == [
                FormSection(letter: "i", bars: 3, phraseBars: 3, texture: "alone"),
                FormSection(letter: "A", bars: 8, phraseBars: 4),
                FormSection(letter: "B", bars: 6, phraseBars: 3, texture: "3+3+2", tension: 0.5),
                FormSection(letter: "C", bars: 4, phraseBars: 4, tension: 0.625),
                FormSection(letter: "A", bars: 8, phraseBars: 4, isRetold: true, texture: "echo", tension: 0.25),
                FormSection(letter: "o", bars: 4, phraseBars: 4),
            ])
        for section in sections { #expect(FormSection(parsing: section.text) == section) }
    }

    @Test(
        "are refused where they are none",
        arguments: [
            "A8", "a8/4", "A8/9", "A~/4", "A8/4 gimnopedie", "A8/4 1.5", "A8/4 nan", "A8/4 0.5 open", "A8/4 x y", "",
        ])
    func refused(_ text: String) { #expect(FormSection(parsing: text) == nil) }
}
