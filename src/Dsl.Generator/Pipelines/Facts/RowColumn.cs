namespace Dsl.Generator.Pipelines.Facts;

/// <summary>How a property's text in a file becomes a value.</summary>
internal enum CellForm
{
    /// <summary>By the kind of the column.</summary>
    OfKind,

    /// <summary>A member of an enum.</summary>
    Enum,

    /// <summary>By <c>IParsable</c>.</summary>
    Parsable,

    /// <summary>Not at all.</summary>
    None,
}

/// <summary>A property of the row type.</summary>
/// <param name="Name">The property's name.</param>
/// <param name="FileName">What it is called in files and on Spark where <c>Column</c> says so; else null.</param>
/// <param name="Type">Its type.</param>
/// <param name="Size">What <c>VectorSize</c> says, right or wrong; null without one.</param>
/// <param name="IsSensitive">It is marked <c>Sensitive</c>.</param>
/// <param name="Cell">How its text in a file becomes a value.</param>
internal sealed record RowColumn(string Name, string? FileName, ColumnType Type, int? Size, bool IsSensitive, CellForm Cell);
