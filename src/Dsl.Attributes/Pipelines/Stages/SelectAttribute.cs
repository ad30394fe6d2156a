namespace Dsl;

/// <summary>The columns of the output row, in this order. One <c>Select</c> or <c>DropColumns</c>, once; it sees the whole class.</summary>
/// <param name="columns">At least one column.</param>
public sealed class SelectAttribute(params string[] columns) : StageAttribute
{
    /// <summary>At least one column.</summary>
    public string[] Columns { get; } = columns;
}
