using System;
using System.Collections.Generic;
using Dsl.Generator.Declaring;
using Dsl.Generator.Pipelines.Facts;

namespace Dsl.Generator.Pipelines.Graph;

/// <summary>
/// What a stage or model does to columns: which it reads and makes, what of them and of its options is wrong, whether it learns. One file a stage; instances are stateless.
/// </summary>
internal abstract class StageRule : Construct
{
    public override bool HasOrder => true;

    /// <summary>The attribute's class, whose settable properties are its options.</summary>
    public abstract Type AttributeType { get; }

    /// <summary>Which values its numbers and enums may have, by argument (DSL515).</summary>
    public virtual IReadOnlyList<(string Argument, Range Range)> Ranges => [];

    /// <summary>What is wrong with a value of an option that is no number, in words that follow <c>needs</c>; else null.</summary>
    public virtual string? Flaw(string option, object? value) => null;

    /// <summary>It has members in the generated class: something is learnt in <c>Fit</c>.</summary>
    public virtual bool Learns(Entry entry) => false;

    /// <summary>
    /// Options that decide how many elements or classes what it makes has or what it takes may have, or whether rows go: what contradicts them may be another stage's option. A grid that varies
    /// some is checked at all their combinations, each as a declaration of its own.
    /// </summary>
    public virtual IReadOnlyList<string> Sizing => [];

    /// <summary>Further options that the check goes by beyond their own range: what contradicts them is the stage's own. A grid that varies some is checked at all combinations of one stage.</summary>
    public virtual IReadOnlyList<string> Checked => [];

    /// <summary>Rows may not come through it as it is declared; <see cref="CheckedStage.MayDrop"/> knows what tuning varies, too.</summary>
    public virtual bool MayDrop(Entry entry) => false;

    /// <summary>In <c>Fit</c> alone: it holds rows back from the stages behind it.</summary>
    public virtual bool HoldsBack => false;

    /// <summary>It is a model: what it makes are predictions.</summary>
    public virtual bool IsModel => false;

    /// <summary>A tree, a forest or boosting, whose importances choose features.</summary>
    public virtual bool HasImportances => false;

    /// <summary>Whether a model gives the probabilities of classes: its second column.</summary>
    public virtual bool HasProbabilities(CheckedStage stage) => false;

    /// <summary>The class of its property in the generated class, within <c>Dsl.Pipelines</c>.</summary>
    public virtual string ModelClass => Name + "Model";

    /// <summary>The columns that it reads, in the order of its arguments.</summary>
    public virtual IReadOnlyList<ColumnUse> Reads(Entry entry, PipelineFacts facts) => [];

    /// <summary>The columns that it makes, in their order in the output row.</summary>
    public virtual IReadOnlyList<ColumnMade> Makes(Entry entry, PipelineFacts facts) => [];

    /// <summary>Says what is wrong, and what its columns are (<see cref="StageSite.Make"/>).</summary>
    public abstract void Check(StageSite site);

    /// <summary>A column named by an argument.</summary>
    protected static ColumnUse Use(Entry entry, string argument, bool isForTraining = false) => new(entry.Text(argument) ?? "", argument, IsForTraining: isForTraining);

    /// <summary>The columns named by an array.</summary>
    protected static IEnumerable<ColumnUse> UseAll(Entry entry, string argument)
    {
        EquatableArray<string?> names = entry.Texts(argument);
        for (int i = 0; i < names.Count; i++)
            yield return new ColumnUse(names[i] ?? "", argument, i);
    }

    /// <summary>A column that an argument names.</summary>
    protected static ColumnMade Made(Entry entry, string argument) => new(entry.Text(argument) ?? "", argument);

    /// <summary>The columns that an array names, each made anew in its place.</summary>
    protected static IEnumerable<ColumnMade> MadeInPlace(Entry entry, string argument)
    {
        foreach (ColumnUse use in UseAll(entry, argument))
            yield return new ColumnMade(use.Name, use.Argument, IsInPlace: true, use.Element);
    }
}
