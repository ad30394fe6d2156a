namespace Digits;

/// <summary>A test digit that the network read wrongly.</summary>
/// <param name="Sample">Which test sample it is, from 0.</param>
/// <param name="Pixels">Its 64 pixels, row by row, 0 (paper) to 1 (ink).</param>
/// <param name="Actual">What it is.</param>
/// <param name="Predicted">What it was read as.</param>
/// <param name="Probabilities">How likely the network held each of the ten digits to be.</param>
internal sealed record Misreading(int Sample, float[] Pixels, int Actual, int Predicted, float[] Probabilities);
