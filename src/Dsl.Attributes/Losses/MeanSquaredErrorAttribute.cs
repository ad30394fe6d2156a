using System;

namespace Dsl;

/// <summary>The mean of (y - target)² over all elements (of steps, over own ones); float32 targets of the same shape.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class MeanSquaredErrorAttribute : Attribute;
