using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using Dsl;

namespace Digits;

/// <summary>What a trained network reads in the test samples.</summary>
internal sealed class TestReading
{
    private readonly Samples _test;
    private readonly float[] _inputs;

    /// <summary>Reads all test samples.</summary>
    /// <param name="network">The network.</param>
    /// <param name="test">Samples with one label each.</param>
    public TestReading(DigitNet network, Samples test)
    {
        _test = test;
        _inputs = new float[test.Count * DigitFile.Pixels];
        for (int sample = 0; sample < test.Count; sample++)
            test.Input(sample).CopyTo(_inputs.AsSpan(sample * DigitFile.Pixels));
        Logits = new float[test.Count * DigitFile.Classes];
        network.Predict(_inputs, Logits);
        int[] read = new int[test.Count];
        network.Classify(_inputs, read);
        Confusion = new ConfusionMatrix(read, [.. Enumerable.Range(0, test.Count).Select(test.Label)], DigitFile.Classes);
        float[] probabilities = new float[Logits.Length];
        network.Probabilities(_inputs, probabilities);
        Misreadings = [.. Wrong(read, probabilities)];
    }

    /// <summary>The network's outputs, sample after sample.</summary>
    public float[] Logits { get; }

    /// <summary>Which digit was read as which.</summary>
    public ConfusionMatrix Confusion { get; }

    /// <summary>The digits that were read wrongly, the surest mistake first.</summary>
    public IReadOnlyList<Misreading> Misreadings { get; }

    /// <summary>Whether another network gives the same outputs, bit by bit.</summary>
    /// <param name="other">The other network.</param>
    public bool HasSameBits(DigitNet other)
    {
        float[] logits = new float[Logits.Length];
        other.Predict(_inputs, logits);
        return MemoryMarshal.Cast<float, int>(logits).SequenceEqual(MemoryMarshal.Cast<float, int>(Logits));
    }

    private IEnumerable<Misreading> Wrong(int[] read, float[] probabilities) => Enumerable.Range(0, _test.Count)
        .Where(sample => read[sample] != _test.Label(sample))
        .Select(sample => new Misreading(
            sample,
            _test.Input(sample).ToArray(),
            _test.Label(sample),
            read[sample],
            probabilities[(sample * DigitFile.Classes)..((sample + 1) * DigitFile.Classes)]))
        .OrderByDescending(wrong => wrong.Probabilities[wrong.Predicted]);
}
