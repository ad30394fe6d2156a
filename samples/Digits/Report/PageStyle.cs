namespace Digits.Report;

/// <summary>The page's style sheet: system fonts, colours that follow the reader's light or dark setting.</summary>
internal static class PageStyle
{
    public const string Text = """
        :root {
          color-scheme: light dark;
          --paper: #f7f6f3; --card: #ffffff; --ink: #1d1f24; --soft: #6a6f7a; --line: #e3e1dc;
          --train: #8a93a6; --test: #0f7b6c; --wrong: #c8412b; --sheet: #fbfaf7; --stroke: #1b1d22; --shadow: 0 1px 2px #0000000d, 0 6px 24px #0000000a;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --paper: #14161a; --card: #1d2026; --ink: #e9e9ec; --soft: #9097a3; --line: #2e323a;
            --train: #7d8699; --test: #43c7ae; --wrong: #f0806a; --sheet: #101216; --stroke: #f1f1f4; --shadow: none;
          }
        }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
        main { max-width: 1060px; margin: 0 auto; padding: 48px 24px 64px; }
        h1 { font-size: 30px; line-height: 1.2; letter-spacing: -0.02em; margin: 0 0 6px; }
        h2 { font-size: 17px; margin: 0 0 4px; }
        p { margin: 0 0 16px; }
        .soft, .lead { color: var(--soft); }
        .lead { max-width: 68ch; margin-bottom: 28px; }
        section { background: var(--card); border: 1px solid var(--line); border-radius: 14px; padding: 22px 24px; box-shadow: var(--shadow); min-width: 0; }
        .grid { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 440px), 1fr)); gap: 20px; margin-top: 20px; }
        .wide { grid-column: 1 / -1; }
        .figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 20px; }
        .figures div { border-left: 3px solid var(--line); padding-left: 14px; }
        .figures div.first { border-color: var(--test); }
        .figures b { display: block; font-size: 27px; line-height: 1.25; letter-spacing: -0.02em; font-weight: 650; font-variant-numeric: tabular-nums; }
        .figures span { color: var(--soft); font-size: 13px; }
        svg { display: block; width: 100%; height: auto; }
        svg text { font: 11.5px system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; fill: var(--soft); }
        .rule { stroke: var(--line); }
        .curve { fill: none; stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; }
        .curve.train { stroke: var(--train); } .curve.test { stroke: var(--test); stroke-width: 2.5; }
        .dot.train { fill: var(--train); } .dot.test { fill: var(--test); }
        svg text.train { fill: var(--train); font-weight: 600; } svg text.test { fill: var(--test); font-weight: 600; }
        .scroll { overflow-x: auto; }
        table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
        th { font-weight: 500; color: var(--soft); font-size: 13px; }
        .layers th, .layers td { text-align: left; padding: 4.5px 10px; border-bottom: 1px solid var(--line); white-space: nowrap; }
        .layers .number { text-align: right; }
        .layers tfoot td { border: 0; font-weight: 650; }
        .layers .nothing { color: var(--soft); opacity: 0.5; }
        .layers td:first-child, .layers th:first-child { padding-left: 0; } .layers td:last-child, .layers th:last-child { padding-right: 0; }
        .confusion { border-collapse: separate; border-spacing: 3px; table-layout: fixed; min-width: 400px; }
        .confusion th, .confusion td { text-align: center; padding: 0; height: 37px; border-radius: 6px; }
        .confusion td.right { background: color-mix(in srgb, var(--test) calc(var(--share) * 100%), var(--card)); color: #fff; font-weight: 650; }
        .confusion td.wrong { background: color-mix(in srgb, var(--wrong) calc(22% + var(--share) * 700%), var(--card)); font-weight: 650; }
        .confusion td.none { background: color-mix(in srgb, var(--line) 45%, var(--card)); }
        .confusion .rate { font-size: 12px; color: var(--soft); } .confusion .recall { width: 60px; }
        @media (prefers-color-scheme: dark) { .confusion td.right { color: #0d1512; } }
        .digits { display: grid; grid-template-columns: repeat(auto-fill, minmax(130px, 1fr)); gap: 18px; margin-top: 14px; }
        figure { margin: 0; }
        figure .paper { fill: var(--sheet); } figure .ink { fill: var(--stroke); }
        figure .picture { border-radius: 8px; border: 1px solid var(--line); }
        figcaption { margin-top: 8px; font-size: 13px; color: var(--soft); line-height: 1.4; }
        figcaption b { color: var(--ink); } figcaption b.is { color: var(--test); } figcaption b.read { color: var(--wrong); }
        .bar { fill: var(--line); } .bar.is { fill: var(--test); } .bar.read { fill: var(--wrong); }
        svg text.is { fill: var(--test); font-weight: 700; } svg text.read { fill: var(--wrong); font-weight: 700; }
        footer { margin-top: 28px; color: var(--soft); font-size: 13px; }
        """;
}
