namespace Dsl;

/// <summary>Drops rows with null or NaN in some columns; of training columns in <c>Fit</c> alone.</summary>
/// <param name="columns">The columns; without any all but training columns.</param>
public sealed class DropNullsAttribute(params string[] columns) : StageAttribute
{
    /// <summary>The columns; without any all but training columns.</summary>
    public string[] Columns { get; } = columns;
}
