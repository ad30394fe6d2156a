using System;
using System.Collections.Generic;

namespace Dsl.Generator.Pipelines.Graph;

/// <summary>The columns as they stand before a stage, and all that there ever were.</summary>
internal sealed class Scope(Unsettled unsettled)
{
    private readonly List<Column> all = [];
    private readonly Dictionary<string, Column> current = new(StringComparer.OrdinalIgnoreCase);

    // Names in the order of the output row.
    private readonly List<string> order = [];

    /// <summary>A column of any name may be there: an attribute is not known, or half-typed.</summary>
    public bool HasHoles { get; set; }

    /// <summary>There is such an attribute, before or behind: it may read any column as its label.</summary>
    public bool MayTrain { get; set; }

    /// <summary>What is not the same at all points of a grid.</summary>
    public Unsettled Unsettled => unsettled;

    /// <summary>Which stage makes a column of a name, among the attributes' labels; of those that are still to come.</summary>
    public Dictionary<string, string> Later { get; } = new(StringComparer.Ordinal);

    /// <summary>The columns that are read for training alone, by the stage that makes them (-1: the row's own) and their name.</summary>
    public HashSet<(int Stage, string Name)> Training { get; } = [];

    /// <summary>Whether what a stage makes under a name is a training column.</summary>
    public bool IsTraining(int stage, string name) => Training.Contains((stage, name));

    /// <summary>Every column there ever was.</summary>
    public IReadOnlyList<Column> All => all;

    /// <summary>The columns that there are, in the order of the output row.</summary>
    public IEnumerable<Column> Current
    {
        get
        {
            foreach (string name in order)
                yield return current[name];
        }
    }

    /// <summary>The names that there are.</summary>
    public IReadOnlyList<string> Names => order;

    /// <summary>The column of exactly that name, or null.</summary>
    public Column? Find(string name) => current.TryGetValue(name, out Column column) && column.Name == name ? column : null;

    /// <summary>The column of that name but perhaps for case, or null.</summary>
    public Column? FindAlike(string name) => current.TryGetValue(name, out Column column) ? column : null;

    /// <summary>Numbers a column, which need not come into the scope.</summary>
    public Column Number(Column column)
    {
        Column numbered = unsettled.Apply(column with { Index = all.Count });
        all.Add(numbered);
        return numbered;
    }

    /// <summary>Brings a numbered column in: a new one at the end, one of a known name in its place.</summary>
    public void Set(Column column)
    {
        if (!current.ContainsKey(column.Name))
            order.Add(column.Name);
        current[column.Name] = column;
    }
}
