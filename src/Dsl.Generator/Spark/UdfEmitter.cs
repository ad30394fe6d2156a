using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declaring.Writing;

namespace Dsl.Generator.Spark;

/// <summary>Prints what stands beside a method marked <c>[SparkUdf]</c>: the same over columns, and the class that executors run.</summary>
internal static class UdfEmitter
{
    private const string ReadOnlySpan = "global::System.ReadOnlySpan<";

    // How many rows go by between two looks at whether Spark still wants them.
    private const int Chunk = 1024;

    public static string Emit(UdfPart part)
    {
        CodeWriter writer = new();
        FunctionFile.Begin(writer, part.Place, part.IsWrong);
        OverColumns(writer, part);
        if (part is { IsWrong: false, Result: { } result })
        {
            writer.Line();
            FunctionClass(writer, part, result);
        }

        FunctionFile.End(writer, part.Place);
        return writer.ToString();
    }

    /// <summary>The method that a user calls.</summary>
    private static void OverColumns(CodeWriter writer, UdfPart part)
    {
        writer.Line($"/// <summary><c>{part.Place.Method}</c> of columns, computed by Spark's executors.</summary>");
        writer.Line(GeneratedClass.Mark);
        string parameters = string.Join(", ", part.Parameters.Select(one => $"{SeamNames.Column} {Literal.Name(one.Name)}"));
        writer.Line($"{part.Place.Accessibility} static {SeamNames.Column} {Literal.Name(part.Place.Method)}({parameters}) =>");
        string arguments = string.Concat(part.Parameters.Select(one => ", " + Literal.Name(one.Name)));
        writer.Line(part.IsWrong
            ? $"    throw new global::System.InvalidOperationException({Literal.Text(part.Place.ShortName + " is wrong; the compiler shows how.")});"
            : $"    {SeamNames.Executors}UserDefinedFunction.Call<{part.Place.FunctionClass}>({Literal.Quoted(part.Options.Name)}, {Literal.Bool(part.Options.IsDeterministic)}{arguments});");
    }

    private static void FunctionClass(CodeWriter writer, UdfPart part, ColumnValue result)
    {
        string arrow = SeamNames.ArrowColumn;
        writer.Line($"/// <summary>Runs <c>{part.Place.Method}</c> in an executor, a batch of rows at a time.</summary>");
        writer.Line(GeneratedClass.Mark);
        writer.Open($"internal sealed class {part.Place.FunctionClass} : {SeamNames.Executors}ColumnFunction");
        writer.Line($"private static readonly string[] Names = {{ {string.Join(", ", part.Parameters.Select(one => Literal.Text(one.Name)))} }};");
        writer.Line($"private static readonly {SeamNames.DataTypes}DataType[] Wanted = {{ {string.Join(", ", part.Parameters.Select(one => SeamNames.DataTypeOf(one.Value!, options: null)))} }};");
        writer.Line("private global::System.Threading.CancellationToken cancellation;");
        writer.Line("private bool isChecked;");
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Line($"public override {SeamNames.DataTypes}DataType Result {{ get; }} = {SeamNames.DataTypeOf(result, part.Options)};");
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Line($"public override void Start(object? state, {SeamNames.Executors}ITask task) => cancellation = task.Cancellation;");
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Open($"public override void Run({ReadOnlySpan}{arrow}> arguments, int rows, {SeamNames.ColumnBuilder} result)");
        writer.Open("if (!isChecked)");
        writer.Line($"{SeamNames.Types}Check({Literal.Text(part.Place.ShortName)}, arguments, Names, Wanted);");
        writer.Line("isChecked = true;");
        writer.Close();
        writer.Line();
        IReadOnlyList<string> buffers = [];
        if (part.IsVectorised)
            WholeColumns(writer, part, result);
        else
            buffers = Rows(writer, part, result);
        writer.Close();

        // Known only behind the method that uses them.
        foreach (string buffer in buffers)
        {
            writer.Line();
            writer.Line($"private readonly {SeamNames.Executors}TextBuffer {buffer} = new();");
        }

        writer.Close();
    }

    private static void WholeColumns(CodeWriter writer, UdfPart part, ColumnValue result)
    {
        IEnumerable<string> arguments = part.Parameters.Select((one, i) => $"arguments[{Literal.Int(i)}].Values<{one.Value!.CSharp}>()");
        writer.Line("cancellation.ThrowIfCancellationRequested();");
        writer.Line($"{FunctionFile.Call(part.Place)}({string.Join(", ", arguments)}, result.Reserve<{result.CSharp}>(rows));");
        writer.Open($"foreach ({SeamNames.ArrowColumn} argument in arguments)");
        writer.Line($"{SeamNames.Values}PassNulls(argument, result);");
        writer.Close();
    }

    /// <summary>The loops; gives the fields that they decode text into.</summary>
    private static IReadOnlyList<string> Rows(CodeWriter writer, UdfPart part, ColumnValue result)
    {
        LocalNames names = new("arguments", "rows", "result", "values", "value", "row", "start", "end", "hasNulls", "cancellation", "isChecked", "Names", "Wanted");
        ColumnReading reading = new(writer, names);
        List<(ColumnValue Value, RowReading Row)> readings = [];
        for (int i = 0; i < part.Parameters.Count; i++)
            readings.Add((part.Parameters[i].Value!, reading.Declare(part.Parameters[i].Value!, part.Parameters[i].Name, $"arguments[{Literal.Int(i)}]")));
        ColumnWriting writing = new(writer, names, part.Options);
        writing.Declare(result, "result", "result");
        string? stored = ColumnWriting.StoredAs(result);
        if (stored is not null)
            writer.Line($"global::System.Span<{stored}> values = result.Reserve<{stored}>(rows);");
        writer.Line($"bool hasNulls = {string.Join(" || ", reading.Columns.Select(column => column + ".HasNulls"))};");
        writer.Open($"for (int start = 0; start < rows; start += {Literal.Int(Chunk)})");
        writer.Line("cancellation.ThrowIfCancellationRequested();");
        writer.Line($"int end = global::System.Math.Min(rows, start + {Literal.Int(Chunk)});");
        writer.Open("if (!hasNulls)");
        writer.Open("for (int row = start; row < end; row++)");
        One(readings.Select(one => one.Row.Plain));
        writer.Close();
        writer.Line();
        writer.Line("continue;");
        writer.Close();
        writer.Line();
        writer.Open("for (int row = start; row < end; row++)");
        string missing = string.Join(" || ", readings.Where(one => !one.Value.IsNullable).Select(one => one.Row.Missing));
        if (missing.Length > 0)
        {
            writer.Open($"if ({missing})");
            Null();
            writer.Line("continue;");
            writer.Close();
            writer.Line();
        }

        One(readings.Select(one => ColumnReading.OrNull(one.Value, one.Row)));
        writer.Close();
        writer.Close();
        return reading.Buffers;

        void One(IEnumerable<string> arguments)
        {
            string call = $"{FunctionFile.Call(part.Place)}({string.Join(", ", arguments)})";
            if (stored is not null && !result.IsNullable)
            {
                writer.Line($"values[row] = {writing.Stored(result, call)};");
                return;
            }

            writer.Line($"{result.CSharp}{(result.IsNullable || result.IsReference ? "?" : "")} value = {call};");
            if (stored is null)
            {
                writing.Append(result, "result", "value");
                return;
            }

            writer.Open("if (value.HasValue)");
            writer.Line($"values[row] = {writing.Stored(result, "value.GetValueOrDefault()")};");
            writer.Close();
            writer.Open("else");
            Null();
            writer.Close();
        }

        void Null()
        {
            if (stored is null)
            {
                writer.Line("result.AppendNull();");
                return;
            }

            writer.Line("values[row] = default;");
            writer.Line("result.SetNull(row);");
        }
    }
}
