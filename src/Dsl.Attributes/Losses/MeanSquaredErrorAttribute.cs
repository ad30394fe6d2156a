using System;

namespace Dsl;

/// <summary>The mean of (y - target)² over all elements; float32 targets of the same shape.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class MeanSquaredErrorAttribute : Attribute;
