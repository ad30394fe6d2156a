using System;
using System.Collections.Generic;
using System.Text.RegularExpressions;
using Dsl.Generator.Pipelines.Graph;
using Range = Dsl.Generator.Pipelines.Graph.Range;

namespace Dsl.Generator.Pipelines.Stages;

/// <summary>Words, by a regular expression.</summary>
internal sealed class RegexTokenizerStage : PreparedTextStage<RegexTokenizerAttribute>
{
    public override IReadOnlyList<(string Argument, Range Range)> Ranges { get; } = [("MinTokenLength", Range.AtLeast(0))];

    public override IReadOnlyList<string> Settings { get; } = ["Pattern", "Gaps", "MinTokenLength", "ToLowercase"];

    protected override Wanted Input => Wanted.Words;

    public override void Check(StageSite site)
    {
        string pattern = OptionsOf(site.Entry).Pattern ?? "";
        try
        {
            _ = new Regex(pattern);
        }
        catch (ArgumentException wrong)
        {
            site.FailOption("Pattern", $"needs a regular expression, but has {pattern}: {wrong.Message}");
        }

        base.Check(site);
    }

    protected override Column OutputOf(StageSite site, Column input) => Columns.Tokens;
}
