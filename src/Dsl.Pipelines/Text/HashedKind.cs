using System.ComponentModel;

namespace Dsl.Pipelines;

/// <summary>How FeatureHasher takes a column.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum HashedKind
{
    /// <summary>A number: its name is hashed, its value counts.</summary>
    Number,

    /// <summary>A whole number among <c>CategoricalCols</c>: hashed as <c>name=2</c>.</summary>
    WholeCategory,

    /// <summary>A <c>float</c> among <c>CategoricalCols</c>: hashed as <c>name=0.1</c>.</summary>
    SingleCategory,

    /// <summary>Any other number among <c>CategoricalCols</c>: hashed as <c>name=2.0</c>, as Java writes doubles.</summary>
    Category,

    /// <summary>A flag: hashed as <c>name=true</c>.</summary>
    Flag,

    /// <summary>A text: hashed as <c>name=text</c>.</summary>
    Text,
}
