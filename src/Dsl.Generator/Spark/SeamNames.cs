using System.Linq;
using Dsl.Generator.Declaring.Writing;

namespace Dsl.Generator.Spark;

/// <summary>What generated code calls of Dsl.Spark.</summary>
internal static class SeamNames
{
    public const string ArrowColumn = "global::Dsl.Spark.Arrow.ArrowColumn";
    public const string ColumnBuilder = "global::Dsl.Spark.Arrow.ColumnBuilder";
    public const string Column = "global::Dsl.Spark.Sql.Column";
    public const string DataTypes = "global::Dsl.Spark.Types.";
    public const string Executors = "global::Dsl.Spark.Executors.";
    public const string Values = Executors + "ArrowValues.";
    public const string Types = Executors + "ArgumentTypes.";

    /// <summary>An expression that makes Spark's type.</summary>
    /// <param name="value">The type in C#.</param>
    /// <param name="options">How decimals and times are given; null for what is taken, where all do.</param>
    public static string DataTypeOf(ColumnValue value, FunctionOptions? options) => value.Form switch
    {
        ValueForm.Record => $"new {DataTypes}StructType({string.Join(", ", value.Fields.Select(field => FieldOf(field, options)))})",
        ValueForm.NumberSpan or ValueForm.NumberArray or ValueForm.TextArray => $"new {DataTypes}ArrayType(new {DataTypes}{value.DataType}())",
        ValueForm.Decimal when options is not null => $"new {DataTypes}DecimalType({Literal.Int(options.Precision)}, {Literal.Int(options.Scale)})",
        ValueForm.Time when options is { IsNtz: true } => $"new {DataTypes}TimestampNtzType()",
        ValueForm.Utf8 when options is null => $"new {DataTypes}BinaryType()",
        _ => $"new {DataTypes}{value.DataType}()",
    };

    private static string FieldOf(ColumnField field, FunctionOptions? options) => $"new {DataTypes}StructField({Literal.Text(field.Name)}, {DataTypeOf(field.Value, options)})";
}
