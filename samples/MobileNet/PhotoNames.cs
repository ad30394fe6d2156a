using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Spectre.Console;

namespace MobileNet;

/// <summary>What a network sees in photos.</summary>
/// <param name="network">It.</param>
/// <param name="labels">The names of its classes; null: they have numbers alone.</param>
internal sealed class PhotoNames(MobileNetV2 network, string[]? labels)
{
    private const int Shown = 5;

    /// <summary>The likeliest classes of a photo.</summary>
    /// <returns>Their names and probabilities, likeliest first.</returns>
    public IReadOnlyList<(string Name, float Probability)> Of(string path)
    {
        float[] scores = new float[MobileNetV2.OutputShape[0]];
        if (labels is not null && labels.Length != scores.Length)
            throw new InvalidDataException($"There are {labels.Length} names, but {scores.Length} classes.");
        network.Predict(Photo.Read(path, MobileNetV2.InputShape[^1]), scores);
        float largest = scores.Max();
        float sum = scores.Sum(score => MathF.Exp(score - largest));
        return [.. Enumerable.Range(0, scores.Length).OrderByDescending(i => scores[i]).Take(Shown).Select(i => (labels?[i] ?? $"class {i}", MathF.Exp(scores[i] - largest) / sum))];
    }

    /// <summary>The same to be shown.</summary>
    public Table Table(string path)
    {
        Table table = new Table().RoundedBorder().Title(Markup.Escape(Path.GetFileName(path))).AddColumn("class").AddColumn(new TableColumn("probability").RightAligned());
        foreach ((string name, float probability) in Of(path))
            table.AddRow(Markup.Escape(name), probability.ToString("P1", CultureInfo.InvariantCulture));
        return table;
    }
}
