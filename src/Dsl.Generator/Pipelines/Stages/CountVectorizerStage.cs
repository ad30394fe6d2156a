using System.Collections.Generic;
using Dsl.Generator.Declaring;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Stages;

/// <summary>How often words of a learnt vocabulary occur.</summary>
internal sealed class CountVectorizerStage : VocabularyStage<CountVectorizerAttribute>
{
    public override IReadOnlyList<(string Argument, Range Range)> Ranges { get; } = [("VocabSize", Range.AtLeast(1)), ("MinDF", Range.AtLeast(0)), ("MaxDF", Range.AtLeast(0)), ("MinTF", Range.AtLeast(0))];

    public override IReadOnlyList<string> Checked { get; } = ["MinDF", "MaxDF"];

    public override IReadOnlyList<string> Settings { get; } = ["VocabSize", "MinDF", "MaxDF", "MinTF", "Binary"];

    public override bool IsSparse => true;

    protected override Wanted Input => Wanted.Tokens;

    public override void Check(StageSite site)
    {
        CountVectorizerAttribute options = OptionsOf(site.Entry);
        bool isComparable = (options.MinDF < 1) == (options.MaxDF < 1);
        if (site.IsRight("MinDF") && site.IsRight("MaxDF") && isComparable && options.MinDF > options.MaxDF)
            site.FailLatter("MinDF", "MaxDF", $"needs MinDF of at most MaxDF, but has {Range.Text(options.MinDF)} and {Range.Text(options.MaxDF)}");
        base.Check(site);
    }

    protected override Column OutputOf(StageSite site, Column input) => Columns.Vector(0);
}
