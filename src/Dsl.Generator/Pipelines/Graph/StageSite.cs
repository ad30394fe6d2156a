using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declaring;
using Dsl.Generator.Pipelines.Facts;
using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Pipelines.Graph;

/// <summary>
/// A stage under check: it asks for the columns that it reads, and says what its own are. Each column that it reads can be wrong in one way, the stage as a whole in one way, and
/// every option by itself; where a column or the whole is wrong, what it makes is unknown.
/// </summary>
internal sealed class StageSite(Entry entry, int ordinal, string label, int index, Scope scope, CheckedPipeline pipeline, IReadOnlyList<ColumnUse> uses, IReadOnlyList<ColumnMade> makes)
    : Site(entry, ordinal, label)
{
    private readonly List<Finding> findings = [];
    private readonly Column?[] inputs = new Column?[uses.Count];
    private readonly Column?[] outputs = new Column?[makes.Count];
    private readonly List<Column> further = [];
    private readonly List<Column> furtherOutputs = [];

    /// <summary>All that is wrong.</summary>
    public IReadOnlyList<Finding> Findings => findings;

    /// <summary>A column that it reads is wrong or unknown, or it does not fit as a whole: nothing is known of what it makes.</summary>
    public bool IsWrong { get; private set; }

    /// <summary>What the stage reads.</summary>
    public IReadOnlyList<ColumnUse> Uses => uses;

    /// <summary>What the stage makes.</summary>
    public IReadOnlyList<ColumnMade> Makes => makes;

    /// <summary>The columns before it.</summary>
    public Scope Scope => scope;

    /// <summary>What the pipeline looks at besides its attributes.</summary>
    public PipelineFacts Facts => pipeline.Facts!;

    /// <summary>The stages before it.</summary>
    public IReadOnlyList<CheckedStage> Before => pipeline.Stages;

    /// <summary>Its ordinal among the stages.</summary>
    public int Index => index;

    /// <summary>The label, where it learns from one.</summary>
    public Column? LabelColumn { get; set; }

    /// <summary>How many classes that has; 0 where nothing is declared.</summary>
    public int Classes { get; set; }

    /// <summary>Of <c>SelectByImportance</c> the model, among the stages.</summary>
    public int From { get; set; } = -1;

    /// <summary>The columns that it reads and those that it changes besides.</summary>
    public IReadOnlyList<Column> Inputs => [.. inputs.Where(column => column is not null).Select(column => column!), .. further];

    /// <summary>What it makes, numbered; unknown columns where it is wrong.</summary>
    public IReadOnlyList<Column> Outputs => [.. outputs.Select((column, i) => column is null || (IsWrong && !column.IsUnknown) ? Unknown(i) : column), .. furtherOutputs];

    public override void Fail(DiagnosticDescriptor descriptor, Place place, string text) => Report(descriptor, place, text, suggestion: null);

    /// <summary>Something about a column that it reads, or about all of them: its own columns are then unknown.</summary>
    public void FailColumn(DiagnosticDescriptor descriptor, Place place, string text, string? suggestion = null)
    {
        Report(descriptor, place, text, suggestion);
        IsWrong |= descriptor.DefaultSeverity == DiagnosticSeverity.Error;
    }

    /// <summary>Something that it depends on is wrong elsewhere: nothing is said about it here.</summary>
    public void KeepSilent() => IsWrong = true;

    /// <summary>Whether nothing is wrong with an argument's value.</summary>
    public bool IsRight(string argument) => !findings.Exists(one => one.Place.Kind == PlaceKind.Argument && one.Place.Name == argument);

    /// <summary>An argument's value that it may not have (DSL515).</summary>
    public void FailOption(string argument, string text, int element = -1) => Fail(Descriptors.WrongOption, argument, text, element);

    /// <summary>Holds a number of elements that are chosen from a vector to its size.</summary>
    /// <param name="argument">The argument that has the number.</param>
    /// <param name="count">The number.</param>
    /// <param name="vector">The vector; where its size is not known, nothing is said.</param>
    public void CheckAtMostSize(string argument, int count, Column vector)
    {
        if (IsRight(argument) && vector.Size > 0 && count > vector.Size)
            FailOption(argument, $"needs {argument} of at most {vector.Size}, the size of {vector.Name}, but has {count}");
    }

    /// <summary>Two arguments that contradict each other: the latter if it is written, else the former.</summary>
    public void FailLatter(string former, string latter, string text) => FailOption(Entry.Has(latter) || !Entry.Has(former) ? latter : former, text);

    /// <summary>Where the n-th column that it reads is named.</summary>
    public Place PlaceOf(int use) => uses[use].Parameter >= 0
        ? Place.Argument(Ordinal, uses[use].Argument)
        : Place.Argument(Ordinal, uses[use].Argument, uses[use].Element);

    /// <summary>The n-th column that it reads; null where it is wrong, or unknown for what is wrong before.</summary>
    /// <param name="use">Its place among <see cref="Uses"/>.</param>
    /// <param name="wanted">Its kind.</param>
    /// <param name="takesNull">It may be null.</param>
    /// <param name="takesSensitive">It may be sensitive.</param>
    public Column? Read(int use, Wanted wanted, bool takesNull = false, bool takesSensitive = false)
    {
        ColumnUse one = uses[use];
        Place place = PlaceOf(use);
        if (scope.Find(one.Name) is not { } column)
        {
            FailUnknown(one.Name, place);
            return null;
        }

        if (column.IsUnknown)
        {
            KeepSilent();
            return null;
        }

        if (column.Kind == ColumnKind.Carried)
        {
            FailColumn(Descriptors.WrongRow, place, $"cannot read {column.Name}, {column.Described}: only Select and DropColumns may name it");
        }
        else if (column.IsSensitive && !takesSensitive)
        {
            string way = Provenance.SensitiveWay(column);
            FailColumn(Descriptors.Leaks, place, $"cannot read {column.Name}, which is sensitive{(way == column.Name ? "" : $" ({way})")}: Mask makes a column of it that is not");
        }
        else if (!wanted.Fits(column))
        {
            FailColumn(Descriptors.WrongColumn, place, $"needs {wanted.Text}, but {column.Name} is {column.Described}{wanted.Advice(column)}");
        }
        else if (column.IsNullable && !column.IsTraining && !takesNull && !scope.MayTrain)
        {
            FailNull(column, place);
        }
        else
        {
            inputs[use] = column;
            return column;
        }

        return null;
    }

    /// <summary>A column that may be null where none may be.</summary>
    public void FailNull(Column column, Place place) => FailColumn(
        Descriptors.MayBeNull,
        place,
        $"takes no null, but {column.Name} may be null ({column.Described}): put {(column.Kind is ColumnKind.Number or ColumnKind.ClassNumber or ColumnKind.Text or ColumnKind.Flag ? "Imputer or " : "")}DropNulls before it",
        (column.Kind is ColumnKind.Number or ColumnKind.ClassNumber ? "Imputer " : "DropNulls ") + column.Name);

    /// <summary>The columns of an array; null where one of them is wrong.</summary>
    public IReadOnlyList<Column>? ReadAll(string argument, Wanted wanted, bool takesNull = false, bool takesSensitive = false)
    {
        List<Column> columns = [];
        bool isWhole = true;
        for (int i = 0; i < uses.Count; i++)
        {
            if (uses[i].Argument != argument)
                continue;
            if (Read(i, wanted, takesNull, takesSensitive) is { } column)
                columns.Add(column);
            else
                isWhole = false;
        }

        return isWhole ? columns : null;
    }

    /// <summary>The use that an argument makes, or -1 where it is not written.</summary>
    public int UseOf(string argument)
    {
        for (int i = 0; i < uses.Count; i++)
        {
            if (uses[i].Argument == argument)
                return i;
        }

        return -1;
    }

    /// <summary>A column that a method's parameter names, already looked at.</summary>
    public void Take(int use, Column column) => inputs[use] = column;

    /// <summary>A column that it looks at though no argument names it, and what becomes of it.</summary>
    public void Change(Column column, Column changed)
    {
        further.Add(column);
        furtherOutputs.Add(scope.Number(changed with { Stage = index, Sources = [column], Property = null }));
    }

    /// <summary>Says what one of its columns is. Where the stage is wrong, the column is unknown all the same.</summary>
    /// <param name="made">Its place among <see cref="Makes"/>.</param>
    /// <param name="column">Kind, type, size, classes; name, number and place are filled in.</param>
    /// <param name="sources">What it is made of.</param>
    public void Make(int made, Column column, params IReadOnlyList<Column> sources)
    {
        StageRule stage = (StageRule)Entry.Construct;
        bool isTraining = Scope.IsTraining(index, makes[made].Name);
        outputs[made] = scope.Number(column with
        {
            Name = makes[made].Name,
            Stage = index,
            Sources = sources,
            Property = null,
            IsTraining = isTraining,
            IsNullable = column.IsNullable || isTraining,
            IsOblivious = false,
            IsPrediction = stage.IsModel,
            IsUnknown = IsWrong,
        });
    }

    private Column Unknown(int made)
    {
        Column unknown = scope.Number(new Column { Name = makes[made].Name, Stage = index, IsUnknown = true });
        outputs[made] = unknown;
        return unknown;
    }

    private void FailUnknown(string name, Place place)
    {
        if (scope.HasHoles)
        {
            KeepSilent();
            return;
        }

        string? meant = Spelling.Closest(name, scope.Names);
        string text = scope.Later.TryGetValue(name, out string maker) ? $"reads {name}, which {maker} makes only later"
            : $"reads {(name.Length == 0 ? "a column without a name" : name)}, but there is no such column here: {Spelling.Advice(meant, scope.Names)}";
        FailColumn(Descriptors.NoSuchColumn, place, text, scope.Later.ContainsKey(name) ? null : meant);
    }

    private void Report(DiagnosticDescriptor descriptor, Place place, string text, string? suggestion)
    {
        if (!findings.Exists(one => one.Place == place))
            findings.Add(new Finding(descriptor, place, Label + " " + text, suggestion));
    }
}
