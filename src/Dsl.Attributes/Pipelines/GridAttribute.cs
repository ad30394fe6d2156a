using System;

namespace Dsl;

/// <summary>Values that <c>Tune</c> tries for one option; the points are all combinations.</summary>
/// <param name="path">A stage's or model's name, a point, and one of its options that is a number, flag or enum: <c>LogisticRegression1.RegParam</c>.</param>
/// <param name="values">Constants of the option's type.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class GridAttribute(string path, params object[] values) : Attribute
{
    /// <summary>A stage's or model's name, a point, and one of its options that is a number, flag or enum: <c>LogisticRegression1.RegParam</c>.</summary>
    public string Path { get; } = path;

    /// <summary>Constants of the option's type.</summary>
    public object[] Values { get; } = values;
}
