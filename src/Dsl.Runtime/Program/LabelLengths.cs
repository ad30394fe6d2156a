using System;
using System.ComponentModel;
using Dsl.Runtime.Kernels;

namespace Dsl.Runtime;

/// <summary>
/// Where a loss with a label a step finds how many steps of a sample are its own: labels of padded steps are not looked at. The host works it out from the ids, which it has before
/// anything runs, and gives the loss the ignored label in their place.
/// </summary>
/// <param name="input">The input of ids.</param>
/// <param name="padding">The id of padding.</param>
/// <param name="maps">What layers on the way make of a length, in order.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class LabelLengths(int input, int padding, params LengthMap[] maps)
{
    /// <summary>The input of ids.</summary>
    public int Input { get; } = input;

    /// <summary>How many of a sample's labels are looked at.</summary>
    internal int Of(ReadOnlySpan<int> ids, int labels)
    {
        int length = Sequences.Length(ids, padding);
        foreach (LengthMap map in maps)
            length = map.Of(length);
        return Math.Min(length, labels);
    }
}
