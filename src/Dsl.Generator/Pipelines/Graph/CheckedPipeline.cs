using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declaring;
using Dsl.Generator.Pipelines.Facts;

namespace Dsl.Generator.Pipelines.Graph;

/// <summary>A metric of <c>Scores</c>, or the one of <c>Tune</c>.</summary>
/// <param name="Ordinal">The attribute's ordinal.</param>
/// <param name="Property">The property's name.</param>
/// <param name="Metric">What is measured.</param>
/// <param name="Class">The one class, or -1.</param>
/// <param name="Model">The model, among the stages.</param>
internal sealed record CheckedScore(int Ordinal, string Property, Metric Metric, int Class, int Model);

/// <summary>What <c>CrossValidate</c> says.</summary>
/// <param name="Score">What is measured, and of what.</param>
/// <param name="Options">How rows are dealt.</param>
/// <param name="Stratify">The row's column whose shares hold in every fold, or null.</param>
internal sealed record CheckedCrossValidation(CheckedScore Score, CrossValidateOptions Options, Column? Stratify);

/// <summary>What <c>CrossValidate</c> declares beside the metric.</summary>
internal sealed record CrossValidateOptions(int Folds, int Repeats, ulong Seed);

/// <summary>An option that <c>Tune</c> varies.</summary>
/// <param name="Ordinal">The attribute's ordinal.</param>
/// <param name="Path">As it is written: <c>LogisticRegression1.RegParam</c>.</param>
/// <param name="Stage">The stage, among the stages.</param>
/// <param name="Option">The option's name.</param>
/// <param name="Values">Its values, in order.</param>
internal sealed record CheckedGrid(int Ordinal, string Path, int Stage, string Option, EquatableArray<AnyValue> Values);

/// <summary>
/// A declaration with every column worked out, and what is wrong with it. It is there for a wrong declaration too, as far as it is known, so that the class can still get its members.
/// </summary>
internal sealed record CheckedPipeline
{
    public Declaration Declaration { get; init; } = null!;

    /// <summary>Null where the row type is not known.</summary>
    public PipelineFacts? Facts { get; init; }

    /// <summary>Stages and models in the order in which they run; <c>Select</c> and <c>DropColumns</c> are not among them.</summary>
    public IReadOnlyList<CheckedStage> Stages { get; init; } = [];

    /// <summary>Every column there ever is, by <see cref="Column.Index"/>: the row's first.</summary>
    public IReadOnlyList<Column> Columns { get; init; } = [];

    /// <summary>The columns of the output row, in order.</summary>
    public IReadOnlyList<Column> Output { get; init; } = [];

    public IReadOnlyList<CheckedScore> Scores { get; init; } = [];

    public CheckedCrossValidation? CrossValidation { get; init; }

    /// <summary>Everything that is measured: the scores, and what tuning goes by.</summary>
    public IEnumerable<CheckedScore> Measured => CrossValidation is { } validation ? Scores.Append(validation.Score) : Scores;

    public IReadOnlyList<CheckedGrid> Grid { get; init; } = [];

    /// <summary>The stage <c>Split</c>, or null.</summary>
    public CheckedStage? Split { get; init; }

    /// <summary>Some row may not come through: <c>Predict</c> then gives null.</summary>
    public bool MayDrop { get; init; }

    /// <summary>What the analyzer reports.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>Some finding is an error, or the C# compiler rejects an attribute: only the members can be generated, not their bodies.</summary>
    public bool HasErrors { get; init; }

    /// <summary>C# would reject whatever were added to the class: nothing is generated.</summary>
    public bool IsUngeneratable { get; init; }

    /// <summary>The networks that <c>Fit</c> is given, in the order of their attributes.</summary>
    public IEnumerable<CheckedStage> Given => Stages.Where(stage => stage.IsGiven);

    /// <summary>The last stage that reads a column, among the stages; -1 where none does. Behind it only the output row needs it, if it is there.</summary>
    public int LastReader(Column column)
    {
        for (int i = Stages.Count - 1; i >= 0; i--)
        {
            foreach (Column input in Stages[i].Inputs)
            {
                if (input.Index == column.Index)
                    return i;
            }
        }

        return -1;
    }
}
