using System;

namespace Dsl;

/// <summary>The mean of |y - target| over all elements (of steps, over own ones); float32 targets of the same shape.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class MeanAbsoluteErrorAttribute : Attribute;
