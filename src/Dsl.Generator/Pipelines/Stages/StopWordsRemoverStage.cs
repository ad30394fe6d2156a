using System;
using System.Collections.Generic;
using Dsl.Generator.Declaring;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Stages;

/// <summary>Tokens without frequent words.</summary>
internal sealed class StopWordsRemoverStage : PreparedTextStage<StopWordsRemoverAttribute>
{
    public override IReadOnlyList<string> Settings { get; } = ["Language", "StopWords", "CaseSensitive"];

    private static readonly string[] Languages =
    [
        "danish", "dutch", "english", "finnish", "french", "german", "hungarian", "italian", "norwegian", "portuguese", "russian", "spanish", "swedish", "turkish",
    ];

    protected override Wanted Input => Wanted.Tokens;

    public override void Check(StageSite site)
    {
        string language = OptionsOf(site.Entry).Language ?? "";
        if (Array.IndexOf(Languages, language) < 0)
            site.FailOption("Language", $"has no words of {(language.Length == 0 ? "no language" : language)}: {(Spelling.Closest(language, Languages) is { } meant ? $"did you mean {meant}?" : $"there are {string.Join(", ", Languages)}")}");
        base.Check(site);
    }

    protected override Column OutputOf(StageSite site, Column input) => Columns.Tokens;
}
