using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Pipelines.Facts;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Emitting;

/// <summary>Where columns lie in a batch: one that a stage changes in place keeps its number; what C# has in another type than a batch lies there besides.</summary>
internal sealed class ColumnSlots
{
    private readonly int[] slots;
    private readonly List<string> names = [];
    private readonly Dictionary<int, int> typed = [];
    private readonly Dictionary<int, int> raw = [];
    private readonly Dictionary<int, (int Slot, int Before)> kept = [];
    private readonly HashSet<int> read = [];

    public ColumnSlots(CheckedPipeline pipeline)
    {
        slots = new int[pipeline.Columns.Count];
        foreach (Column column in pipeline.Columns)
        {
            slots[column.Index] = InPlaceOf(column) is { } before ? slots[before.Index] : Add(column.Name);
            if (column.Stage >= 0 && InPlaceOf(column) is null && IsTyped(column))
                typed[column.Index] = Add(column.Name);
        }

        foreach (CheckedStage stage in pipeline.Stages.Where(stage => Stage.Of(stage).ReadsBatch))
        {
            foreach (Column input in stage.Inputs)
                read.Add(slots[input.Index]);
        }

        foreach (CheckedScore score in pipeline.Measured)
        {
            CheckedStage model = pipeline.Stages[score.Model];
            Keep(pipeline, model.Outputs[0]);
            if (model.Label is { } label)
                Keep(pipeline, label);
            if (score.Metric is Metric.AreaUnderRoc or Metric.AreaUnderPr && !model.Rule.HasProbabilities(model) && model.Entry.Text("RawPrediction") is null && !raw.ContainsKey(score.Model))
                raw.Add(score.Model, Add("RawPrediction"));
        }
    }

    /// <summary>The names, by number.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>A column's number.</summary>
    public int Of(Column column) => slots[column.Index];

    /// <summary>Where the values lie that C# has in a type of their own; null where the batch has them as they are.</summary>
    public int? TypedOf(Column column) => InPlaceOf(column) is { } before && !IsTyped(column) && !IsTyped(before) ? null
        : typed.TryGetValue(column.Index, out int slot) ? slot
        : InPlaceOf(column) is { } source && source.CSharp == column.CSharp ? TypedOf(source) : null;

    /// <summary>Where a model's raw scores lie that a metric needs and no column has; null where none does.</summary>
    public int? RawOf(CheckedStage stage) => raw.TryGetValue(stage.Index, out int slot) ? slot : null;

    /// <summary>
    /// Where a metric finds a label or prediction. A score is of both as they stand at the model: an <c>Imputer</c> behind it changes neither. Rows that a stage behind it drops are not in the
    /// output, and so not measured.
    /// </summary>
    public int ScoredOf(Column column) => kept.TryGetValue(column.Index, out (int Slot, int Before) one) ? one.Slot : Of(column);

    /// <summary>What metrics need as it stands before a stage that changes it: where it lies, and where it is kept.</summary>
    public IEnumerable<(int From, int To)> KeptBefore(CheckedStage stage) => kept.Where(one => one.Value.Before == stage.Index).Select(one => (slots[one.Key], one.Value.Slot));

    /// <summary>Whether some stage reads the batch's form of a column.</summary>
    public bool IsRead(Column column) => read.Contains(slots[column.Index]);

    /// <summary>Whether a column is in the batch: a stage has made it, or reads it there.</summary>
    public bool IsHeld(Column column)
    {
        for (Column? one = column; one is not null; one = InPlaceOf(one))
        {
            if (one.Stage >= 0 && !one.IsDropped)
                return true;
        }

        return IsRead(column);
    }

    /// <summary>The column that this one takes the place of; null of a new one.</summary>
    public static Column? InPlaceOf(Column column) => column.Stage >= 0 && column.Sources.Count == 1 && column.Sources[0].Name == column.Name ? column.Sources[0] : null;

    /// <summary>Whether C# has it in another type than the batch.</summary>
    private static bool IsTyped(Column column) => column.Kind switch
    {
        ColumnKind.Number => column.CSharp != "double",
        ColumnKind.Vector => column.CSharp != "global::Dsl.Vector",
        _ => false,
    };

    private void Keep(CheckedPipeline pipeline, Column column)
    {
        if (kept.ContainsKey(column.Index))
            return;
        // DropNulls takes a column's place too, but leaves its values.
        if (pipeline.Columns.FirstOrDefault(other => !other.IsDropped && Follows(other, column)) is { } changed)
            kept.Add(column.Index, (Add(column.Name), changed.Stage));
    }

    /// <summary>Whether a column stands in the place of another, behind it.</summary>
    private static bool Follows(Column column, Column other)
    {
        for (Column? one = InPlaceOf(column); one is not null; one = InPlaceOf(one))
        {
            if (one.Index == other.Index)
                return true;
        }

        return false;
    }

    private int Add(string name)
    {
        names.Add(name);
        return names.Count - 1;
    }
}
