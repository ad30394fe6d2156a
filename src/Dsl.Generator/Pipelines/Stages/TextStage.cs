using Dsl.Generator.Declaring;
using Dsl.Generator.Pipelines.Emitting;

namespace Dsl.Generator.Pipelines.Stages;

/// <summary>A stage over texts or tokens whose runtime class is static: its name stands before what it reads, its options behind.</summary>
internal abstract class TextStage<TAttribute> : ColumnStage<TAttribute>
    where TAttribute : ColumnStageAttribute
{
    public override void EmitRow(StageEmission emission) => emission.Set($"{emission.Class}.Transform({emission.Name}, {emission.Value(emission.Input)}{emission.Further(Settings)})");
}

/// <summary>A stage over texts or tokens whose work is prepared once: an object of its runtime class.</summary>
internal abstract class PreparedTextStage<TAttribute> : ColumnStage<TAttribute>
    where TAttribute : ColumnStageAttribute
{
    public override string Prepared(StageEmission emission) => $"new {emission.Class}({emission.Name}{emission.Further(Settings)})";

    public override void EmitTransform(StageEmission emission) => emission.Writer.Line($"{emission.Shared}.Transform(batch, {emission.Slot(emission.Input)}, {emission.Slot(emission.Output)});");

    public override void EmitRow(StageEmission emission) => emission.Set($"{emission.Shared}.Transform({emission.Value(emission.Input)})");
}

/// <summary>A stage that learns a vocabulary of tokens.</summary>
internal abstract class VocabularyStage<TAttribute> : ColumnStage<TAttribute>
    where TAttribute : ColumnStageAttribute
{
    public override bool Learns(Entry entry) => true;

    public override void EmitRow(StageEmission emission) => emission.Set($"{emission.Model}.Transform({emission.Value(emission.Input)})");
}
