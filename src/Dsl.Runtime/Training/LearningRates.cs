using System;
using System.Runtime.CompilerServices;

namespace Dsl.Runtime;

/// <summary>Which learning rates there are: positive, and finite as the float32 with which the kernels compute.</summary>
internal static class LearningRates
{
    /// <summary>What is wanted, for a message.</summary>
    public const string Wanted = "a learning rate is positive and finite in single precision";

    public static bool IsLegal(double rate) => (float)rate > 0 && float.IsFinite((float)rate);

    /// <summary>The rate.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive, too large, or NaN.</exception>
    public static double Checked(double rate, [CallerArgumentExpression(nameof(rate))] string? parameter = null) => IsLegal(rate)
        ? rate
        : throw new ArgumentOutOfRangeException(parameter, rate, FormattableString.Invariant($"The learning rate is {rate}, but {Wanted}."));
}
