using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declaring;
using Dsl.Generator.Declaring.Writing;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Emitting;

/// <summary>Names of locals, parameters and private members of a generated class; no two are the same, so that none hides another.</summary>
internal sealed class LocalNames
{
    private static readonly string[] Reserved =
    [
        "row", "rows", "i", "at", "batch", "run", "way", "made", "first", "keep", "held", "options", "progress", "cancellationToken", "folder", "path", "writer", "reader", "values", "fitted",
        "fittedRows", "testScores", "cells", "scores", "valuesSize", "value", "declared", "plan", "points", "point", "stratum", "strata", "fold", "best", "flag", "seed", "source", "heldRows", "some",
    ];

    /// <summary>The one row.</summary>
    public const string Row = "row";

    /// <summary>The rows.</summary>
    public const string Rows = "rows";

    /// <summary>The rows column by column.</summary>
    public const string Batch = "batch";

    /// <summary>The fit.</summary>
    public const string Run = "run";

    /// <summary>The one array of a row's dense vectors.</summary>
    public const string Array = "values";

    private readonly HashSet<string> used = new(Reserved, StringComparer.Ordinal);
    private readonly string[] columns;
    private readonly string?[] further;
    private readonly string[] stages;
    private readonly Dictionary<string, string> parameters = new(StringComparer.Ordinal);
    private readonly Dictionary<int, string> given = [];
    private readonly HashSet<string> members;

    public LocalNames(CheckedPipeline pipeline)
    {
        // What is private in the generated part stands beside the user's members and ours.
        members = new HashSet<string>(pipeline.Declaration.Members, StringComparer.Ordinal) { pipeline.Declaration.Name };
        members.UnionWith(pipeline.Stages.Select(stage => stage.Name));
        columns = new string[pipeline.Columns.Count];
        further = new string?[columns.Length];
        foreach (Column column in pipeline.Columns)
            columns[column.Index] = Take(Camel(column.Name));
        stages = new string[pipeline.Stages.Count];
        foreach (CheckedStage stage in pipeline.Stages)
            stages[stage.Index] = Take(Camel(stage.Name));
        foreach (CheckedGrid grid in pipeline.Grid)
            parameters[grid.Path] = Take(stages[grid.Stage] + grid.Option);
    }

    /// <summary>A column's value.</summary>
    public string Of(Column column) => Literal.Name(columns[column.Index]);

    /// <summary>Something else about a column.</summary>
    public string Further(Column column) => further[column.Index] ??= Take(columns[column.Index] + "Value");

    /// <summary>The network that <c>Fit</c> is given for a stage.</summary>
    public string Further(CheckedStage stage) => given.TryGetValue(stage.Index, out string name) ? name : given[stage.Index] = Take("given" + stage.Name);

    /// <summary>What a stage has learnt.</summary>
    public string Of(CheckedStage stage) => Literal.Name(stages[stage.Index]);

    /// <summary>An option that tuning sets.</summary>
    public string OfParameter(string path) => parameters[path];

    /// <summary>Whether a local has a name.</summary>
    public bool IsUsed(string name) => used.Contains(name);

    /// <summary>A name of the generated code's own.</summary>
    public string Take(string name)
    {
        string own = GeneratedNames.Unused(name, one => used.Contains(one) || members.Contains(one));
        used.Add(own);
        return own;
    }

    private static string Camel(string name) => name.Length == 0 ? "column" : GeneratedNames.CamelCase(name);
}
