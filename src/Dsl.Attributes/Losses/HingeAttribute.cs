using System;

namespace Dsl;

/// <summary>max(0, 1 - label·score) of one score and an int32 label of -1 or +1; the mean over all samples.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class HingeAttribute : Attribute;
