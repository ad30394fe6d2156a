using System.Collections.Generic;
using Dsl.Generator.Declaring;
using Dsl.Generator.Pipelines.Facts;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Stages;

/// <summary>Tokens as ids for a network.</summary>
internal sealed class TokenIdsStage : VocabularyStage<TokenIdsAttribute>
{
    public override IReadOnlyList<(string Argument, Range Range)> Ranges { get; } = [("length", Range.AtLeast(1)), ("VocabSize", Range.AtLeast(3))];

    public override IReadOnlyList<string> Settings { get; } = ["Length", "VocabSize"];

    protected override Wanted Input => Wanted.Tokens;

    protected override Column OutputOf(StageSite site, Column input)
    {
        TokenIdsAttribute options = OptionsOf(site.Entry);
        return new Column
        {
            Kind = ColumnKind.Ids,
            CSharp = "int[]",
            IsReference = true,
            Size = site.IsRight("length") ? options.Length : Column.Wrong,
            Vocabulary = site.IsRight("VocabSize") ? options.VocabSize : 0,
        };
    }
}
