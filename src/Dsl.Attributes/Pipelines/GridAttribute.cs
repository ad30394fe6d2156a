using System;

namespace Dsl;

/// <summary>Values that <c>Tune</c> tries for one option; the points are all combinations. Needs <c>CrossValidate</c>.</summary>
/// <param name="path">A stage's or model's name, a point, and one of its options that is a number, flag, enum or <c>FeatureSubsetStrategy</c>, but not <c>Size</c>, <c>Classes</c>, <c>Trained</c>, the <c>VocabSize</c> of <c>TokenIds</c> or one of <c>Split</c>: <c>LogisticRegression1.RegParam</c>; of a network <c>LearningRate</c> too.</param>
/// <param name="values">At least one constant of the option's type, within its range; any number for a <c>double</c>, any whole one for an <c>int</c> or <c>ulong</c>.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class GridAttribute(string path, params object[] values) : Attribute
{
    /// <summary>A stage's or model's name, a point, and one of its options that is a number, flag, enum or <c>FeatureSubsetStrategy</c>, but not <c>Size</c>, <c>Classes</c>, <c>Trained</c>, the <c>VocabSize</c> of <c>TokenIds</c> or one of <c>Split</c>: <c>LogisticRegression1.RegParam</c>; of a network <c>LearningRate</c> too.</summary>
    public string Path { get; } = path;

    /// <summary>At least one constant of the option's type, within its range; any number for a <c>double</c>, any whole one for an <c>int</c> or <c>ulong</c>.</summary>
    public object[] Values { get; } = values;
}
