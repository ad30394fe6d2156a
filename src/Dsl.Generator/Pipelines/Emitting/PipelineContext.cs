using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declaring;
using Dsl.Generator.Declaring.Writing;
using Dsl.Generator.Pipelines.Facts;
using Dsl.Generator.Pipelines.Graph;
using Dsl.Generator.Pipelines.Stages.Models;

namespace Dsl.Generator.Pipelines.Emitting;

/// <summary>What the parts of one generated class know.</summary>
internal sealed class PipelineContext
{
    private readonly List<PipelinePart> parts = [];

    public PipelineContext(CodeWriter writer, CheckedPipeline pipeline)
    {
        Writer = writer;
        Pipeline = pipeline;
        Locals = new LocalNames(pipeline);
        FullName = "global::" + string.Join(".", pipeline.Declaration.Namespace.Split('.')
            .Where(part => part.Length > 0)
            .Concat(pipeline.Declaration.ContainingTypes.Select(outer => outer.Name))
            .Concat([pipeline.Declaration.Name])
            .Select(Literal.Name));
        if (pipeline.HasErrors)
        {
            Slots = null!;
            Typed = null!;
            Plan = null!;
            return;
        }

        Slots = new ColumnSlots(pipeline);
        Typed = new TypedValues(this);
        Plan = new RowPlan(this);
        foreach (CheckedStage stage in pipeline.Stages)
            AddParts(stage);
    }

    public CodeWriter Writer { get; }

    public CheckedPipeline Pipeline { get; }

    public Declaration Declaration => Pipeline.Declaration;

    public RowType Row => Pipeline.Facts!.Row!;

    /// <summary>Every member throws.</summary>
    public bool Throws => Pipeline.HasErrors;

    /// <summary>What stands in place of a body when the declaration is wrong.</summary>
    public string Throw => $"throw new global::System.InvalidOperationException(\"The declaration of {Declaration.Name} has errors; the compiler shows them.\")";

    /// <summary>The class as C# finds it from anywhere.</summary>
    public string FullName { get; }

    /// <summary>Names of locals.</summary>
    public LocalNames Locals { get; }

    /// <summary>Where columns lie in a batch.</summary>
    public ColumnSlots Slots { get; }

    /// <summary>A batch's values as C# has them.</summary>
    public TypedValues Typed { get; }

    /// <summary>How <c>Predict</c> holds columns.</summary>
    public RowPlan Plan { get; }

    /// <summary>What a fitted pipeline consists of.</summary>
    public IReadOnlyList<PipelinePart> Parts => parts;

    /// <summary>The row type cannot be seen from where the class can.</summary>
    public bool IsRowHidden => Row.Visibility < Pipeline.Facts!.Visibility;

    /// <summary>The accessibility of members that name the row type.</summary>
    public string RowAccess => IsRowHidden ? "internal" : "public";

    /// <summary>The accessibility of members that name <c>OutputRow</c>.</summary>
    public string OutputAccess => IsRowHidden || Pipeline.Stages.Any(stage => stage.Network is { } network && network.Visibility < Pipeline.Facts!.Visibility) ? "internal" : "public";

    /// <summary>What <c>Predict</c> returns.</summary>
    public string Predicted => Pipeline.MayDrop ? "OutputRow?" : "OutputRow";

    /// <summary>A fitted stage as a member.</summary>
    public string Member(CheckedStage stage) => Member(stage.Name);

    /// <summary>The object of a stage that learns nothing.</summary>
    public string PreparedField(CheckedStage stage) => Member(Locals.Of(stage));

    /// <summary>The field of an option that tuning sets and no fitted stage holds.</summary>
    public string ParameterField(string path) => Member(Locals.OfParameter(path));

    /// <summary>The C# type of a fitted stage.</summary>
    public static string TypeOf(CheckedStage stage) => stage.Network?.CSharp ?? "global::Dsl.Pipelines." + stage.Stage.ModelClass;

    /// <summary>A member by its name, which no local hides.</summary>
    public string Member(string name) => Locals.IsUsed(name) ? "this." + Literal.Name(name) : Literal.Name(name);

    private void AddParts(CheckedStage stage)
    {
        StageEmission fit = new(this, stage, EmissionPlace.Fit);
        if (stage.Learns)
        {
            string access = stage.Network is { } network && network.Visibility < Pipeline.Facts!.Visibility ? "internal" : "public";
            parts.Add(new PipelinePart(stage, stage.Name, Locals.Of(stage), TypeOf(stage), access));
            return;
        }

        if (stage.Stage.Prepared(fit) is { } prepared)
            parts.Add(new PipelinePart(stage, Locals.Of(stage), Locals.Of(stage), stage.Stage.PreparedType, null) { Made = prepared });
        foreach (CheckedGrid grid in Pipeline.Grid.Where(grid => grid.Stage == stage.Index))
        {
            string local = Locals.OfParameter(grid.Path);
            parts.Add(new PipelinePart(stage, local, local, Values.TypeOf(stage.Entry, grid.Option), null) { Made = fit.Option(grid.Option) });
        }
    }
}

/// <summary>One of the things that a fitted pipeline consists of.</summary>
/// <param name="Stage">Whose it is.</param>
/// <param name="Member">The property or field.</param>
/// <param name="Local">What it is called in <c>Fit</c>, <c>Load</c> and the constructor.</param>
/// <param name="Type">Its type.</param>
/// <param name="Access">The property's accessibility; null of a private field.</param>
internal sealed record PipelinePart(CheckedStage Stage, string Member, string Local, string Type, string? Access)
{
    /// <summary>How it is made where nothing is learnt; else null.</summary>
    public string? Made { get; init; }
}
