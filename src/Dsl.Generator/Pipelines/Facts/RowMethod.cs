using Dsl.Generator.Declaring;

namespace Dsl.Generator.Pipelines.Facts;

/// <summary>A parameter of a method that <c>Map</c> or <c>Where</c> names.</summary>
/// <param name="Name">Its name, that of a column but perhaps for the first letter's case.</param>
/// <param name="Type">Its type; null where C# does not find it.</param>
/// <param name="IsWritten">It is by reference, and not <c>in</c>.</param>
/// <param name="IsIn">It is <c>in</c>.</param>
internal sealed record MethodParameter(string Name, ColumnType? Type, bool IsWritten, bool IsIn);

/// <summary>A method of the pipeline's class that <c>Map</c> or <c>Where</c> names.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Flaw">Why no stage can call it, in words that follow its name (DSL506); else null.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="Result">What it returns; null of <c>void</c> and of what C# does not find.</param>
/// <param name="ResultText">That type as messages show it.</param>
/// <param name="IsBroken">C# does not find a type of it, and says so.</param>
internal sealed record RowMethod(string Name, string? Flaw, EquatableArray<MethodParameter> Parameters, ColumnType? Result, string ResultText, bool IsBroken);
