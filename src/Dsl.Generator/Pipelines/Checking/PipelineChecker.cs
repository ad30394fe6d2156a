using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Dsl.Generator.Declaring;
using Dsl.Generator.Pipelines.Facts;
using Dsl.Generator.Pipelines.Graph;
using Dsl.Generator.Pipelines.Stages;

namespace Dsl.Generator.Pipelines.Checking;

/// <summary>Turns a declaration into a pipeline: columns, stages, scores, or what is wrong.</summary>
internal static class PipelineChecker
{
    /// <summary>The pipeline of a declaration whose facts are condensed.</summary>
    public static CheckedPipeline Check(Declaration declaration, CancellationToken cancellation = default)
    {
        List<Finding> findings = [];
        ClassRules.Check(declaration, findings);
        PipelineFacts? facts = declaration.Facts as PipelineFacts;
        NameRules names = new(declaration, findings);
        bool hasBroken = CheckEntries(declaration, names, findings);
        CheckSurplus(declaration, findings);
        bool isHidden = facts?.Row is null || facts.IsRowHidden;
        RowRules.Check(facts, findings);
        CheckedPipeline pipeline = new() { Declaration = declaration, Facts = facts };
        if (facts?.Row is { Flaw: null } && !isHidden && !ClassRules.HasSeveralParts(declaration))
            pipeline = Walk(pipeline, names, findings, cancellation);
        else if (facts is not null)
            findings.AddRange(PipelineWalk.Blind(pipeline, names, cancellation));
        bool hasErrors = hasBroken || facts?.Row is not { Flaw: null } || ClassRules.HasSeveralParts(declaration) || findings.Exists(finding => finding.IsError)
            || pipeline.Columns.Any(column => column.IsUnknown) || facts.Networks.Any(network => network.HasErrors);
        // A warning in a class that is wrong anyway would only distract.
        if (hasErrors)
            findings.RemoveAll(finding => !finding.IsError);
        return pipeline with { Findings = findings, HasErrors = hasErrors, IsUngeneratable = declaration.Flaws != ClassFlaws.None || isHidden };
    }

    private static CheckedPipeline Walk(CheckedPipeline pipeline, NameRules names, List<Finding> findings, CancellationToken cancellation)
    {
        GridPoints points = new(pipeline, names, cancellation);
        pipeline = GridRules.Check(points.Declared(findings), findings);
        pipeline = points.Check(pipeline, findings);
        UsageRules.Check(pipeline, findings);
        return pipeline;
    }

    /// <summary>Arguments from generated code, and whether C# rejects an attribute.</summary>
    private static bool CheckEntries(Declaration declaration, NameRules names, List<Finding> findings)
    {
        bool hasBroken = declaration.HasUnknownAttribute;
        for (int i = 0; i < declaration.Entries.Count; i++)
        {
            Entry entry = declaration.Entries[i];
            hasBroken |= entry.IsBroken;
            if (entry.Unseen is { } unseen)
            {
                findings.Add(new(
                    Descriptors.WrongOption,
                    Place.Argument(i, unseen.Name, unseen.Element),
                    $"{names.LabelOf(i)} needs a constant for {unseen.Name} that stands in your own source: the compiler of pipelines does not see generated code"));
            }
        }

        return hasBroken;
    }

    /// <summary>What there may be once (DSL112), and that there is a stage at all (DSL116).</summary>
    private static void CheckSurplus(Declaration declaration, List<Finding> findings)
    {
        Dictionary<string, int> first = [];
        bool hasStage = declaration.HasUnknownAttribute;
        for (int i = 0; i < declaration.Entries.Count; i++)
        {
            Construct construct = declaration.Entries[i].Construct;
            hasStage |= construct is StageRule;
            string? kind = construct switch
            {
                SplitStage => "Split",
                CrossValidateConstruct => "CrossValidate",
                SelectStage or DropColumnsStage => "Select or DropColumns",
                _ => null,
            };
            if (kind is null)
                continue;
            if (first.TryGetValue(kind, out int before))
                findings.Add(new(Descriptors.Surplus, Place.Attribute(i), $"{declaration.Name} has a second {construct.Name}{(declaration.Entries[before].Construct == construct ? "" : $", beside {declaration.Entries[before].Construct.Name}")}"));
            else
                first.Add(kind, i);
        }

        if (!hasStage)
            findings.Add(new(Descriptors.NoLayers, Place.Mark, $"{declaration.Name} needs at least one stage or model"));
    }
}
