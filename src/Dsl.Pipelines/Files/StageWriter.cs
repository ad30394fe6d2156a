using System;
using System.Collections.Generic;
using System.ComponentModel;

namespace Dsl.Pipelines;

/// <summary>Takes what a stage has learnt, member by member: numbers go into <c>pipeline.safetensors</c>, texts into <c>metadata.json</c>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class StageWriter
{
    private readonly Dictionary<string, (double[] Values, int[] Shape)> numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<string>> texts = new(StringComparer.Ordinal);

    /// <summary>Begins a stage.</summary>
    /// <param name="stage">Its name.</param>
    public StageWriter(string stage) => Stage = stage;

    /// <summary>The stage's name.</summary>
    public string Stage { get; }

    /// <summary>The numbers by member.</summary>
    internal IReadOnlyDictionary<string, (double[] Values, int[] Shape)> AllNumbers => numbers;

    /// <summary>The texts by member.</summary>
    internal IReadOnlyDictionary<string, IReadOnlyList<string>> AllTexts => texts;

    /// <summary>One number.</summary>
    public void Number(string member, double value) => numbers.Add(member, ([value], []));

    /// <summary>Numbers in rows.</summary>
    /// <param name="member">What they are, once a stage.</param>
    /// <param name="values">The numbers, row behind row.</param>
    /// <param name="shape">Its dimensions; none written: one, of their number.</param>
    public void Numbers(string member, ReadOnlySpan<double> values, params ReadOnlySpan<int> shape) => numbers.Add(member, (values.ToArray(), shape.IsEmpty ? [values.Length] : shape.ToArray()));

    /// <summary>Texts in order.</summary>
    public void Texts(string member, IReadOnlyList<string> values) => texts.Add(member, values);
}
