/// How a catalogue looks: paper and ink by day, sea by night, from one column on a phone to as many as fit.
enum CatalogueStyle {
    static let text = """
        :root {
            color-scheme: light dark;
            --ground: #f5efe4; --card: #fffdf8; --ink: #22313d; --soft: #67747e; --line: #e4d9c6; --gold: #a4651d;
            --shadow: 0 1px 2px #3d2f1a14, 0 10px 30px #3d2f1a14;
        }
        @media (prefers-color-scheme: dark) {
            :root {
                --ground: #0d1620; --card: #16222f; --ink: #efe7d8; --soft: #9fb0bf; --line: #263747; --gold: #e8b872;
                --shadow: 0 1px 2px #0006, 0 10px 30px #0004;
            }
        }
        * { box-sizing: border-box; margin: 0; }
        body {
            background: var(--ground); color: var(--ink); padding: clamp(1.25rem, 4vw, 3.5rem) clamp(1rem, 4vw, 3.5rem);
            font: 1rem/1.45 system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif;
        }
        header { max-width: 90rem; margin: 0 auto clamp(1.25rem, 3vw, 2.5rem); }
        h1, h2 {
            font-family: Palatino, "Palatino Linotype", "Book Antiqua", "URW Palladio L", Georgia, serif;
            font-weight: 500; text-wrap: balance;
        }
        h1 { font-size: clamp(1.8rem, 4.5vw, 2.9rem); line-height: 1.1; }
        header p { color: var(--soft); margin-top: .5rem; }
        main {
            display: grid; gap: clamp(1rem, 2.2vw, 2rem); max-width: 90rem; margin: 0 auto;
            grid-template-columns: repeat(auto-fill, minmax(min(100%, 20rem), 1fr));
        }
        article {
            display: flex; flex-direction: column; overflow: hidden; background: var(--card);
            border: 1px solid var(--line); border-radius: .9rem; box-shadow: var(--shadow);
            content-visibility: auto; contain-intrinsic-size: auto 32rem;
        }
        /* The postcard without its paper and its words, which stand below. */
        .picture { aspect-ratio: 1128 / 618; overflow: hidden; background: var(--line); }
        .picture img { display: block; width: 107%; height: auto; margin: -3.5% 0 0 -3.5%; }
        .picture.none { background: linear-gradient(#a9d2e4, #f4efdc 56%, #7fb8c4 56%, #1f6f86); }
        .words { display: flex; flex-direction: column; flex: 1; padding: 1rem 1.15rem 1.05rem; }
        .mood { color: var(--gold); font-size: .76rem; letter-spacing: .12em; text-transform: uppercase; }
        h2 { font-size: 1.4rem; line-height: 1.2; margin-top: .15rem; overflow-wrap: anywhere; }
        audio { display: block; width: 100%; height: 2.6rem; margin: .85rem 0 .9rem; }
        dl { display: grid; grid-template-columns: 2fr 3fr; gap: .5rem 1rem; }
        dt { color: var(--soft); font-size: .74rem; }
        dd { font-size: .92rem; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
        .files { display: flex; flex-wrap: wrap; gap: .4rem; margin-top: auto; padding-top: .95rem; }
        .files a {
            color: var(--soft); border: 1px solid var(--line); border-radius: 9rem; padding: .1rem .65rem;
            font-size: .78rem; text-decoration: none;
        }
        .files a:hover, .files a:focus-visible { color: var(--gold); border-color: currentColor; }
        @media print { article { break-inside: avoid; } audio { display: none; } }
        """
}
