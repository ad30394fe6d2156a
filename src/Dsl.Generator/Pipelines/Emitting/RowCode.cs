using System.Linq;
using Dsl.Generator.Declaring.Writing;
using Dsl.Generator.Pipelines.Facts;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Emitting;

/// <summary><c>Predict</c>: one row through all stages in straight-line code.</summary>
internal static class RowCode
{
    public static void Write(PipelineCode code)
    {
        CodeWriter writer = code.Writer;
        writer.Line("/// <summary>One row through all stages and models.</summary>");
        writer.Open($"{code.Context.OutputAccess} {code.Context.Predicted} Predict({code.Row.CSharp} row)");
        if (code.Row.IsReference)
            writer.Line("global::System.ArgumentNullException.ThrowIfNull(row);");
        foreach (Column column in code.Pipeline.Columns.Where(column => column.Property is not null && (code.Plan.IsLocal(column) || IsSized(column))))
            DeclareProperty(code, column);
        if (code.Plan.Length is { } length)
            writer.Line($"double[] values = new double[{length}];");
        foreach (CheckedStage stage in code.Pipeline.Stages.Where(stage => !stage.Rule.HoldsBack))
        {
            writer.Line();
            writer.Line($"// {PipelineDocument.Line(stage)}");
            Stage.Of(stage).EmitRow(new StageEmission(code, stage, EmissionPlace.Row));
        }

        writer.Line();
        writer.Open($"return new {code.Context.Names.OutputRow}");
        foreach (Column column in code.Pipeline.Output)
            writer.Line($"{Literal.Name(column.Name)} = {code.Plan.Output(column)},");
        writer.Close(";");
        writer.Close();
        writer.Line();
    }

    private static void DeclareProperty(PipelineCode code, Column column)
    {
        string name = Literal.Quoted(column.Name);
        bool isArray = column.Kind == ColumnKind.Vector && column is { IsReference: true, IsNullable: false };
        code.Writer.Line($"{column.Declared} {code.Locals.Of(column)} = row.{Literal.Name(column.Property!.Name)}{(isArray ? $" ?? throw global::Dsl.Pipelines.RowColumns.NullIn({name})" : "")};");
        if (column.Kind == ColumnKind.Vector)
            CheckSize(code, column);
    }

    /// <summary>Whether every row's vector has a declared size, which it is held to even where no stage reads it.</summary>
    public static bool IsSized(Column column) => column is { Kind: ColumnKind.Vector, Size: > 0 };

    /// <summary>Holds a vector that came from outside to its size.</summary>
    public static void CheckSize(PipelineCode code, Column column)
    {
        string local = code.Locals.Of(column);
        string there = column.IsNullable && !column.IsReference ? local + ".GetValueOrDefault()" : local;
        if (column.IsNullable)
            code.Writer.Line($"if ({local} is not null)");
        code.Writer.Line($"{(column.IsNullable ? "    " : "")}global::Dsl.Pipelines.RowColumns.CheckSize({Literal.Quoted(column.Name)}, {there}.{(column.IsReference ? "Length" : "Size")}, {code.Plan.WantedSize(column)});");
    }
}
