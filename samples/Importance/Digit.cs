using System;
using System.Collections.Generic;
using Dsl;

namespace Importance;

/// <summary>A handwritten digit.</summary>
/// <param name="Pixels">8 × 8, row by row, from 0 to 1.</param>
/// <param name="Label">Which it is.</param>
public sealed record Digit([VectorSize(64)] float[] Pixels, int Label)
{
    /// <summary>The digits of a file.</summary>
    public static IReadOnlyList<Digit> Read(string path)
    {
        Samples samples = Digits.DigitFile.Read(path);
        List<Digit> digits = new(samples.Count);
        for (int i = 0; i < samples.Count; i++)
            digits.Add(new Digit(samples.Input(i).ToArray(), samples.Label(i)));
        return digits;
    }
}
