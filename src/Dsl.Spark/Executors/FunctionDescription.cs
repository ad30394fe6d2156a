using System;
using Dsl.Spark.Types;

namespace Dsl.Spark.Executors;

/// <summary>A C# function as a plan names it: which class runs in the executors, what it gives, and what travels with it. Two that are equal upload nothing twice.</summary>
/// <param name="Function">The class, an <see cref="ExecutorFunction"/> with a public constructor without parameters.</param>
/// <param name="Name">What it is called in plans and, registered, in SQL.</param>
/// <param name="Result">What it gives: for a <see cref="MapFunction"/> a <see cref="StructType"/>.</param>
/// <param name="State">What <see cref="ExecutorFunction.Load"/> gets in the executors, such as a network's weights; null where nothing travels.</param>
public sealed record FunctionDescription(Type Function, string Name, DataType Result, ReadOnlyMemory<byte>? State = null);
