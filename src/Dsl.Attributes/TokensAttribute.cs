using System;

namespace Dsl;

/// <summary>
/// An input of int32 ids: T steps. With a padding id, samples may be shorter: the run of it at a sample's end is no part of the sample, which has at least one step. Labels
/// and targets of padded steps are not looked at, whatever stands there: the loss is the mean over all own steps of the batch.
/// </summary>
/// <param name="length">Steps, at least 1.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class TokensAttribute(int length) : Attribute
{
    /// <summary>The steps.</summary>
    public int Length { get; } = length;

    /// <summary>How many ids there are, at least 1: they run from 0 to one below.</summary>
    public int Vocabulary { get; set; }

    /// <summary>The id of padding, below <see cref="Vocabulary"/>; -1: every sample has all steps.</summary>
    public int Padding { get; set; } = -1;

    /// <summary>The input's name for <c>From</c> and the generated members.</summary>
    public string? Name { get; set; }
}
