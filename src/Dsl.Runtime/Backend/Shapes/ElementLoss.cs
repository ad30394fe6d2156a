namespace Dsl.Runtime;

/// <summary>A loss that is a mean over elements of a function of output and target.</summary>
public enum ElementLoss
{
    /// <summary>(x - t)²</summary>
    MeanSquaredError,

    /// <summary>|x - t|; derivative 0 at 0</summary>
    MeanAbsoluteError,

    /// <summary>½(x - t)² within delta, delta·(|x - t| - ½·delta) beyond (PyTorch's HuberLoss)</summary>
    Huber,

    /// <summary>max(x, 0) - x·t + ln(1 + e^-|x|): binary cross-entropy of a logit</summary>
    BinaryCrossEntropy,
}
