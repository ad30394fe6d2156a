namespace Dsl.Report;

/// <summary>The page's style sheet: system fonts, colours that follow the reader's light or dark setting, light ones on paper.</summary>
internal static class PageStyle
{
    // Custom properties of dark pages stand within "screen", so that a dark setting does not reach paper.
    public const string Text = """
        :root {
          color-scheme: light dark;
          --paper: #f7f6f3; --card: #ffffff; --ink: #1d1f24; --soft: #666b76; --line: #e3e1dc; --on-deep: #ffffff; --sheet: #fbfaf7; --shadow: 0 1px 2px #0000000d, 0 6px 24px #0000000a;
          --good: #0f7b6c; --bad: #c8412b; --c0: #7f889b; --c1: #0f7b6c; --c2: #b8631b; --c3: #4a63c4; --c4: #a83a7d; --c5: #5c8420;
          --input: #1d1f24; --convolution: #2f6fd0; --linear: #7653cf; --recurrent: #c86d13; --attention: #bd3a86; --embedding: #4f8d24; --norm: #8fa3b8; --activation: #b3b8c2; --pooling: #1e93a8;
          --merging: #5b616e; --rearranging: #ab9150; --other: #8b6f6f;
        }
        @media screen and (prefers-color-scheme: dark) {
          :root {
            --paper: #14161a; --card: #1d2026; --ink: #e9e9ec; --soft: #969daa; --line: #2e323a; --on-deep: #0d1512; --sheet: #101216; --shadow: none;
            --good: #43c7ae; --bad: #f0806a; --c0: #7d8699; --c1: #43c7ae; --c2: #eda35c; --c3: #92a7f5; --c4: #ea86c3; --c5: #a8cf69;
            --input: #e9e9ec; --convolution: #6ea5f5; --linear: #ab8ef5; --recurrent: #f0a456; --attention: #ee82bf; --embedding: #92cd63; --norm: #6f8296; --activation: #5b626e; --pooling: #4fc3d8;
            --merging: #a7aebb; --rearranging: #cdb47a; --other: #b99a9a;
          }
          .ink img { filter: invert(1); }
        }
        * { box-sizing: border-box; }
        html { -webkit-text-size-adjust: 100%; }
        body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; overflow-wrap: break-word; }
        main { max-width: 1060px; margin: 0 auto; padding: 48px 24px 64px; }
        h1 { font-size: 30px; line-height: 1.2; letter-spacing: -0.02em; margin: 0 0 6px; }
        h2 { font-size: 17px; margin: 0 0 4px; }
        p { margin: 0 0 16px; }
        .soft, .lead { color: var(--soft); }
        .lead { max-width: 68ch; margin-bottom: 28px; }
        section { background: var(--card); border: 1px solid var(--line); border-radius: 14px; padding: 22px 24px; box-shadow: var(--shadow); min-width: 0; }
        .grid { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 440px), 1fr)); gap: 20px; margin-top: 20px; }
        .wide, .lone { grid-column: 1 / -1; } .lone > svg, .lone > .scroll { max-width: 620px; }
        .text p { max-width: 72ch; } .text p:last-child { margin-bottom: 0; }
        .figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 20px; }
        .figures div { border-left: 3px solid var(--line); padding-left: 14px; min-width: 0; }
        .figures div:first-child { border-color: var(--good); }
        .figures b { display: block; font-size: 27px; line-height: 1.25; letter-spacing: -0.02em; font-weight: 650; font-variant-numeric: tabular-nums; }
        .figures span { display: block; color: var(--soft); font-size: 13px; line-height: 1.4; }
        svg { display: block; width: 100%; height: auto; overflow: visible; }
        svg text { font: 11.5px system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; fill: var(--soft); }
        .rule { stroke: var(--line); }
        .curve { fill: none; stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; }
        .curve.c0 { stroke: var(--c0); } .curve.c1 { stroke: var(--c1); stroke-width: 2.5; } .curve.c2 { stroke: var(--c2); }
        .curve.c3 { stroke: var(--c3); } .curve.c4 { stroke: var(--c4); } .curve.c5 { stroke: var(--c5); }
        .dot.c0 { fill: var(--c0); } .dot.c1 { fill: var(--c1); } .dot.c2 { fill: var(--c2); } .dot.c3 { fill: var(--c3); } .dot.c4 { fill: var(--c4); } .dot.c5 { fill: var(--c5); }
        svg text.c0, svg text.c1, svg text.c2, svg text.c3, svg text.c4, svg text.c5 { font-weight: 600; }
        svg text.c0 { fill: var(--c0); } svg text.c1 { fill: var(--c1); } svg text.c2 { fill: var(--c2); } svg text.c3 { fill: var(--c3); } svg text.c4 { fill: var(--c4); } svg text.c5 { fill: var(--c5); }
        .scroll { overflow-x: auto; }
        table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
        th { font-weight: 500; color: var(--soft); font-size: 13px; }
        .plain th, .plain td { text-align: left; padding: 4.5px 10px; border-bottom: 1px solid var(--line); }
        .plain .number, .layers td { white-space: nowrap; } .plain .number { text-align: right; } .layers td:first-child { white-space: normal; overflow-wrap: anywhere; }
        .plain tfoot td { border: 0; font-weight: 650; }
        .plain .nothing { color: var(--soft); opacity: 0.5; }
        .plain td:first-child, .plain th:first-child { padding-left: 0; } .plain td:last-child, .plain th:last-child { padding-right: 0; }
        .confusion { border-collapse: separate; border-spacing: 2px; min-width: 380px; }
        .confusion th, .confusion td { text-align: center; padding: 0 1px; height: 36px; min-width: 25px; border-radius: 6px; }
        .confusion td.right { background: color-mix(in srgb, var(--good) calc(14% + var(--share) * 86%), var(--card)); font-weight: 650; }
        .confusion td.wrong { background: color-mix(in srgb, var(--bad) calc(18% + var(--share) * 82%), var(--card)); font-weight: 650; }
        .confusion td.deep { color: var(--on-deep); }
        .confusion td.none { background: color-mix(in srgb, var(--line) 45%, var(--card)); }
        .confusion .rate { font-size: 11.5px; padding: 0 3px; font-weight: 500; color: var(--soft); }
        .sides { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 400px), 1fr)); gap: 28px 40px; align-items: start; }
        .sides > * { min-width: 0; }
        svg.network { max-width: 480px; }
        .network .edge { fill: none; stroke: var(--soft); stroke-width: 1.6; opacity: 0.75; }
        .network circle { stroke: var(--card); stroke-width: 1.5; }
        svg .name { font-weight: 650; fill: var(--ink); } svg .output { font-weight: 600; fill: var(--good); }
        svg.pipeline { min-width: 560px; }
        .pipeline .lane { fill: none; stroke-width: 2; opacity: 0.8; } .pipeline .across { stroke: var(--line); stroke-width: 5; stroke-linecap: round; }
        .pipeline circle.read { fill: var(--card); stroke-width: 2; } svg .column { font-weight: 600; fill: var(--ink); } svg .name.model { fill: var(--good); }
        .k-number { stroke: var(--c3); fill: var(--c3); background: var(--c3); } .k-class { stroke: var(--c2); fill: var(--c2); background: var(--c2); }
        .k-text { stroke: var(--c5); fill: var(--c5); background: var(--c5); } .k-vector { stroke: var(--c1); fill: var(--c1); background: var(--c1); }
        .k-other { stroke: var(--c0); fill: var(--c0); background: var(--c0); } .learnt td:first-child { white-space: nowrap; vertical-align: top; }
        .parameters { fill: var(--good); background: var(--good); } .operations { fill: var(--c0); background: var(--c0); }
        .f-input { fill: var(--input); background: var(--input); } .f-convolution { fill: var(--convolution); background: var(--convolution); } .f-linear { fill: var(--linear); background: var(--linear); }
        .f-recurrent { fill: var(--recurrent); background: var(--recurrent); } .f-attention { fill: var(--attention); background: var(--attention); }
        .f-embedding { fill: var(--embedding); background: var(--embedding); } .f-norm { fill: var(--norm); background: var(--norm); } .f-activation { fill: var(--activation); background: var(--activation); }
        .f-pooling { fill: var(--pooling); background: var(--pooling); } .f-merging { fill: var(--merging); background: var(--merging); }
        .f-rearranging { fill: var(--rearranging); background: var(--rearranging); } .f-other { fill: var(--other); background: var(--other); }
        .legend { display: flex; flex-wrap: wrap; gap: 2px 16px; margin: 14px 0 0; font-size: 12.5px; color: var(--soft); }
        .legend span { white-space: nowrap; } .legend i { display: inline-block; width: 10px; height: 10px; border-radius: 5px; margin-right: 6px; }
        .legend i.long { width: 20px; height: 4px; border-radius: 1px; vertical-align: 3px; }
        summary { cursor: pointer; color: var(--soft); margin-bottom: 8px; }
        figure { margin: 0; min-width: 0; }
        figcaption { margin-top: 8px; font-size: 13px; font-weight: 600; line-height: 1.4; }
        small { display: block; font-size: 12.5px; font-weight: 400; color: var(--soft); }
        .tiles { display: grid; grid-template-columns: repeat(auto-fill, minmax(130px, 1fr)); gap: 18px; margin-top: 14px; }
        .tiles svg { margin-top: 6px; }
        .picture { display: block; background: var(--sheet); border: 1px solid var(--line); border-radius: 8px; overflow: hidden; }
        .picture img { display: block; width: 100%; height: auto; } .squares img { image-rendering: pixelated; }
        .pairs { display: grid; grid-template-columns: repeat(auto-fill, minmax(220px, 1fr)); gap: 20px; margin-top: 14px; }
        .pairs figure > div { display: grid; grid-template-columns: 1fr 22px 1fr; gap: 4px; align-items: center; text-align: center; }
        .pairs figure > .under { grid-template-columns: 1fr 1fr; gap: 30px; margin-top: 3px; } .arrow { color: var(--soft); }
        .bar { fill: var(--line); } .bar.good { fill: var(--good); } .bar.bad { fill: var(--bad); }
        svg text.tick { font-size: 9px; } svg text.good { fill: var(--good); font-weight: 700; } svg text.bad { fill: var(--bad); font-weight: 700; }
        .caption { font-size: 13px; font-weight: 600; margin: 14px 0 2px; }
        .words { font-size: 17px; line-height: 1.75; max-width: 72ch; margin-bottom: 6px; }
        .words span { padding: 1px 4px; margin: 0 -1px; border-radius: 5px; border-bottom: 2px solid color-mix(in srgb, var(--good) calc(15% + var(--share) * 85%), var(--card)); }
        .words .for { background: color-mix(in srgb, var(--good) calc(var(--share) * 48%), var(--card)); }
        .words .against { background: color-mix(in srgb, var(--bad) calc(var(--share) * 48%), var(--card)); border-bottom: 2px dotted color-mix(in srgb, var(--bad) calc(15% + var(--share) * 85%), var(--card)); }
        footer { margin-top: 28px; color: var(--soft); font-size: 13px; }
        @media (max-width: 520px) {
          main { padding: 28px 14px 40px; } h1 { font-size: 25px; } section { padding: 18px 16px; border-radius: 12px; } .grid { gap: 14px; }
          .figures { grid-template-columns: repeat(auto-fit, minmax(120px, 1fr)); } .figures b { font-size: 23px; }
          .tiles { grid-template-columns: repeat(auto-fill, minmax(96px, 1fr)); gap: 14px; } .chart text { font-size: 14px; }
          .plain th, .plain td { padding: 4.5px 6px; font-size: 13px; } .layers th, .layers td { padding: 4.5px 4px; font-size: 12px; }
          .confusion { min-width: 0; } .confusion th, .confusion td { height: 28px; min-width: 20px; font-size: 12px; } .confusion .rate { font-size: 10px; padding: 0; }
        }
        @media print {
          * { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
          @page { margin: 14mm; }
          body { background: none; font-size: 12px; } main { max-width: none; padding: 0; }
          section { box-shadow: none; break-inside: avoid; padding: 14px 16px; } section.wide:has(.tiles, .pairs, .words) { break-inside: auto; } .figures b { font-size: 20px; }
          .grid { grid-template-columns: 1fr 1fr; gap: 12px; } .sides { grid-template-columns: 1fr 1fr; gap: 20px; } .scroll { overflow: visible; }
          h1, h2, .soft, .caption { break-after: avoid; } figure, tr, .figures { break-inside: avoid; } .confusion { min-width: 0; border-spacing: 1px; }
          .confusion th, .confusion td, .confusion .rate { height: 24px; min-width: 0; font-size: 10px; padding: 0; }
          .tiles { grid-template-columns: repeat(auto-fill, minmax(100px, 1fr)); } .pairs { grid-template-columns: repeat(auto-fill, minmax(180px, 1fr)); } .words { font-size: 14px; }
          .plain th, .plain td { padding: 3px 6px; font-size: 11px; }
        }
        """;
}
