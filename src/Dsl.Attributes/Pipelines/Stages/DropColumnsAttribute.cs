namespace Dsl;

/// <summary>Columns that the output row does not have. One <c>Select</c> or <c>DropColumns</c>, once; it sees the whole class.</summary>
/// <param name="columns">At least one column.</param>
public sealed class DropColumnsAttribute(params string[] columns) : StageAttribute
{
    /// <summary>At least one column.</summary>
    public string[] Columns { get; } = columns;
}
