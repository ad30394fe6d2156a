using System;

namespace Dsl;

/// <summary>Marks a partial class as a pipeline: its stage and model attributes, in the order in which they are written, are the way of a row.</summary>
/// <typeparam name="T">The row: a record, class, struct or interface whose public properties are the columns.</typeparam>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class PipelineAttribute<T> : Attribute;
