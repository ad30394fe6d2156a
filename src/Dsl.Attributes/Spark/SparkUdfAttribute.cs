using System;

namespace Dsl;

/// <summary>
/// Makes a static method of a partial class a function of Spark's columns: beside `double Distance(double x, double y)` stands `Column Distance(Column x, Column y)`, which Spark's
/// executors compute, batch by batch. Parameters and results are `bool`, `sbyte`, `short`, `int`, `long`, `float`, `double`, `decimal`, `string`, `DateOnly`, `DateTime` (of kind Utc from and to a
/// timestamp, Unspecified from a timestamp_ntz), `byte[]` (binary), arrays of numbers or of `string`, and records of these, which are structs with fields called like the properties. A parameter may also be
/// `ReadOnlySpan&lt;char&gt;` (text without a string a row), `ReadOnlySpan&lt;byte&gt;` (text as UTF-8, or binary) or `ReadOnlySpan&lt;T&gt;` of numbers (an array, in place); so may the result.
/// Null: what may be null in C# (`double?`, `string?`) gets it; for a null anywhere else the method is not called, and the result is null.
/// Vectorised: a method that returns nothing, with a `Span&lt;T&gt;` of numbers as last parameter and a `ReadOnlySpan&lt;T&gt;` of numbers as every other, is called once a batch with whole columns, and sets
/// the last; rows where an argument is null become null, whatever it sets there.
/// </summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class SparkUdfAttribute : Attribute
{
    /// <summary>What Spark calls it, in plans and in SQL; empty: the method's name.</summary>
    public string Name { get; set; } = "";

    /// <summary>Whether equal arguments give equal results; else Spark neither repeats nor reorders calls.</summary>
    public bool Deterministic { get; set; } = true;

    /// <summary>Digits of a `decimal` result, 1 to 38.</summary>
    public int Precision { get; set; } = 38;

    /// <summary>Digits behind the point of a `decimal` result, 0 to Precision. Further ones are rounded, halves away from zero.</summary>
    public int Scale { get; set; } = 18;

    /// <summary>Whether a `DateTime` result is a timestamp_ntz, a day and a time of no zone, and not an instant.</summary>
    public bool TimestampNtz { get; set; }
}
