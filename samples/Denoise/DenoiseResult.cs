using Dsl;

namespace Denoise;

/// <summary>What a run found, on the test digits; errors are mean squared differences to the clean pixels.</summary>
internal sealed record DenoiseResult(DigitSet Test, float[] Restored, History History)
{
    /// <summary>Of the noisy pixels themselves.</summary>
    public double NoisyError { get; init; }

    /// <summary>Of the mean training digit.</summary>
    public double MeanError { get; init; }

    /// <summary>Of as many principal components as the code has numbers.</summary>
    public double ComponentsError { get; init; }

    /// <summary>Of as many as do best on the training digits, and how many those are.</summary>
    public (double Error, int Kept) BestComponents { get; init; }

    /// <summary>Of the autoencoder.</summary>
    public double Error { get; init; }

    /// <summary>The share of noisy test digits that a linear classifier reads rightly from the codes, and from the noisy pixels.</summary>
    public (double Codes, double Pixels) Accuracy { get; init; }
}
