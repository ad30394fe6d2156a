using System;

namespace Dsl.Runtime;

/// <summary>What the scores of a network choose: the one place on the host that decides it. A test holds every backend's count to it.</summary>
internal static class Choice
{
    /// <summary>The chosen label: of several scores the class with the highest (see <see cref="Metrics.ArgMax"/>); of one, -1 below 0, else +1.</summary>
    /// <param name="scores">One row: a score a class, or the score of a binary decision.</param>
    public static int Label(ReadOnlySpan<float> scores) => scores.Length == 1 ? (scores[0] < 0 ? -1 : 1) : Metrics.ArgMax(scores);

    /// <summary>Whether a logit, which says yes above 0, is on its target's side, which says yes from one half on. NaN says no.</summary>
    /// <param name="logit">The logit.</param>
    /// <param name="target">The probability that was wanted, 0 to 1.</param>
    public static bool IsMet(float logit, float target) => logit > 0 == target >= 0.5f;
}
