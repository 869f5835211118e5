extension Inflection {
    /// Words that look like a form of a lemma, or like its denial, and are none; nor are forms of theirs.
    ///
    /// `number` is no `numb`, and `applie`, which `applied` leaves, no `apple`. Found by reading what became of all words of
    /// an American and a British word list.
    static let lookalikes = Set(
        """
        applie apply armed armful arming army artery artless artsy bard bare bared barer bares barest baring barrier
        barry beard bearer bearing beer being beings bookie broker burnish business businesslike card career caries
        carry cater caterer catty coolie cover covey dime divest dogged doggedly doggedness doubtless drover dustless
        fare fared fares faring fasting felled feller fellest fells fined finery finish fund glower goods gravy gully
        gunny hairless handful handy hardly hearse highly homer homily hotelier lately later latest latter layer
        laying lefter leftest lefts lefty liter litter liver livery mete meted meter metes meting mister mummer
        mummery nape nappy nearly number officer parked parking partly paste pasted pasting pasty ponder ready rune
        sade sate sated sates sating secrete seedless shipper singe singed singeing singes singly site sited sites
        siting skied skier skinless skipper smokeless sober spindly spine spiny stationed stationer stationery
        sugarless sunder swallowed swallowing teared tearing tease tidy trained trainer training trammed tramming
        trapper truther unbar unbarred unbarring unbars uncle uncooked uncover undies undress undressed undresses
        undressing unearth unearthed unearthing unearths unfold unhand unhanded unhanding unhands unhorse unhorsed
        unhorses unhorsing union unit unite unlace unlaced unlaces unlacing unleaded unlearn unlearned unlearning
        unlearns unlearnt unless unlettered unlock unmake unmakes unmaking unpainted unroll unrolled unrolling unrolls
        unsalted unschooled until unwind unwinds unwound waiter ward warder ware warily wariness wary waver winded
        winding
        """.split { $0 == " " || $0 == "\n" }.map(String.init))
}
