using System.Collections.Generic;
using Dsl.Generator.Declaring;
using Dsl.Generator.Pipelines.Facts;

namespace Dsl.Generator.Pipelines.Graph;

/// <summary>A stage or model with its columns.</summary>
/// <param name="Index">Its ordinal among the stages.</param>
/// <param name="Ordinal">The attribute's ordinal in <see cref="Declaration.Entries"/>.</param>
/// <param name="Entry">What is written.</param>
/// <param name="Rule">What it does.</param>
/// <param name="Name">Its name.</param>
/// <param name="Inputs">A column for each of <see cref="StageRule.Reads"/>, those that are right; of <c>DropNulls</c> without names every column that it looks at.</param>
/// <param name="Outputs">A column for each of <see cref="StageRule.Makes"/>; of <c>DropNulls</c> without names one for each input.</param>
internal sealed record CheckedStage(int Index, int Ordinal, Entry Entry, StageRule Rule, string Name, IReadOnlyList<Column> Inputs, IReadOnlyList<Column> Outputs)
{
    /// <summary>Of <c>Network</c> the network; else null.</summary>
    public NetworkFacts? Network { get; init; }

    /// <summary>Of <c>Map</c> and <c>Where</c> the method; else null.</summary>
    public RowMethod? Method { get; init; }

    /// <summary>Of a model its label, of others what they learn from; else null.</summary>
    public Column? Label { get; init; }

    /// <summary>How many classes a model's label has; 0 where that is counted in <c>Fit</c>, or it has none.</summary>
    public int Classes { get; init; }

    /// <summary>Of <c>SelectByImportance</c> the model whose importances count, among the stages; else -1.</summary>
    public int From { get; init; } = -1;

    /// <summary>Rows may not come through it.</summary>
    public bool MayDrop { get; init; }

    /// <summary>It has a property in the generated class.</summary>
    public bool Learns => Rule.Learns(Entry);

    /// <summary>A network that <c>Fit</c> is given: no training.</summary>
    public bool IsGiven { get; init; }
}
