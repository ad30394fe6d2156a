using System;
using System.Collections.Generic;
using Dsl.Spark.Sql;

namespace Dsl.Spark.Tests.Rows;

[SparkRow]
public partial record Penguin(string Species, double? BillLength);

[SparkRow]
internal readonly partial record struct Place(int X, long? Y, string? Name);

[SparkRow]
internal sealed partial record Everything(
    bool Flag,
    sbyte Tiny,
    short Small,
    int Number,
    long Large,
    float Single,
    double Double,
    decimal Money,
    string Text,
    byte[] Bytes,
    DateOnly Day,
    DateTime Time,
    DateTimeOffset Instant,
    int[] Numbers,
    List<string> Words,
    IReadOnlyList<double?> Gaps,
    Place Where,
    Place? Elsewhere,
    Penguin[]? Penguins,
    bool? MaybeFlag,
    decimal? MaybeMoney,
    byte[]? MaybeBytes,
    string?[] MaybeWords,
    DateOnly? MaybeDay);
