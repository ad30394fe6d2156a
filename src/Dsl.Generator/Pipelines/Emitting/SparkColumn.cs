using Dsl.Generator.Declaring.Writing;
using Dsl.Generator.Pipelines.Facts;
using Dsl.Generator.Pipelines.Graph;
using Dsl.Generator.Spark;

namespace Dsl.Generator.Pipelines.Emitting;

/// <summary>How a column of a pipeline stands in a table of Spark.</summary>
/// <param name="Value">What Arrow's column is in C#; null of a vector of its own, which is a vector of Spark ML.</param>
/// <param name="Cast">The C# type that the pipeline has instead of that of <paramref name="Value"/>; null where it is the same.</param>
internal sealed record SparkColumn(ColumnValue? Value, string? Cast)
{
    private const string Vector = "global::Dsl.Vector";

    /// <summary>The column's type as an expression.</summary>
    public string DataType(FunctionOptions options) => Value is null ? $"new {SeamNames.DataTypes}VectorType()" : SeamNames.DataTypeOf(Value, options);

    /// <summary>Of a property of the row type, or null where Spark has no such type.</summary>
    public static SparkColumn? Of(ColumnType type) => Of(type.Kind, type.CSharp, type.IsNullable, type.IsReference);

    /// <summary>Of a column of the output row, or null where Spark has no such type.</summary>
    public static SparkColumn? Of(Column column) => Of(column.Kind, column.CSharp, column.IsNullable, column.IsReference);

    private static SparkColumn? Of(ColumnKind kind, string type, bool isNullable, bool isReference) => kind switch
    {
        ColumnKind.Flag => Simple(ValueForm.Bool, type, "BooleanType", isNullable, isReference),
        ColumnKind.Text => Simple(ValueForm.Text, type, "StringType", isNullable, isReference),
        ColumnKind.Tokens => new(new ColumnValue(ValueForm.TextArray, "string[]", isNullable, IsReference: true, "StringType", "string"), null),
        ColumnKind.Ids => Array("int", "IntegerType", isNullable),
        ColumnKind.Vector when type == Vector => new(null, null),
        ColumnKind.Vector => type.StartsWith("float", System.StringComparison.Ordinal) ? Array("float", "FloatType", isNullable) : Array("double", "DoubleType", isNullable),
        ColumnKind.Time => type.EndsWith("DateOnly", System.StringComparison.Ordinal) ? Simple(ValueForm.Date, type, "DateType", isNullable, isReference) : Simple(ValueForm.Time, type, "TimestampType", isNullable, isReference),
        ColumnKind.Number or ColumnKind.ClassNumber => Number(type, isNullable),
        _ => null,
    };

    private static SparkColumn Simple(ValueForm form, string type, string dataType, bool isNullable, bool isReference) => new(new ColumnValue(form, type, isNullable, isReference, dataType), null);

    private static SparkColumn Array(string element, string dataType, bool isNullable) =>
        new(new ColumnValue(ValueForm.NumberArray, element + "[]", isNullable, IsReference: true, dataType, element), null);

    /// <summary>Spark's integers have a sign: what has none is held by the next wider one.</summary>
    private static SparkColumn Number(string type, bool isNullable)
    {
        (ValueForm form, string held, string dataType) = type switch
        {
            "sbyte" => (ValueForm.Number, type, "ByteType"),
            "short" => (ValueForm.Number, type, "ShortType"),
            "byte" => (ValueForm.Number, "short", "ShortType"),
            "int" => (ValueForm.Number, type, "IntegerType"),
            "ushort" => (ValueForm.Number, "int", "IntegerType"),
            "long" => (ValueForm.Number, type, "LongType"),
            "uint" => (ValueForm.Number, "long", "LongType"),
            "float" => (ValueForm.Number, type, "FloatType"),
            "decimal" => (ValueForm.Decimal, type, "DecimalType"),
            "ulong" => (ValueForm.Decimal, "decimal", "DecimalType"),
            _ => (ValueForm.Number, "double", "DoubleType"),
        };
        return new SparkColumn(new ColumnValue(form, held, isNullable, IsReference: false, dataType), held == type ? null : type);
    }

    /// <summary>Writes what makes a vector of a row of Spark ML's.</summary>
    public static string VectorAt(string column, string sparse, string indices, string values) =>
        $"({sparse} = {SeamNames.Values}ToVector({column}, row, out {indices}, out {values})) < 0 ? {Vector}.Dense({values}) : {Vector}.Sparse({sparse}, {indices}.ToArray(), {values}.ToArray())";

    /// <summary>Writes what appends a vector.</summary>
    public static void AppendVector(CodeWriter writer, string builder, string expression, bool isNullable)
    {
        string value = isNullable ? expression + ".GetValueOrDefault()" : expression;
        if (isNullable)
        {
            writer.Open($"if ({expression} is null)");
            writer.Line($"{builder}.AppendNull();");
            writer.Close();
            writer.Open("else");
        }

        writer.Open($"if ({value}.IsSparse)");
        writer.Line($"{SeamNames.Values}AppendVector({builder}, {value}.Size, {value}.Indices, {value}.Values);");
        writer.Close();
        writer.Open("else");
        writer.Line($"{SeamNames.Values}AppendVector({builder}, {value}.AsSpan());");
        writer.Close();
        if (isNullable)
            writer.Close();
    }
}
