using System;
using Dsl.Spark.Types;

namespace Dsl.Spark.Executors;

/// <summary>What the client knows of a function that executors run: all that a column of it is made of besides its arguments.</summary>
/// <param name="FunctionType">The class, an <see cref="ExecutorFunction"/> with a public constructor without parameters.</param>
/// <param name="Name">What Spark calls it, in plans and in SQL.</param>
/// <param name="Result">What it gives.</param>
/// <param name="State">What <see cref="ExecutorFunction.Load"/> gets on the executors; null where nothing travels.</param>
/// <param name="IsDeterministic">Whether equal arguments give equal results; else Spark neither repeats nor reorders calls.</param>
/// <param name="Options">What <see cref="ExecutorFunction.Options"/> is on the executors: so that functions that differ in little share their state; or null.</param>
public sealed record FunctionDescription(Type FunctionType, string Name, DataType Result, ReadOnlyMemory<byte>? State, bool IsDeterministic = true, string? Options = null);
