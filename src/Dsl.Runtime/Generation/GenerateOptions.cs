using System;

namespace Dsl;

/// <summary>How <c>Generate</c> goes on from a prompt.</summary>
public sealed class GenerateOptions
{
    /// <summary>
    /// The most new ids; 0: as many as there is room for behind the prompt. Positions and attention have room for the steps that the declaration says (the last new id takes none,
    /// for nothing comes after it); a network of recurrent layers alone has no such limit, and needs a number here.
    /// </summary>
    public int Steps { get; init; }

    /// <summary>What logits are divided by before softmax; 0: always the id with the highest one. At least 0, finite.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>Draws among the so many likeliest ids; 0: among all. Of equally likely ones the lower ids count first.</summary>
    public int TopK { get; init; }

    /// <summary>Draws among the fewest likeliest ids (of those that <see cref="TopK"/> leaves) whose probabilities together reach this; in (0, 1], 1: among all.</summary>
    public double TopP { get; init; } = 1;

    /// <summary>The seed of the draws: the same seed, prompt, options and network give the same ids.</summary>
    public ulong Seed { get; init; }

    /// <summary>The id that ends a sequence, itself not part of it; null: none does.</summary>
    public int? StopId { get; init; }

    internal void Check(string network, int vocabulary)
    {
        if (Steps < 0)
            throw Refused(nameof(Steps), $"at least 0, but is {Steps}");
        if (!double.IsFinite(Temperature) || Temperature < 0)
            throw Refused(nameof(Temperature), $"finite and at least 0, but is {Temperature}");
        if (TopK < 0)
            throw Refused(nameof(TopK), $"at least 0, but is {TopK}");
        if (!(TopP > 0 && TopP <= 1))
            throw Refused(nameof(TopP), $"in (0, 1], but is {TopP}");
        if (StopId is { } stop && (uint)stop >= (uint)vocabulary)
            throw Refused(nameof(StopId), $"an id from 0 to {vocabulary - 1}, but is {stop}");

        ArgumentOutOfRangeException Refused(string option, FormattableString wanted) =>
            new(option, $"{network}: {option} of {nameof(GenerateOptions)} is wanted {FormattableString.Invariant(wanted)}.");
    }
}
