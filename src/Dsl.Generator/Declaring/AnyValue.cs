namespace Dsl.Generator.Declaring;

/// <summary>An element of an argument that takes constants of any type.</summary>
/// <param name="Type">Its type as C# shows it: <c>double</c>, <c>Dsl.TreeImpurity</c>; empty of null.</param>
/// <param name="Value">The boxed constant, of an enum its number; null of null, and of a type or an array.</param>
/// <param name="IsEnum">It is a member of an enum.</param>
internal sealed record AnyValue(string Type, object? Value, bool IsEnum);
