using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declaring;
using Dsl.Generator.Pipelines.Graph;
using Dsl.Pipelines.Text;

namespace Dsl.Generator.Pipelines.Stages;

/// <summary>Tokens without frequent words.</summary>
internal sealed class StopWordsRemoverStage : PreparedTextStage<StopWordsRemoverAttribute>
{
    public override IReadOnlyList<string> Settings { get; } = ["Language", "StopWords", "CaseSensitive"];

    protected override Wanted Input => Wanted.Tokens;

    public override void Check(StageSite site)
    {
        string language = OptionsOf(site.Entry).Language ?? "";
        if (!StopWordLanguages.All.Contains(language))
            site.FailOption("Language", $"has no words of {(language.Length == 0 ? "no language" : language)}: {Spelling.Advice(Spelling.Closest(language, StopWordLanguages.All), StopWordLanguages.All)}");
        base.Check(site);
    }

    protected override Column OutputOf(StageSite site, Column input) => Columns.Tokens;
}
