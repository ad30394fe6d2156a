using System.ComponentModel;

namespace Dsl.Pipelines;

/// <summary>As which text a stage takes the values of a column: a batch holds every number as a double.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum ColumnText
{
    /// <summary>It is text.</summary>
    Text,

    /// <summary>Doubles, as Java and Spark write them: <c>1.0</c>, <c>1.0E-4</c>.</summary>
    Double,

    /// <summary>Floats, likewise, in the digits of a float.</summary>
    Single,

    /// <summary>Numbers of a whole type: <c>2007</c>.</summary>
    Whole,
}
