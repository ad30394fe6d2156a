using System;
using System.Collections.Generic;
using Dsl.Generator.Declaring;
using Dsl.Generator.Pipelines.Emitting;
using Dsl.Generator.Pipelines.Facts;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Stages;

/// <summary>A stage with its attribute, which is its options too: what is not written has the attribute's own default.</summary>
internal abstract class StageOf<TAttribute> : Stage
    where TAttribute : Attribute
{
    private string? name;

    public override string Name => name ??= NameOf(typeof(TAttribute));

    public override Type AttributeType => typeof(TAttribute);

    public override object ReadOptions(Entry entry) => entry.Attribute<TAttribute>();

    /// <summary>The attribute as it would be at run time.</summary>
    protected static TAttribute OptionsOf(Entry entry) => entry.Options<TAttribute>();

    private static string NameOf(Type attribute)
    {
        string plain = attribute.Name.Split('`')[0];
        return plain.Substring(0, plain.Length - "Attribute".Length);
    }
}

/// <summary>A stage that makes one column of another.</summary>
internal abstract class ColumnStage<TAttribute> : StageOf<TAttribute>
    where TAttribute : ColumnStageAttribute
{
    /// <summary>What it takes.</summary>
    protected abstract Wanted Input { get; }

    public override IReadOnlyList<ColumnUse> Reads(Entry entry, PipelineFacts facts) => [Use(entry, "input")];

    public override IReadOnlyList<ColumnMade> Makes(Entry entry, PipelineFacts facts) => [Made(entry, "output")];

    public override void Check(StageSite site)
    {
        if (site.Read(0, Input, TakesNull(site.Entry)) is { } input)
            site.Make(0, OutputOf(site, input), input);
        else
            Miss(site);
    }

    /// <summary>Null may come.</summary>
    protected virtual bool TakesNull(Entry entry) => false;

    /// <summary>The column that it makes of one that is right.</summary>
    protected abstract Column OutputOf(StageSite site, Column input);

    /// <summary>What is wrong whatever it reads.</summary>
    protected virtual void Miss(StageSite site)
    {
    }
}

/// <summary>A stage that makes a vector of another of the same size.</summary>
internal abstract class VectorStage<TAttribute> : ColumnStage<TAttribute>
    where TAttribute : ColumnStageAttribute
{
    public override bool KeepsSize => true;

    protected override Wanted Input => Wanted.Vector;

    protected override Column OutputOf(StageSite site, Column input) => Columns.Vector(input.Size);
}

/// <summary>A stage that makes one column of several.</summary>
internal abstract class JoiningStage<TAttribute> : StageOf<TAttribute>
    where TAttribute : StageAttribute
{
    public override IReadOnlyList<ColumnUse> Reads(Entry entry, PipelineFacts facts) => [.. UseAll(entry, "inputs")];

    public override IReadOnlyList<ColumnMade> Makes(Entry entry, PipelineFacts facts) => [Made(entry, "output")];
}
