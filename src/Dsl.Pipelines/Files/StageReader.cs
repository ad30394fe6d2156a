using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.IO;
using System.Linq;
using Dsl.Pipelines.Stages;

namespace Dsl.Pipelines;

/// <summary>Gives back what a <see cref="StageWriter"/> took, and refuses what it cannot have taken.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class StageReader
{
    private readonly string file;
    private readonly IReadOnlyDictionary<string, (double[] Values, int[] Shape)> numbers;
    private readonly IReadOnlyDictionary<string, IReadOnlyList<string>> texts;

    internal StageReader(string stage, string file, IReadOnlyDictionary<string, (double[] Values, int[] Shape)> numbers, IReadOnlyDictionary<string, IReadOnlyList<string>> texts)
    {
        Stage = stage;
        this.file = file;
        this.numbers = numbers;
        this.texts = texts;
    }

    /// <summary>What was written, without files between.</summary>
    internal StageReader(StageWriter written)
        : this(written.Stage, "memory", written.AllNumbers, written.AllTexts)
    {
    }

    /// <summary>The stage's name.</summary>
    public string Stage { get; }

    /// <summary>One number.</summary>
    /// <exception cref="InvalidDataException">It is missing, or not one.</exception>
    public double Number(string member) => Numbers(member, [])[0];

    /// <summary>One number that is whole and lies between bounds.</summary>
    /// <exception cref="InvalidDataException">It is missing or another.</exception>
    public int Whole(string member, int least, int most)
    {
        double value = Number(member);
        return value >= least && value <= most && value == Math.Floor(value) ? (int)value : throw Wrong(member, $"is {Shown.Exactly(value)}, and wanted is a whole number from {least} to {most}");
    }

    /// <summary>Numbers in rows.</summary>
    /// <param name="member">What they are.</param>
    /// <param name="shape">The dimensions that they must have; -1 where any will do.</param>
    /// <exception cref="InvalidDataException">They are missing or have other dimensions.</exception>
    public double[] Numbers(string member, params ReadOnlySpan<int> shape)
    {
        if (!numbers.TryGetValue(member, out (double[] Values, int[] Shape) found))
            throw Wrong(member, "is missing");
        bool fits = found.Shape.Length == shape.Length;
        for (int i = 0; fits && i < shape.Length; i++)
            fits = shape[i] < 0 || shape[i] == found.Shape[i];
        return fits ? found.Values : throw Wrong(member, $"has dimensions [{string.Join(", ", found.Shape)}], and wanted are [{string.Join(", ", shape.ToArray().Select(size => size < 0 ? "any" : $"{size}"))}]");
    }

    /// <summary>The dimensions of numbers that may have several.</summary>
    /// <exception cref="InvalidDataException">They are missing.</exception>
    public IReadOnlyList<int> ShapeOf(string member) => numbers.TryGetValue(member, out (double[] Values, int[] Shape) found) ? Array.AsReadOnly(found.Shape) : throw Wrong(member, "is missing");

    /// <summary>Texts in order.</summary>
    /// <exception cref="InvalidDataException">They are missing.</exception>
    public IReadOnlyList<string> Texts(string member) => texts.TryGetValue(member, out IReadOnlyList<string>? found) ? found : throw Wrong(member, "is missing");

    /// <summary>A flaw of the file.</summary>
    public InvalidDataException Wrong(string member, string text) => new($"{file}: {Stage}.{member} {text}.");
}
