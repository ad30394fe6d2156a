using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declaring;
using Dsl.Generator.Declaring.Writing;

namespace Dsl.Generator.Spark;

/// <summary>Prints what stands beside a method marked <c>[SparkMap]</c>: the same over tables, and the class that executors run.</summary>
internal static class MapEmitter
{
    private const string DataFrame = "global::Dsl.Spark.Sql.DataFrame";

    public static string Emit(MapPart part)
    {
        CodeWriter writer = new();
        FunctionFile.Begin(writer, part.Place, part.IsWrong);
        OverTables(writer, part);
        if (part is { IsWrong: false, Input: { } input, Output: { } output })
        {
            writer.Line();
            FunctionClass(writer, part, input, output);
        }

        FunctionFile.End(writer, part.Place);
        return writer.ToString();
    }

    /// <summary>The method that a user calls.</summary>
    private static void OverTables(CodeWriter writer, MapPart part)
    {
        writer.Line($"/// <summary><c>{part.Place.Method}</c> of each partition of a table, computed by Spark's executors; with a barrier in all of them at the same time.</summary>");
        writer.Line(GeneratedClass.Mark);
        string rows = Literal.Name(part.Rows);
        string barrier = part.Rows == "barrier" ? "isBarrier" : "barrier";
        writer.Line($"{part.Place.Accessibility} static {DataFrame} {Literal.Name(part.Place.Method)}({DataFrame} {rows}, bool {barrier} = false) =>");
        writer.Line(part.IsWrong
            ? $"    throw new global::System.InvalidOperationException({Literal.Text(part.Place.ShortName + " is wrong; the compiler shows how.")});"
            : $"    {SeamNames.Executors}UserDefinedFunction.MapPartitions<{part.Place.FunctionClass}>({Literal.Quoted(part.Options.Name)}, {part.Place.FunctionClass}.Wanted, {rows}, {barrier});");
    }

    private static void FunctionClass(CodeWriter writer, MapPart part, ColumnValue input, ColumnValue output)
    {
        writer.Line($"/// <summary>Runs <c>{part.Place.Method}</c> in an executor, a partition at a time.</summary>");
        writer.Line(GeneratedClass.Mark);
        writer.Open($"internal sealed class {part.Place.FunctionClass} : {SeamNames.Executors}MapFunction");
        writer.Line($"internal static readonly {SeamNames.DataTypes}StructType Wanted = {SeamNames.DataTypeOf(input, options: null)};");
        writer.Line($"private {input.CSharp}[] taken = new {input.CSharp}[0];");
        writer.Line($"private {SeamNames.Executors}ITask task = null!;");
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Line($"public override {SeamNames.DataTypes}StructType Result {{ get; }} = {SeamNames.DataTypeOf(output, part.Options)};");
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Line($"public override void Start(object? state, {SeamNames.Executors}ITask task) => this.task = task;");
        writer.Line();
        Run(writer, part, output);
        writer.Line();
        PartitionCode.Rows(writer, input.CSharp, "The batch ends with the next one; what is taken from it is the method's own.");
        writer.Line();
        Take(writer, part, input);
        writer.Close();
    }

    private static void Run(CodeWriter writer, MapPart part, ColumnValue output)
    {
        LocalNames names = new("batches", "output", "count", "value", "task", "taken", "Wanted");
        writer.Line("/// <inheritdoc/>");
        writer.Open($"public override void Run({SeamNames.Executors}IBatchSource batches, {SeamNames.Executors}IBatchSink output)");
        writer.Line($"{SeamNames.Types}Check({Literal.Text(part.Place.ShortName)}, batches.Schema, Wanted);");
        ColumnWriting writing = new(writer, names, part.Options);
        List<string> builders = [];
        for (int i = 0; i < output.Fields.Count; i++)
        {
            string builder = names.Take("result" + output.Fields[i].Name);
            builders.Add(builder);
            writer.Line($"{SeamNames.ColumnBuilder} {builder} = output.Columns[{Literal.Int(i)}];");
            writing.Declare(output.Fields[i].Value, builder, builder);
        }

        writer.Line("int count = 0;");
        writer.Open($"foreach ({output.CSharp} value in {FunctionFile.Call(part.Place)}(Rows(batches){(part.HasTask ? ", task" : "")}))");
        if (output.IsReference)
        {
            writer.Open("if (value is null)");
            writer.Line($"throw new global::System.InvalidOperationException({Literal.Text(part.Place.ShortName + " gave a row that is null.")});");
            writer.Close();
            writer.Line();
        }

        for (int i = 0; i < builders.Count; i++)
            writing.Append(output.Fields[i].Value, builders[i], $"value.{Literal.Name(output.Fields[i].Name)}");
        PartitionCode.FlushFull(writer);
        writer.Close();
        writer.Close();
    }

    private static void Take(CodeWriter writer, MapPart part, ColumnValue input)
    {
        LocalNames names = new("batch", "row", "task", "taken", "Wanted");
        PartitionCode.OpenTake(writer, input.CSharp);
        ColumnReading reading = new(writer, names);
        List<(ColumnField Field, RowReading Row)> fields = [];
        foreach (ColumnField field in input.Fields)
            fields.Add((field, reading.Declare(field.Value, GeneratedNames.CamelCase(field.Name), $"{SeamNames.Types}Field(batch, {Literal.Text(field.Name)})")));
        writer.Open("for (int row = 0; row < batch.Count; row++)");
        foreach ((ColumnField field, RowReading row) in fields.Where(one => !one.Field.Value.IsNullable))
            PartitionCode.RefuseNull(writer, row.Missing, Literal.Text(part.Place.ShortName), field.Name);
        writer.Line($"taken[row] = new {input.CSharp}({string.Join(", ", fields.Select(one => ColumnReading.OrNull(one.Field.Value, one.Row)))});");
        writer.Close();
        writer.Close();
    }
}
