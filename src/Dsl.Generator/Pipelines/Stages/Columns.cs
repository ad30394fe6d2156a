using Dsl.Generator.Pipelines.Facts;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Stages;

/// <summary>The columns that stages make.</summary>
internal static class Columns
{
    /// <summary>The type of vectors that no user declared.</summary>
    public const string VectorType = "global::Dsl.Vector";

    /// <summary>A vector.</summary>
    /// <param name="size">Its elements; 0 where that is known only after fitting, <see cref="Column.Wrong"/> where it cannot be known.</param>
    public static Column Vector(int size) => new() { Kind = ColumnKind.Vector, CSharp = VectorType, Size = size };

    /// <summary>A number that is computed.</summary>
    public static Column Number { get; } = new() { Kind = ColumnKind.Number, CSharp = "double" };

    /// <summary>A class number.</summary>
    /// <param name="classes">How many there are; 0 where nothing is declared.</param>
    /// <param name="labelsOf">The stage that has their labels, or -1.</param>
    public static Column Class(int classes, int labelsOf = -1) => new() { Kind = ColumnKind.ClassNumber, CSharp = "double", Classes = classes, LabelsOf = labelsOf };

    public static Column Text { get; } = new() { Kind = ColumnKind.Text, CSharp = "string", IsReference = true };

    public static Column Tokens { get; } = new() { Kind = ColumnKind.Tokens, CSharp = "string[]", IsReference = true };

    /// <summary>A column of a type of the row or of a method.</summary>
    public static Column Of(ColumnType type) => new()
    {
        Kind = type.Kind,
        CSharp = type.CSharp,
        IsReference = type.IsReference,
        IsNullable = type.IsNullable,
        IsOblivious = type.IsOblivious,
        IsWhole = type.IsWhole,
        Classes = type.Kind == ColumnKind.Flag ? 2 : 0,
    };

    /// <summary>Of a sum or product of sizes: as it is, unknown where one is, and wrong where one is or it is too large.</summary>
    public static int Sized(long size) => size is < 0 or > int.MaxValue ? Column.Wrong : (int)size;
}
