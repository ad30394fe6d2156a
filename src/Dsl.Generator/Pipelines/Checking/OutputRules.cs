using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declaring;
using Dsl.Generator.Pipelines.Facts;
using Dsl.Generator.Pipelines.Graph;
using Dsl.Generator.Pipelines.Stages;

namespace Dsl.Generator.Pipelines.Checking;

/// <summary>What the output row has: everything but what is sensitive, or what <c>Select</c> and <c>DropColumns</c> leave of it.</summary>
internal sealed class OutputRules(CheckedPipeline pipeline, Scope scope, NameRules names, List<Finding> findings)
{
    public IReadOnlyList<Column> Find()
    {
        IEnumerable<Column> output = scope.Current.Where(column => !column.IsSensitive);
        for (int i = 0; i < pipeline.Declaration.Entries.Count; i++)
        {
            Entry entry = pipeline.Declaration.Entries[i];
            if (entry.IsBroken || entry.Construct is not (SelectStage or DropColumnsStage))
                continue;
            List<Column> named = Named(i, entry);
            output = entry.Construct is SelectStage ? named : output.Where(column => !named.Exists(one => one.Index == column.Index));
            break;
        }

        List<Column> columns = [.. output];
        foreach (Column column in columns)
        {
            // Names that stages give are looked at where they stand.
            if (column.Property is not null || (column.Stage >= 0 && pipeline.Facts!.Row!.Columns.Any(own => own.Name == column.Name)))
                NameRules.CheckProperty(column.Name, "OutputRow", Place.MarkTypeArgument, findings);
        }

        return columns;
    }

    private List<Column> Named(int ordinal, Entry entry)
    {
        EquatableArray<string?> written = entry.Texts("columns");
        string label = names.LabelOf(ordinal);
        if (written.Count == 0)
            findings.Add(new(Descriptors.WrongOption, Place.Attribute(ordinal), $"{label} needs at least one column"));
        List<Column> named = [];
        for (int i = 0; i < written.Count; i++)
        {
            string name = written[i] ?? "";
            Place place = Place.Argument(ordinal, "columns", i);
            if (scope.Find(name) is not { } column)
            {
                if (!scope.HasHoles)
                    findings.Add(Missing(label, name, place, scope.Names));
            }
            else if (entry.Construct is SelectStage && column.IsSensitive)
            {
                string way = Provenance.SensitiveWay(column);
                findings.Add(new(Descriptors.Leaks, place, $"{label} cannot bring {name} into the output row, for it is sensitive{(way == name ? "" : $" ({way})")}: Mask makes a column of it that is not"));
            }
            else if (entry.Construct is SelectStage && named.Exists(one => one.Index == column.Index))
            {
                findings.Add(new(Descriptors.ColumnExists, place, $"{label} has {name} already"));
            }
            else
            {
                named.Add(column);
            }
        }

        return named;
    }

    /// <summary>A name that no column has.</summary>
    public static Finding Missing(string label, string name, Place place, IEnumerable<string> columns)
    {
        string? meant = Spelling.Closest(name, columns);
        return new Finding(Descriptors.NoSuchColumn, place, $"{label} names {(name.Length == 0 ? "a column without a name" : name)}, but there is no such column: {Spelling.Advice(meant, columns)}", meant);
    }
}
