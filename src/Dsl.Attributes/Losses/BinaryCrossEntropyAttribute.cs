using System;

namespace Dsl;

/// <summary>
/// Sigmoid and binary cross-entropy: logits with float32 targets in [0, 1] of the same shape; the mean over all elements (of steps, over own ones). Its
/// accuracy, in <c>Fit</c> and <c>Evaluate</c>, is the share of target values that are met: a logit above 0 where the target is at least 0.5, none above 0 where it is less.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class BinaryCrossEntropyAttribute : Attribute;
