namespace Dsl;

/// <summary>How the step size goes.</summary>
public enum SgdLearningRate
{
    /// <summary>1 / (Alpha · (t0 + t)), Bottou's t0.</summary>
    Optimal,

    /// <summary><c>Eta0</c>.</summary>
    Constant,

    /// <summary><c>Eta0</c> / t^<c>PowerT</c>.</summary>
    InvScaling,

    /// <summary><c>Eta0</c>, divided by 5 where the loss stops to fall.</summary>
    Adaptive,
}
