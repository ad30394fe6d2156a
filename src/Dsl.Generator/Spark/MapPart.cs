using Dsl.Generator.Declaring;

namespace Dsl.Generator.Spark;

/// <summary>All that the generated part of a method marked <c>[SparkMap]</c> is made of, as plain values.</summary>
/// <param name="Place">Where the method stands.</param>
/// <param name="Rows">The name of the parameter with the rows.</param>
/// <param name="Input">The record that a row is; null where it is wrong.</param>
/// <param name="Output">The record that it gives; null where it is wrong.</param>
/// <param name="HasTask">It takes the task.</param>
/// <param name="IsWrong">The method cannot be called, so that what calls it throws.</param>
/// <param name="Options">What the attribute says.</param>
internal sealed record MapPart(FunctionPlace Place, string Rows, ColumnValue? Input, ColumnValue? Output, bool HasTask, bool IsWrong, FunctionOptions Options);
