using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using Dsl.Generator.Declaring;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Checking;

/// <summary>
/// The points of a grid, each checked as the declaration that it stands for: with a value that would be wrong there, the grid is wrong (DSL515), and what is generated goes by nothing that is not
/// the same at all of them.
/// </summary>
internal sealed class GridPoints(CheckedPipeline bare, NameRules names, CancellationToken cancellation)
{
    // Whoever types has no time for more: what is wrong with those beyond, Tune says.
    private const int MostPoints = 1000;

    private static readonly IReadOnlyDictionary<int, Entry> Nothing = new Dictionary<int, Entry>();

    private IReadOnlyList<CheckedGrid> axes = [];
    private CheckedPipeline declared = new();

    /// <summary>The pipeline as it is declared.</summary>
    /// <param name="findings">Takes what is wrong with it.</param>
    public CheckedPipeline Declared(List<Finding> findings) => Walk(Nothing, new Unsettled(), findings);

    /// <summary>The pipeline as it holds at every point.</summary>
    /// <param name="pipeline">As it is declared, with a grid whose values are right by themselves.</param>
    /// <param name="findings">What is wrong with that; takes what is wrong with points.</param>
    public CheckedPipeline Check(CheckedPipeline pipeline, List<Finding> findings)
    {
        declared = pipeline;
        axes = [.. pipeline.Grid.Where(grid => IsSizing(grid) || StageOf(grid).Checked.Contains(grid.Option))];
        if (axes.Count == 0)
            return pipeline;
        HashSet<Place> known = [.. findings.Where(finding => finding.IsError).Select(finding => finding.Place)];
        Unsettled unsettled = new();
        foreach (int[] point in All().Take(MostPoints))
        {
            List<Finding> found = [];
            unsettled.Add(pipeline, Walk(EntriesAt(point), new Unsettled(), found));
            foreach (Finding finding in found.Where(finding => finding.IsError && (AxisAt(finding.Place) >= 0 || !known.Contains(finding.Place))))
                Report(point, finding, findings);
        }

        return unsettled.IsEmpty ? pipeline : Walk(Nothing, unsettled, []) with { Grid = pipeline.Grid };
    }

    private CheckedPipeline Walk(IReadOnlyDictionary<int, Entry> point, Unsettled unsettled, List<Finding> findings) => new PipelineWalk(bare, names, findings, point, unsettled, cancellation).Run();

    private StageRule StageOf(CheckedGrid axis) => declared.Stages[axis.Stage].Rule;

    private Type TypeOf(CheckedGrid axis) => StageOf(axis).AttributeType.GetProperty(axis.Option).PropertyType;

    private bool IsSizing(CheckedGrid axis) => StageOf(axis).Sizing.Contains(axis.Option);

    /// <summary>
    /// The ordinals of the values of as many points as it takes for all combinations that may be wrong together: of the axes that sizes depend on, and of one stage's others. These run side by
    /// side, for nothing that contradicts one of them stands in another stage.
    /// </summary>
    private IEnumerable<int[]> All()
    {
        int[][] together = [.. Enumerable.Range(0, axes.Count).GroupBy(axis => IsSizing(axes[axis]) ? -1 : axes[axis].Stage).Select(group => group.ToArray())];
        long count = together.Max(some => some.Aggregate(1L, (product, axis) => Counting.Multiply(product, axes[axis].Values.Count)));
        for (long i = 0; i < count; i++)
        {
            int[] point = new int[axes.Count];
            foreach (int[] some in together)
            {
                long rest = i;
                for (int j = some.Length - 1; j >= 0; j--)
                {
                    int values = axes[some[j]].Values.Count;
                    point[some[j]] = (int)(rest % values);
                    rest /= values;
                }
            }

            yield return point;
        }
    }

    /// <summary>The attributes that a point changes.</summary>
    /// <param name="point">The ordinals of its values.</param>
    /// <param name="without">An axis that stays as declared; -1: none does.</param>
    private Dictionary<int, Entry> EntriesAt(int[] point, int without = -1)
    {
        Dictionary<int, Entry> entries = [];
        for (int i = 0; i < axes.Count; i++)
        {
            if (i == without)
                continue;
            CheckedStage stage = declared.Stages[axes[i].Stage];
            Entry before = entries.TryGetValue(stage.Ordinal, out Entry changed) ? changed : stage.Entry;
            entries[stage.Ordinal] = before.With(axes[i].Option, ValueOf(axes[i], point[i]));
        }

        return entries;
    }

    /// <summary>A value in its option's type, as an argument has it.</summary>
    private object? ValueOf(CheckedGrid axis, int value)
    {
        Type type = TypeOf(axis);
        object? written = axis.Values[value].Value;
        return type.IsEnum ? written : Convert.ChangeType(written, type, CultureInfo.InvariantCulture);
    }

    /// <summary>Reports under the value that is to blame, each once.</summary>
    private void Report(int[] point, Finding finding, List<Finding> findings)
    {
        int axis = AxisAt(finding.Place);
        for (int i = axes.Count - 1; axis < 0 && i >= 0; i--)
        {
            List<Finding> left = [];
            Walk(EntriesAt(point, without: i), new Unsettled(), left);
            if (!left.Exists(one => one.Place == finding.Place))
                axis = i;
        }

        CheckedGrid grid = axes[axis < 0 ? axes.Count - 1 : axis];
        int ordinal = point[axis < 0 ? axes.Count - 1 : axis];
        Place place = Place.Argument(grid.Ordinal, "values", ordinal);
        if (findings.Exists(one => one.Place == place))
            return;
        Type type = TypeOf(grid);
        object? value = ValueOf(grid, ordinal);
        string shown = type.IsEnum ? $"{type.Name}.{Enum.ToObject(type, value)}" : Graph.Range.Text(value);
        findings.Add(new(Descriptors.WrongOption, place, $"Grid cannot make {grid.Path} {shown}: {finding.Message}"));
    }

    /// <summary>The axis whose option a finding is about, or -1.</summary>
    private int AxisAt(Place place)
    {
        for (int i = 0; i < axes.Count; i++)
        {
            if (place == Place.Argument(declared.Stages[axes[i].Stage].Ordinal, axes[i].Option))
                return i;
        }

        return -1;
    }
}
