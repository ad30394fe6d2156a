using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declaring.Writing;
using Dsl.Generator.Pipelines.Facts;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Emitting;

/// <summary>A right pipeline's files, and rows from files.</summary>
internal static class FileCode
{
    private const string Pipelines = "global::Dsl.Pipelines.";

    public static void Write(PipelineCode code)
    {
        WriteDeclared(code);
        WriteSave(code);
        WriteLoad(code);
        if (code.Row.Construction is { } construction)
            WriteCsv(code, construction);
        WriteDispose(code);
    }

    private static void WriteDeclared(PipelineCode code)
    {
        CodeWriter writer = code.Writer;
        writer.Line($"private static readonly {Pipelines}PipelineDeclaration {code.Declared} = new {Pipelines}PipelineDeclaration(");
        writer.Line($"    {Literal.Quoted(code.Declaration.Name)},");
        writer.Line("    [");
        foreach (RowColumn column in code.Row.Columns)
        {
            string type = column.Type.Short + (column.Size is { } size ? $"[{Literal.Int(size)}]" : "") + (column.IsSensitive ? " sensitive" : "");
            writer.Line($"        new {Pipelines}DeclaredColumn({Literal.Quoted(column.Name)}, {Literal.Quoted(type)}),");
        }

        writer.Line("    ],");
        writer.Line("    [");
        foreach (CheckedStage stage in code.Pipeline.Stages)
        {
            IEnumerable<string> arguments = Values.All(stage.Entry).Select(argument => $"({Literal.Quoted(argument.Option)}, {Literal.Quoted(Values.Written(argument.Value))})");
            writer.Line($"        new {Pipelines}DeclaredStage({Literal.Quoted(stage.Name)}, {Literal.Quoted(stage.Entry.Construct.Name)}, {string.Join(", ", arguments)}),");
        }

        writer.Line("    ]);");
        writer.Line();
    }

    private static void WriteSave(PipelineCode code)
    {
        CodeWriter writer = code.Writer;
        writer.Line("/// <summary>Writes metadata.json, pipeline.safetensors and a file a network into a folder, which afterwards is complete, or as it was before.</summary>");
        writer.Line($"public void Save(string folder) => {Pipelines}PipelineFiles.Save(folder, {code.Declared}, {code.WriteParts});");
        writer.Line();
        writer.Open($"private void {code.WriteParts}({Pipelines}PipelineWriter writer)");
        writer.Line($"{code.Learnt}.Write(writer);");
        if (code.Plan.Seen.Count > 0)
            writer.Line($"{code.Learnt}.Sizes.Write(writer{code.Plan.SeenNames});");
        foreach (FittedPart part in code.Parts.Where(part => part.Made is null))
            writer.Line($"writer.{(part.Stage.Network is null ? "Stage" : "Network")}({Literal.Quoted(part.Stage.Name)}, {code.Member(part.Member)});");
        if (code.HasTestScores)
        {
            writer.Open("if (TestScores is not null)");
            foreach (CheckedScore score in code.Pipeline.Scores)
                writer.Line($"writer.Score({Literal.Quoted(score.Property)}, TestScores.{Literal.Name(score.Property)});");
            writer.Close();
        }

        writer.Close();
        writer.Line();
    }

    private static void WriteLoad(PipelineCode code)
    {
        CodeWriter writer = code.Writer;
        string name = code.Context.Class;
        writer.Line("/// <summary>Reads what Save wrote.</summary>");
        writer.Line($"public static {name} Load(string folder, global::Dsl.PipelineOptions{code.Context.MayBeNull} options = null) =>");
        writer.Line($"    {Pipelines}PipelineFiles.Load(folder, {code.Declared}, options, reader => {code.ReadParts}(reader, options));");
        writer.Line();
        writer.Open($"private static {name} {code.ReadParts}({Pipelines}PipelineReader reader, global::Dsl.PipelineOptions{code.Context.MayBeNull} options)");
        string learners = string.Concat(code.Pipeline.Stages.Where(stage => stage is { Learns: true, IsGiven: false }).Select(stage => ", " + Literal.Quoted(stage.Name)));
        writer.Line($"{Pipelines}FitRun run = {Pipelines}FitRun.Read(reader, {Literal.Int(code.Pipeline.Stages.Count)}, options{learners});");
        if (code.Plan.Seen.Count > 0)
            writer.Line($"run.Sizes.Read(reader{code.Plan.SeenNames});");
        foreach (FittedPart part in code.Parts)
        {
            string stage = Literal.Quoted(part.Stage.Name);
            string read = part.Made ?? (part.Stage.Network is null ? $"reader.Stage<{part.Type}>({stage})" : $"reader.Network<{part.Type}>({stage}, path => {part.Type}.Load(path))");
            writer.Line($"{part.Type} {part.Local} = {read};");
        }

        if (!code.HasTestScores)
        {
            writer.Line($"return {code.Made};");
        }
        else
        {
            writer.Line($"{name} made = {code.Made};");
            writer.Open($"if (reader.Score({Literal.Quoted(code.Pipeline.Scores[0].Property)}) is not null)");
            writer.Open($"made.TestScores = new {code.Context.Names.Scores}");
            foreach (CheckedScore score in code.Pipeline.Scores)
                writer.Line($"{Literal.Name(score.Property)} = reader.Score({Literal.Quoted(score.Property)}).GetValueOrDefault(),");
            writer.Close(";");
            writer.Close();
            writer.Line();
            writer.Line("return made;");
        }

        writer.Close();
        writer.Line();
    }

    private static void WriteCsv(PipelineCode code, RowConstruction construction)
    {
        CodeWriter writer = code.Writer;
        List<RowColumn> columns = [.. code.Row.Columns.Where(column => construction.Parameters.Contains(column.Name) || construction.Settables.Contains(column.Name))];
        string row = code.Row.CSharp;
        writer.Line("/// <summary>Rows of a CSV file, one after the other.</summary>");
        writer.Line($"{code.Context.RowAccess} static {code.Context.Rows} ReadCsv(string path, global::Dsl.CsvOptions{code.Context.MayBeNull} options = null) =>");
        string table = string.Join(", ", columns.Select(column => $"new {Pipelines}CsvColumn({Literal.Quoted(column.Name)}{(column.FileName is { } file ? ", " + Literal.Quoted(file) : "")})"));
        writer.Line($"    {Pipelines}CsvTable.Read<{row}>(path, options, [{table}], {code.ReadCells});");
        writer.Line();
        string arguments = string.Join(", ", construction.Parameters.Select(Cell));
        string settables = construction.Settables.Count == 0 ? "" : $" {{ {string.Join(", ", construction.Settables.Select(name => $"{Literal.Name(name)} = {Cell(name)}"))} }}";
        writer.Line($"private static {row} {code.ReadCells}({Pipelines}CsvRow cells) => new {row}({arguments}){settables};");
        writer.Line();

        string Cell(string name)
        {
            int at = columns.FindIndex(column => column.Name == name);
            return CellOf(columns[at], at);
        }
    }

    private static string CellOf(RowColumn column, int at)
    {
        ColumnType type = column.Type;
        string none = type.IsNullable ? "OrNull" : "";
        string number = Literal.Int(at);
        string bare = type.CSharp;
        return type.Kind switch
        {
            ColumnKind.Number => $"cells.Number{none}<{bare}>({number})",
            ColumnKind.Flag => $"cells.Flag{none}({number})",
            ColumnKind.Text => $"cells.Text{none}({number})",
            ColumnKind.Tokens => $"cells.Tokens{none}({number})",
            ColumnKind.Vector => bare == "global::Dsl.Vector" ? $"cells.Vector{none}({number})" : $"cells.Numbers{none}<{bare.Substring(0, bare.Length - 2)}>({number})",
            ColumnKind.Time => $"cells.{bare.Substring(bare.LastIndexOf('.') + 1)}{none}({number})",
            _ when column.Cell == CellForm.Enum => $"cells.Enum{none}<{bare}>({number})",
            _ => type.IsNullable ? $"cells.{(type.IsReference ? "Object" : "Value")}OrNull<{bare}>({number})" : $"cells.Value<{bare}>({number})",
        };
    }

    private static void WriteDispose(PipelineCode code)
    {
        CodeWriter writer = code.Writer;
        writer.Line("/// <summary>Frees the networks.</summary>");
        writer.Open("public void Dispose()");
        foreach (FittedPart part in code.Parts.Where(part => part.Stage.Network is not null))
            writer.Line($"{code.Member(part.Member)}.Dispose();");
        writer.Line("global::System.GC.SuppressFinalize(this);");
        writer.Close();
        writer.Line();
    }
}
