using System.Linq;
using Dsl.Generator.Declaring.Writing;
using Dsl.Generator.Pipelines.Facts;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Emitting;

/// <summary>What a right pipeline says of itself.</summary>
internal static class TextCode
{
    private const string Column = "global::Dsl.PipelineColumn";
    private const string Stage = "global::Dsl.PipelineStage";
    private const string List = "global::System.Collections.Generic.IReadOnlyList";

    public static void Write(PipelineCode code)
    {
        CodeWriter writer = code.Writer;
        writer.Line("/// <summary>A row's way: a line a stage with what it made.</summary>");
        writer.Open($"{code.Context.RowAccess} string Explain({code.Row.CSharp} row)");
        writer.Line("global::Dsl.Pipelines.RowWay way = new global::Dsl.Pipelines.RowWay();");
        writer.Line($"{code.Through}([row], 0, way);");
        writer.Line("return way.ToString();");
        writer.Close();
        writer.Line();
        writer.Line("/// <summary>The stages with columns, kinds, sizes, what was learnt, and the rows fitted on and left out.</summary>");
        writer.Line($"public string Summary() => global::Dsl.Pipelines.PipelineText.Of(this, {code.Learnt}.Rows);");
        writer.Line();
        string columns = string.Join(", ", code.Pipeline.Columns.Where(column => column.Property is not null).Select(Described));
        string stages = string.Concat(code.Pipeline.Stages.Select(stage => $"\n            {StageOf(code, stage)},"));
        WriteInterface(code.Context, $"[{columns}]", $"\n        [{stages}\n        ]");
        writer.Line();
    }

    /// <summary>What pages ask of every pipeline.</summary>
    public static void WriteInterface(PipelineContext context, string columns, string stages)
    {
        if (!PipelineEmitter.IsWhole(context))
            return;
        context.Writer.Line($"string global::Dsl.IPipeline.Name => {Literal.Quoted(context.Declaration.Name)};");
        context.Writer.Line($"{List}<{Column}> global::Dsl.IPipeline.Columns => {columns};");
        context.Writer.Line($"{List}<{Stage}> global::Dsl.IPipeline.Stages => {stages};");
    }

    private static string StageOf(PipelineCode code, CheckedStage stage)
    {
        string inputs = string.Join(", ", stage.Inputs.Select(column => Literal.Quoted(column.Name)));
        string outputs = string.Join(", ", stage.Outputs.Select(Described));
        string learnt = !stage.Learns ? "null" : stage.Inputs.Any(input => input.IsSensitive) ? Literal.Quoted("learnt of a sensitive column, and not shown") : stage.Network is null ? $"{code.Member(stage)}.Describe()" : $"global::Dsl.Pipelines.PipelineText.Of({code.Member(stage)})";
        return $"new {Stage}({Literal.Quoted(stage.Name)}, {Literal.Quoted(stage.Entry.Construct.Name)}, {Literal.Bool(stage.Rule.IsModel)}, [{inputs}], [{outputs}], {learnt})";
    }

    private static string Described(Column column) => $"new {Column}({Literal.Quoted(column.Name)}, {Literal.Quoted(Kind(column))})";

    private static string Kind(Column column) => column.Kind switch
    {
        ColumnKind.Number => "number",
        ColumnKind.ClassNumber => column.Classes > 0 ? $"class number of {Literal.Int(column.Classes)}" : "class number",
        ColumnKind.Vector => column.Size > 0 ? $"vector of {Literal.Int(column.Size)}" : "vector",
        ColumnKind.Carried => column.Property?.Type.Short ?? "carried",
        _ => column.Kind.ToString().ToLowerInvariant(),
    };
}
