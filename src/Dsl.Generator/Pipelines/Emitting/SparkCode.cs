using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declaring;
using Dsl.Generator.Declaring.Writing;
using Dsl.Generator.Pipelines.Facts;
using Dsl.Generator.Pipelines.Graph;
using Dsl.Generator.Spark;
using Names = Dsl.Generator.Spark.LocalNames;

namespace Dsl.Generator.Pipelines.Emitting;

/// <summary>
/// A right pipeline over tables of Spark: <c>Transform(DataFrame)</c>, and the class that executors run. It reads the columns that a stage reads or the output row has, and leaves out what Spark
/// has no type for.
/// </summary>
internal static class SparkCode
{
    private const string DataFrame = "global::Dsl.Spark.Sql.DataFrame";
    private const string StructType = SeamNames.DataTypes + "StructType";

    // Decimals as [SparkMap] gives them; times are instants.
    private static readonly FunctionOptions Options = new("", IsDeterministic: true, Precision: 38, Scale: 18, IsNtz: false);

    public static void Write(PipelineCode code)
    {
        CodeWriter writer = code.Writer;
        writer.Line("/// <summary>The same in Spark's executors, batch or stream; the table's columns are looked at before any job.</summary>");
        if (code.Row.Construction is not { } construction)
        {
            writer.Line($"public {DataFrame} Transform({DataFrame} rows) => throw new global::System.NotSupportedException({Literal.Text($"{code.Row.Name} has no constructor by which an executor could make rows of a table.")});");
            writer.Line();
            return;
        }

        List<Input> inputs = [.. Inputs(code)];
        List<Output> outputs = [.. Outputs(code)];
        string function = code.Locals.Take("TransformFunction");
        string training = string.Join(", ", inputs.Where(input => input.MayLack).Select(input => Literal.Text(input.Name)));
        writer.Line($"public {DataFrame} Transform({DataFrame} rows) => {SeamNames.Executors}PipelineFunction.Over<{function}>(");
        writer.Line($"    {Literal.Quoted(code.Declaration.Name)}, rows, {function}.Wanted, new string[] {{ {training} }}, global::Dsl.Pipelines.PipelineArchive.Pack(this, {code.Member(code.Learnt)}.Options?.MaskingKey));");
        writer.Line();
        writer.Line("/// <summary>Takes rows through the pipeline in an executor, a partition at a time.</summary>");
        writer.Line("[global::System.ComponentModel.EditorBrowsable(global::System.ComponentModel.EditorBrowsableState.Never)]");
        writer.Open($"public sealed class {function} : {SeamNames.Executors}PipelineFunction");
        writer.Line($"internal static readonly {StructType} Wanted = {Fields(inputs.Select(input => (input.Name, input.Column)))};");
        writer.Line($"private {code.Row.CSharp}[] taken = new {code.Row.CSharp}[0];");
        writer.Line($"private {code.FullName} pipeline = null!;");
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Line($"public override {StructType} Result {{ get; }} = {Fields(outputs.Select(output => (output.Name, output.Spark)))};");
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Line($"public override object? Load(global::System.ReadOnlyMemory<byte> state) => global::Dsl.Pipelines.PipelineArchive.Unpack(state, {code.FullName}.Load);");
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Open($"public override void Start(object? state, {SeamNames.Executors}ITask task)");
        writer.Line("base.Start(state, task);");
        writer.Line($"pipeline = ({code.FullName})state!;");
        writer.Close();
        writer.Line();
        WriteRun(code, outputs);
        PartitionCode.Rows(writer, code.Row.CSharp, "The batch ends with the next one; the rows are made of it at once.", "Cancellation.ThrowIfCancellationRequested();");
        writer.Line();
        WriteTake(code, construction, inputs);
        writer.Close();
        writer.Line();
    }

    private static string Fields(IEnumerable<(string Name, SparkColumn Column)> fields) =>
        $"new {StructType}({string.Join(", ", fields.Select(field => $"new {SeamNames.DataTypes}StructField({Literal.Text(field.Name)}, {field.Column.DataType(Options)})"))})";

    /// <summary>The row's columns that something needs and Spark can have.</summary>
    private static IEnumerable<Input> Inputs(PipelineCode code)
    {
        HashSet<string> shown = [.. code.Pipeline.Output.Where(column => column.Property is not null).Select(column => column.Name)];
        foreach (Column column in code.Pipeline.Columns)
        {
            if (column.Property is { } property && (code.Slots.IsRead(column) || shown.Contains(column.Name)) && SparkColumn.Of(property.Type) is { } spark)
                yield return new Input(property, spark, column.IsTraining && (property.Type.IsNullable || property.Type.IsReference));
        }
    }

    private static IEnumerable<Output> Outputs(PipelineCode code)
    {
        foreach (Column column in code.Pipeline.Output)
        {
            if (SparkColumn.Of(column) is { } spark)
                yield return new Output(column, code.Row.Columns.FirstOrDefault(one => one.Name == column.Name)?.FileName ?? column.Name, spark);
        }
    }

    private static void WriteRun(PipelineCode code, List<Output> outputs)
    {
        CodeWriter writer = code.Writer;
        Names names = new("batches", "output", "count", "value", "pipeline", "taken", "Wanted");
        writer.Line("/// <inheritdoc/>");
        writer.Open($"protected override void RunAlone({SeamNames.Executors}IBatchSource batches, {SeamNames.Executors}IBatchSink output)");
        writer.Line($"{SeamNames.Types}Check({Literal.Quoted(code.Declaration.Name)}, batches.Schema, Wanted);");
        ColumnWriting writing = new(writer, names, Options);
        List<string> builders = [];
        for (int i = 0; i < outputs.Count; i++)
        {
            string builder = names.Take("result" + outputs[i].Column.Name);
            builders.Add(builder);
            writer.Line($"{SeamNames.ColumnBuilder} {builder} = output.Columns[{Literal.Int(i)}];");
            if (outputs[i].Spark.Value is { } declared)
                writing.Declare(declared, builder, builder);
        }

        writer.Line("int count = 0;");
        writer.Open($"foreach ({code.FullName}.{code.Context.Names.OutputRow} value in pipeline.Transform(Rows(batches)))");
        for (int i = 0; i < outputs.Count; i++)
        {
            string value = $"value.{Literal.Name(outputs[i].Column.Name)}";
            SparkColumn spark = outputs[i].Spark;
            if (spark.Value is not { } held)
                SparkColumn.AppendVector(writer, builders[i], value, outputs[i].Column.IsNullable);
            else
                writing.Append(held, builders[i], spark.Cast is null ? value : $"(({held.CSharp}{(held.IsNullable ? "?" : "")}){value})");
        }

        PartitionCode.FlushFull(writer);
        writer.Close();
        writer.Close();
        writer.Line();
    }

    private static void WriteTake(PipelineCode code, RowConstruction construction, List<Input> inputs)
    {
        CodeWriter writer = code.Writer;
        Names names = new("batch", "row", "pipeline", "taken", "Wanted");
        PartitionCode.OpenTake(writer, code.Row.CSharp);
        ColumnReading reading = new(writer, names);
        Dictionary<string, string> values = [];
        List<(string Name, string Missing)> refused = [];
        foreach (Input input in inputs)
        {
            string stem = GeneratedNames.CamelCase(input.Property.Name);
            string column = $"{SeamNames.Types}Field(batch, {Literal.Text(input.Name)})";
            (string missing, string value) = input.Column.Value is { } held ? Held(held) : Vector();
            if (input.Property.Type.IsNullable || input.MayLack)
                value = $"({missing} ? default({input.Property.Type.CSharp}?) : {value}){(input.Property.Type.IsNullable ? "" : "!")}";
            else
                refused.Add((input.Name, missing));
            values.Add(input.Property.Name, value);

            (string Missing, string Value) Held(ColumnValue held)
            {
                RowReading row = reading.Declare(held, stem, column);
                return (row.Missing, input.Column.Cast is { } cast ? $"checked(({cast}){row.Careful})" : row.Careful);
            }

            (string Missing, string Value) Vector()
            {
                string own = names.Take(stem + "Column");
                string sparse = names.Take(stem + "Size");
                string indices = names.Take(stem + "Indices");
                string elements = names.Take(stem + "Values");
                writer.Line($"{SeamNames.ArrowColumn} {own} = {column};");
                writer.Line($"int {sparse};");
                writer.Line($"global::System.ReadOnlySpan<int> {indices};");
                writer.Line($"global::System.ReadOnlySpan<double> {elements};");
                return ($"{own}.IsNull(row)", $"({SparkColumn.VectorAt(own, sparse, indices, elements)})");
            }
        }

        writer.Open("for (int row = 0; row < batch.Count; row++)");
        foreach ((string name, string missing) in refused)
            PartitionCode.RefuseNull(writer, missing, Literal.Quoted(code.Declaration.Name), name);
        string settables = construction.Settables.Count == 0 ? "" : $" {{ {string.Join(", ", construction.Settables.Select(name => $"{Literal.Name(name)} = {Of(name)}"))} }}";
        writer.Line($"taken[row] = new {code.Row.CSharp}({string.Join(", ", construction.Parameters.Select(Of))}){settables};");
        writer.Close();
        writer.Close();

        // What nothing reads is not asked for.
        string Of(string name) => values.TryGetValue(name, out string value) ? value : "default!";
    }

    /// <summary>A column that rows are made of.</summary>
    private sealed record Input(RowColumn Property, SparkColumn Column, bool MayLack)
    {
        public string Name => Property.FileName ?? Property.Name;
    }

    /// <summary>A column of the resulting table.</summary>
    private sealed record Output(Column Column, string Name, SparkColumn Spark);
}
