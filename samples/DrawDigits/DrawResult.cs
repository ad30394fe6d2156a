using System.Collections.Generic;
using Dsl;

namespace DrawDigits;

/// <summary>What a run drew, and what it is worth.</summary>
/// <param name="Drawn">The pixels of the drawn digits.</param>
/// <param name="Read">What the judge reads in each.</param>
/// <param name="Between">Digits on the way from one test digit to another, pair after pair.</param>
/// <param name="History">The training of the network that draws.</param>
/// <param name="Scores">Of each way to draw, the test digits last.</param>
internal sealed record DrawResult(float[] Drawn, (int Digit, float Probability)[] Read, float[] Between, History History, IReadOnlyList<(string Way, DigitScore Score)> Scores)
{
    /// <summary>Of the network.</summary>
    public DigitScore Score => Scores[^2].Score;
}
