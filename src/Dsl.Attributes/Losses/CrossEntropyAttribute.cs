using System;

namespace Dsl;

/// <summary>
/// Softmax and negative log-likelihood: logits of at least 2 classes with one int32 label a sample, or steps × classes with one a step.
/// The mean over all samples, or over all unmasked steps of the batch.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class CrossEntropyAttribute : Attribute
{
    /// <summary>The share of the target spread evenly over all classes, in [0, 1).</summary>
    public double LabelSmoothing { get; set; }

    /// <summary>
    /// Samples with this label count for nothing. A batch that has no other label has no mean: its loss is NaN, and the step changes neither weights nor
    /// running statistics nor the optimizer's state, though it counts as a step.
    /// </summary>
    public int IgnoreLabel { get; set; } = int.MinValue;
}
