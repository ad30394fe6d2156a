using System;

namespace Dsl;

/// <summary>What every optimizer has.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public abstract class OptimizerAttribute : Attribute
{
    /// <summary>
    /// Scales the loss's gradient over all trainable parameters by min(1, ClipNorm / (norm + 1e-6)), before decay and L1 are added; 0 is off.
    /// </summary>
    public double ClipNorm { get; set; }

    /// <summary>Adds L1·sign(w) to the gradient of every trainable parameter, biases and norms too; at least 0.</summary>
    public double L1 { get; set; }
}
