using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declaring;
using Dsl.Generator.Declaring.Writing;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Emitting;

/// <summary>The records: the output row, and what <c>Evaluate</c> measures.</summary>
internal static class RowMembers
{
    public static PipelinePart Part { get; } = new(["OutputRow", "Scores"], Write);

    private static void Write(PipelineContext context)
    {
        Record(context, context.OutputAccess, context.Names.OutputRow, "A row with everything that was made from it.", context.Pipeline.Output.Select(column => (column.Name, TypeOf(context, column), NeedsValue(column))));
        if (HasScores(context))
            Record(context, "public", context.Names.Scores, "What Evaluate measures.", ScoresOf(context).Select(name => (name, "double", false)));
    }

    /// <summary>Whether there is anything to evaluate.</summary>
    public static bool HasScores(PipelineContext context) => context.Declaration.Entries.Any(entry => entry.Construct is EvaluateConstruct);

    private static IEnumerable<string> ScoresOf(PipelineContext context) => context.Declaration.Entries
        .Where(entry => entry.Construct is EvaluateConstruct && !entry.IsBroken)
        .Select(EvaluateConstruct.PropertyOf);

    private static bool NeedsValue(Column column) => column is { IsReference: true, IsNullable: false, IsUnknown: false };

    private static string TypeOf(PipelineContext context, Column column)
    {
        // Whatever is done with a column of which nothing is known, C# has nothing to say about it.
        if (column.IsUnknown || column.CSharp.Length == 0)
            return "dynamic";
        return column.IsNullable && (!context.IsOld || !column.IsReference) ? column.CSharp + "?" : column.CSharp;
    }

    private static void Record(PipelineContext context, string access, string name, string summary, IEnumerable<(string Name, string Type, bool NeedsValue)> properties)
    {
        CodeWriter writer = context.Writer;
        HashSet<string> taken = [name];
        writer.Line($"/// <summary>{summary}</summary>");
        writer.Open($"{access} sealed {(context.IsOld ? "class" : "record")} {name}");
        foreach ((string property, string type, bool needsValue) in properties)
        {
            if (PipelineNames.IsName(property) && !RecordMembers.Contains(property) && taken.Add(property))
                writer.Line($"public {(needsValue && !context.IsOld ? "required " : "")}{type} {Literal.Name(property)} {{ get; {(context.IsOld ? "set" : "init")}; }}");
        }

        writer.Close();
        writer.Line();
    }
}
