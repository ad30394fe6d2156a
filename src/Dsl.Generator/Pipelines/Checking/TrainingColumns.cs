using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declaring;
using Dsl.Generator.Pipelines.Facts;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Checking;

/// <summary>
/// Which columns are read by labels, weights and strata alone, or by stages that make nothing but such columns. It goes by names before anything is checked: whether null may come
/// depends on it.
/// </summary>
internal sealed class TrainingColumns
{
    private readonly Dictionary<string, Version> current = new(StringComparer.Ordinal);
    private readonly List<Version> versions = [];

    private TrainingColumns()
    {
    }

    /// <summary>The training columns, by the stage that makes them (-1: the row's own) and name.</summary>
    /// <param name="facts">The row's columns.</param>
    /// <param name="stages">The stages in order.</param>
    /// <param name="strata">What <c>CrossValidate</c> stratifies by, or null.</param>
    public static IEnumerable<(int Stage, string Name)> Find(PipelineFacts facts, IReadOnlyList<Entry> stages, string? strata)
    {
        TrainingColumns columns = new();
        foreach (RowColumn column in facts.Row!.Columns)
            columns.Add(-1, column.Name);
        if (strata is not null && columns.current.TryGetValue(strata, out Version stratum))
            stratum.IsRead = true;
        for (int i = 0; i < stages.Count; i++)
            columns.Walk(i, stages[i], facts);

        // What is made of a column comes behind it: known when its own turn comes.
        for (int i = columns.versions.Count - 1; i >= 0; i--)
        {
            Version version = columns.versions[i];
            version.IsTraining = version.IsRead && !version.IsNeeded && version.Made.All(made => made.Count > 0 && made.TrueForAll(one => one.IsTraining));
        }

        return columns.versions.Where(version => version.IsTraining).Select(version => (version.Stage, version.Name));
    }

    private void Walk(int index, Entry entry, PipelineFacts facts)
    {
        StageRule stage = (StageRule)entry.Construct;
        IReadOnlyList<ColumnMade> makes = stage.Makes(entry, facts);
        List<(ColumnUse Use, Version Version)> read = [];
        foreach (ColumnUse use in stage.Reads(entry, facts))
        {
            if (Find(use) is { } version)
                read.Add((use, version));
        }

        List<Version> made = [.. makes.Select(one => Add(index, one.Name))];
        foreach ((ColumnUse use, Version version) in read)
        {
            version.IsRead = true;
            if (use.IsForTraining)
                continue;
            List<Version> own = [];
            for (int i = 0; i < makes.Count; i++)
            {
                if (!makes[i].IsInPlace || makes[i].Name == use.Name)
                    own.Add(made[i]);
            }

            // Predictions need their features, whatever becomes of them.
            version.IsNeeded |= stage.IsModel;
            version.Made.Add(own);
        }
    }

    private Version? Find(ColumnUse use)
    {
        if (current.TryGetValue(use.Name, out Version version))
            return version;
        return use.Parameter >= 0 && current.TryGetValue(ParameterName.OtherCase(use.Name), out Version other) ? other : null;
    }

    private Version Add(int stage, string name)
    {
        Version version = new(stage, name);
        versions.Add(version);
        current[name] = version;
        return version;
    }

    private sealed class Version(int stage, string name)
    {
        public int Stage { get; } = stage;

        public string Name { get; } = name;

        public bool IsRead { get; set; }

        public bool IsNeeded { get; set; }

        public bool IsTraining { get; set; }

        /// <summary>For each reader that is no label, what it makes of this column.</summary>
        public List<List<Version>> Made { get; } = [];
    }
}
