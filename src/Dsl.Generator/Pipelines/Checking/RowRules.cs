using System.Collections.Generic;
using Dsl.Generator.Declaring;
using Dsl.Generator.Pipelines.Facts;

namespace Dsl.Generator.Pipelines.Checking;

/// <summary>What the row type must be like (DSL505, and names of its properties: DSL110).</summary>
internal static class RowRules
{
    private const string VectorSize = "VectorSizeAttribute";

    public static void Check(PipelineFacts? facts, List<Finding> findings)
    {
        if (facts?.Row is not { } row)
            return;
        if (row.Flaw is { } flaw)
        {
            findings.Add(new(Descriptors.WrongRow, Place.MarkTypeArgument, $"{row.Name} {flaw}"));
            return;
        }

        if (facts.IsRowHidden)
        {
            string how = row.Access == MemberAccess.None ? "is file-local, but the pipeline's class is not: its generated part stands in another file"
                : facts.IsHidden ? "is less accessible than the pipeline's class: not everybody who sees that could give it a row"
                : "is private or protected, but the pipeline's class is not: nobody could give it a row";
            findings.Add(new(Descriptors.WrongRow, Place.MarkTypeArgument, $"{row.Name} {how}"));
            return;
        }

        string name = row.Name.Substring(row.Name.LastIndexOf('.') + 1);
        if (name is "OutputRow" or "Scores")
            findings.Add(new(Descriptors.BadName, Place.MarkTypeArgument, $"Every pipeline has a record {name}, so its row type cannot be called so"));
        foreach (RowColumn column in row.Columns)
        {
            if (column.Size is not { } size)
                continue;
            if (column.Type.Kind != ColumnKind.Vector)
                findings.Add(new(Descriptors.WrongRow, Place.PropertyAttribute(column.Name, VectorSize), $"VectorSize is for vectors, but {row.Name}.{column.Name} is {column.Type.Short}"));
            else if (size < 1)
                findings.Add(new(Descriptors.WrongOption, Place.PropertyArgument(column.Name, VectorSize), $"VectorSize of {row.Name}.{column.Name} needs a size of at least 1, but has {size}"));
        }
    }
}
