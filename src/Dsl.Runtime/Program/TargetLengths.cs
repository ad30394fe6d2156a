using System;
using System.ComponentModel;
using Dsl.Runtime.Kernels;

namespace Dsl.Runtime;

/// <summary>
/// Where a loss of every step finds how many steps of a sample are its own: labels and targets of padded steps are not looked at. The host works it out from the ids, which it has
/// before anything runs. It gives the loss the ignored label in place of theirs; of targets it only knows how many count, for the loss has lengths of its own.
/// </summary>
/// <param name="input">The input of ids.</param>
/// <param name="padding">The id of padding.</param>
/// <param name="stepSize">Labels or target values of a step.</param>
/// <param name="maps">What layers on the way make of a length, in order.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TargetLengths(int input, int padding, int stepSize, params LengthMap[] maps)
{
    /// <summary>The input of ids.</summary>
    public int Input { get; } = input;

    /// <summary>How many of a sample's labels or target values are looked at.</summary>
    internal int Of(ReadOnlySpan<int> ids, int size)
    {
        int length = Sequences.Length(ids, padding);
        foreach (LengthMap map in maps)
            length = map.Of(length);
        return Math.Min(length, size / stepSize) * stepSize;
    }
}
