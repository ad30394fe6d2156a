using System.ComponentModel;

namespace Dsl.Pipelines;

/// <summary>A column that generated code reads from a CSV file.</summary>
/// <param name="Name">Its property's name.</param>
/// <param name="Header">What its <c>[Column]</c> says; null without one.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record CsvColumn(string Name, string? Header = null);
