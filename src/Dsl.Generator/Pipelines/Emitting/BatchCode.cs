using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declaring.Writing;
using Dsl.Generator.Pipelines.Facts;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Emitting;

/// <summary>How batches of rows go through a right pipeline.</summary>
internal static class BatchCode
{
    private const string Batch = "global::Dsl.Pipelines.ColumnBatch";

    public static void Write(PipelineCode code)
    {
        CodeWriter writer = code.Writer;
        string row = code.Row.CSharp;
        writer.Line("/// <summary>Every row through all stages and models: lazily, in order, in batches over all threads.</summary>");
        writer.Line($"{code.Context.OutputAccess} {code.Context.OutputRows} Transform({code.Context.Rows} rows) => global::Dsl.Pipelines.RowBatches.Transform<{row}, {code.Context.Names.OutputRow}>(rows, {code.TransformRows});");
        writer.Line();
        WriteOutput(code, row);
        WriteThrough(code, row);
        WriteRead(code, row);
        writer.Line($"private static readonly string[] {code.ColumnTable} = [{string.Join(", ", code.Slots.Names.Select(Literal.Quoted))}];");
        writer.Line();
    }

    /// <summary>The loop over a batch's rows.</summary>
    public static void OpenLoop(CodeWriter writer, string count = "batch.Count") => writer.Open($"for (int i = 0; i < {count}; i++)");

    private static void WriteOutput(PipelineCode code, string row)
    {
        CodeWriter writer = code.Writer;
        writer.Open($"private {code.Context.Names.OutputRow}[] {code.TransformRows}(global::System.ReadOnlySpan<{row}> rows, long first)");
        writer.Line($"{Batch} batch = {code.Through}(rows, first, null);");
        writer.Line($"{code.Context.Names.OutputRow}[] made = new {code.Context.Names.OutputRow}[batch.Count];");
        OpenLoop(writer, "made.Length");
        writer.Open($"made[i] = new {code.Context.Names.OutputRow}");
        foreach (Column column in code.Pipeline.Output)
            writer.Line($"{Literal.Name(column.Name)} = {code.Typed.At(column, "i")},");
        writer.Close(";");
        writer.Close();
        writer.Line();
        writer.Line("return made;");
        writer.Close();
        writer.Line();
    }

    private static void WriteThrough(PipelineCode code, string row)
    {
        CodeWriter writer = code.Writer;
        string none = code.Context.MayBeNull;
        writer.Open($"private {Batch} {code.Through}(global::System.ReadOnlySpan<{row}> rows, long first, global::Dsl.Pipelines.RowWay{none} way)");
        writer.Line($"{Batch} batch = {code.ReadRows}(rows, first{code.SizesOf(code.Learnt)});");
        bool isCut = code.Pipeline.CrossValidation is not null;
        WriteStages(code, code.Pipeline.Stages.Take(isCut ? code.Begin : code.Pipeline.Stages.Count));
        writer.Line();
        writer.Line(isCut ? $"return {code.ThroughRest}(batch, rows, way);" : "return batch;");
        writer.Close();
        writer.Line();
        if (!isCut)
            return;
        writer.Open($"private {Batch} {code.ThroughRest}({Batch} batch, global::System.ReadOnlySpan<{row}> rows, global::Dsl.Pipelines.RowWay{none} way)");
        WriteStages(code, code.Pipeline.Stages.Skip(code.Begin));
        writer.Line();
        writer.Line("return batch;");
        writer.Close();
        writer.Line();
    }

    private static void WriteStages(PipelineCode code, IEnumerable<CheckedStage> stages)
    {
        CodeWriter writer = code.Writer;
        HashSet<int> kept = [.. code.Pipeline.Output.Select(code.Slots.Of), .. ScoreCode.Slots(code)];
        kept.UnionWith(code.Pipeline.Output.Select(code.Slots.TypedOf).OfType<int>());
        Dictionary<int, int> lastReads = [];
        foreach (CheckedStage stage in code.Pipeline.Stages)
        {
            foreach (Column input in stage.Inputs)
                lastReads[code.Slots.Of(input)] = stage.Index;
        }

        foreach (CheckedStage stage in stages.Where(stage => !stage.Rule.HoldsBack))
        {
            writer.Line();
            writer.Line($"// {PipelineDocument.Line(stage)}");
            foreach ((int from, int to) in code.Slots.KeptBefore(stage))
                writer.Line($"batch.Share({Literal.Int(from)}, {Literal.Int(to)});");
            StageEmission emission = new(code, stage, EmissionPlace.Batch);
            Stage.Of(stage).EmitTransform(emission);
            writer.Line($"way?.Add({emission.Name}, batch{string.Concat(stage.Outputs.Where(output => !output.IsSensitive && code.Slots.IsHeld(output)).Select(output => ", " + emission.Slot(output)))});");
            if (stage.MayDrop)
            {
                writer.Line("if (batch.Count == 0)");
                writer.Line("    return batch;");
            }

            foreach (int slot in Touched(code, stage).Where(slot => !kept.Contains(slot) && !(lastReads.TryGetValue(slot, out int last) && last > stage.Index)))
                writer.Line($"batch.Release({Literal.Int(slot)});");
        }
    }

    private static IEnumerable<int> Touched(PipelineCode code, CheckedStage stage) =>
        stage.Inputs.Concat(stage.Outputs).Where(column => column.Stage >= 0 || code.Slots.IsRead(column)).Select(code.Slots.Of).Distinct();

    private static void WriteRead(PipelineCode code, string row)
    {
        CodeWriter writer = code.Writer;
        writer.Open($"private static {Batch} {code.ReadRows}(global::System.ReadOnlySpan<{row}> rows, long first{(code.ReadsSizes ? ", global::Dsl.Pipelines.VectorSizes sizes" : "")})");
        writer.Line($"{Batch} batch = new {Batch}({code.ColumnTable}, rows.Length, first);");
        // In the order in which Predict looks at them, so that of a row with two faults both name the same.
        List<(Column Column, ColumnFill? Fill)> looked = [.. code.Pipeline.Columns.Where(column => column.Property is not null && (code.Slots.IsRead(column) || IsChecked(code, column)))
            .Select(column => (column, code.Slots.IsRead(column) ? new ColumnFill(code, column) : null))];
        foreach ((Column column, ColumnFill? fill) in looked)
        {
            string seen = $"sizes.Of({Literal.Quoted(column.Name)})";
            if (fill is not null)
                fill.Declare("rows.Length", code.Plan.Seen.Contains(column) ? seen : "0");
            else if (code.Plan.Seen.Contains(column))
                writer.Line($"int {code.Locals.Further(column)} = {seen};");
        }

        if (code.Row.IsReference || looked.Count > 0)
        {
            OpenLoop(writer, "rows.Length");
            writer.Line($"{row} row = rows[i]{(code.Row.IsReference ? " ?? throw global::Dsl.Pipelines.RowColumns.NoRow(first + i)" : "")};");
            foreach ((Column column, ColumnFill? fill) in looked)
            {
                if (fill is not null)
                    fill.Assign($"row.{Literal.Name(column.Property!.Name)}", "i", "first + i");
                else
                    WriteCheck(code, column);
            }

            writer.Close();
            writer.Line();
        }

        foreach ((_, ColumnFill? fill) in looked)
            fill?.Set();
        writer.Line("return batch;");
        writer.Close();
        writer.Line();
    }

    private static bool IsChecked(PipelineCode code, Column column) => column.Kind == ColumnKind.Vector && (code.Plan.IsLocal(column) || RowCode.IsSized(column));

    /// <summary>Of a vector that the batch does not hold: that it is there, and of its size.</summary>
    private static void WriteCheck(PipelineCode code, Column column)
    {
        const string Reading = "global::Dsl.Pipelines.RowColumns.";
        string name = Literal.Quoted(column.Name);
        string value = $"row.{Literal.Name(column.Property!.Name)}";
        string size = column.IsReference ? "Length" : "Size";
        string wanted = code.Plan.Seen.Contains(column) ? code.Locals.Further(column) : Literal.Int(column.Size);
        if (column.IsNullable)
        {
            string local = code.Locals.Of(column);
            code.Writer.Line($"if ({value} is {{ }} {local})");
            code.Writer.Line($"    {Reading}CheckSize({name}, {local}.{size}, {wanted}, first + i);");
        }
        else
        {
            string there = column.IsReference ? $"({value} ?? throw {Reading}NullIn({name}, first + i))" : value;
            code.Writer.Line($"{Reading}CheckSize({name}, {there}.{size}, {wanted}, first + i);");
        }
    }
}
