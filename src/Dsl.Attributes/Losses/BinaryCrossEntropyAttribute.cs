using System;

namespace Dsl;

/// <summary>Sigmoid and binary cross-entropy: logits with float32 targets in [0, 1] of the same shape; the mean over all elements.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class BinaryCrossEntropyAttribute : Attribute;
