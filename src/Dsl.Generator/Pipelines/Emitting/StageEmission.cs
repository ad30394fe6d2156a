using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declaring;
using Dsl.Generator.Declaring.Writing;
using Dsl.Generator.Pipelines.Facts;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Emitting;

/// <summary>Where in the generated class a stage writes its statements.</summary>
internal enum EmissionPlace
{
    /// <summary>In <c>Fit</c>, which is static: what is fitted are locals.</summary>
    Fit,

    /// <summary>Where a batch goes through all stages.</summary>
    Batch,

    /// <summary>In <c>Predict</c>.</summary>
    Row,
}

/// <summary>The place in a generated method where one stage writes its statements; no stage's file knows how a column is kept.</summary>
internal sealed class StageEmission(PipelineCode code, CheckedStage stage, EmissionPlace place)
{
    private const string Spans = "global::System.MemoryExtensions.";

    /// <summary>Takes the text.</summary>
    public CodeWriter Writer => code.Writer;

    /// <summary>The stage, with its columns.</summary>
    public CheckedStage Stage => stage;

    /// <summary>What all parts of the class know.</summary>
    public PipelineCode Code => code;

    /// <summary>In which method.</summary>
    public EmissionPlace Place => place;

    /// <summary>The stage's name as a literal.</summary>
    public string Name => Literal.Quoted(stage.Name);

    /// <summary>What was fitted.</summary>
    public string Model => ModelOf(stage);

    /// <summary>The runtime class.</summary>
    public string Class => "global::Dsl.Pipelines." + (stage.Learns ? stage.Rule.ModelClass : stage.Rule.Name + "Stage");

    /// <summary>The first column that it reads.</summary>
    public Column Input => stage.Inputs[0];

    /// <summary>The first column that it makes.</summary>
    public Column Output => stage.Outputs[0];

    /// <summary>What it makes is a training column, which null stays null in.</summary>
    public bool IsTraining => Output.IsTraining;

    /// <summary>What tells the runtime of it, behind other arguments.</summary>
    public string TrainingArgument => IsTraining ? ", isTraining: true" : "";

    /// <summary>The begin of its fit.</summary>
    public string Step
    {
        get
        {
            string seed = Values.Has(stage.Entry, "Seed") ? Option("Seed") : "0";
            return $"{LocalNames.Run}.Step({Name}, {Literal.Int(stage.Index)}{(seed is "0" or "0UL" ? "" : ", " + seed)})";
        }
    }

    /// <summary>An option as C#: as written, or where tuning varies it as it was set.</summary>
    public string Option(string option)
    {
        string declared = Values.Text(Values.Of(stage.Entry, option));
        if (!IsVaried(option))
            return declared;
        if (place != EmissionPlace.Fit && !stage.Learns)
            return code.ParameterField(PathOf(option));
        string run = place == EmissionPlace.Fit ? LocalNames.Run : code.Member(code.Learnt);
        return $"{run}.Point.{Values.GridKind(stage.Entry, option)}({Literal.Quoted(PathOf(option))}, {declared})";
    }

    /// <summary>A column's number in the batch.</summary>
    public string Slot(Column column) => Literal.Int(code.Slots.Of(column));

    /// <summary>Several, as a list.</summary>
    public string Slots(IEnumerable<Column> columns) => "[" + string.Join(", ", columns.Select(Slot)) + "]";

    /// <summary>Its options behind other arguments.</summary>
    public string Further(IReadOnlyList<string> options) => string.Concat(options.Select(option => ", " + Option(option)));

    /// <summary>The usual fit.</summary>
    /// <param name="columns">The columns' numbers.</param>
    /// <param name="options">The options.</param>
    /// <param name="more">Arguments behind them.</param>
    public void Fit(string columns, IReadOnlyList<string> options, string more = "") =>
        Writer.Line($"{Class} {Model} = {Class}.Fit({Step}, {LocalNames.Batch}, {columns}{Further(options)}{more});");

    /// <summary>The usual way of a batch.</summary>
    public void Transform(IEnumerable<string> columns, IReadOnlyList<string> options, string more = "")
    {
        string arguments = $"{LocalNames.Batch}, {string.Join(", ", columns)}";
        Writer.Line(!stage.Learns
            ? $"{Class}.Transform({Name}, {arguments}{Further(options)}{more});"
            : $"{Shared}.Transform({arguments}{more});");
    }

    /// <summary>Another stage, in the same place.</summary>
    public StageEmission Of(CheckedStage other) => new(code, other, place);

    /// <summary>The object that does the work: what was fitted, or what was prepared for all.</summary>
    public string Shared => stage.Learns ? Model : place == EmissionPlace.Fit ? code.Locals.Of(stage) : code.PreparedField(stage);

    /// <summary>Row: the value of a column that is there.</summary>
    public string Value(Column column)
    {
        string local = code.Plan.Local(column);
        return !RowPlan.IsNullable(column) ? local : column.IsReference ? local + "!" : local + ".GetValueOrDefault()";
    }

    /// <summary>Row: the value of a column, null where it is null.</summary>
    public string MaybeValue(Column column) => code.Plan.Local(column);

    /// <summary>Row: a number or flag that is there, as a double.</summary>
    public string Number(Column column) => column.Kind == ColumnKind.Flag ? $"({Value(column)} ? 1d : 0d)" : column.CSharp == "double" ? Value(column) : $"(double){Value(column)}";

    /// <summary>Row: a number or flag that may be null, as a double.</summary>
    public string MaybeNumber(Column column) => !RowPlan.IsNullable(column) ? Number(column)
        : column.Kind == ColumnKind.Flag ? $"global::Dsl.Pipelines.RowColumns.NumberOf({MaybeValue(column)})"
        : column.CSharp == "double" ? MaybeValue(column) : $"(double?){MaybeValue(column)}";

    /// <summary>Row: a number or flag as a double, NaN for null.</summary>
    public string NumberOrNaN(Column column) => RowPlan.IsNullable(column) ? $"{MaybeNumber(column)} ?? double.NaN" : Number(column);

    /// <summary>What another stage has learnt.</summary>
    public string ModelOf(CheckedStage other) => place == EmissionPlace.Fit ? code.Locals.Of(other) : code.Member(other);

    /// <summary>Row: a dense vector as a span.</summary>
    public string Span(Column column) => code.Plan.Span(column);

    /// <summary>Row: whether a vector lies dense.</summary>
    public bool IsDense(Column column) => code.Plan.IsDense(column);

    /// <summary>Row: a vector as a <c>Vector</c> that is there.</summary>
    public string Vector(Column column) => code.Plan.Vector(column);

    /// <summary>Row: a dense vector as a span, else as a <c>Vector</c>: what overloads take.</summary>
    public string Elements(Column column) => IsDense(column) ? Span(column) : Vector(column);

    /// <summary>Row: when all columns that it reads are there, of training columns; null: always.</summary>
    public string? Presence(IEnumerable<Column> inputs)
    {
        string[] conditions = [.. inputs.Where(RowPlan.IsNullable).Select(code.Plan.Has)];
        return conditions.Length == 0 ? null : string.Join(" && ", conditions);
    }

    /// <summary>A name for the generated code's own, in this method.</summary>
    public string Own(Column column) => code.Locals.Further(column);

    /// <summary>Row: declares a value that it makes; where training columns are null, null.</summary>
    /// <param name="call">The value where all is there.</param>
    public void Set(string call) => Set(Output, call);

    /// <inheritdoc cref="Set(string)"/>
    public void Set(Column output, string call)
    {
        string local = code.Plan.Local(output);
        string? presence = output.IsTraining ? Presence(stage.Inputs) : null;
        string type = RowPlan.TypeOf(output);
        Writer.Line(presence is null ? $"{type} {local} = {call};" : $"{type} {local} = {presence} ? {call} : null;");
    }

    /// <summary>Row: declares a value just so.</summary>
    public void Declare(Column output, string value) => Writer.Line($"{RowPlan.TypeOf(output)} {code.Plan.Local(output)} = {value};");

    /// <summary>Row: a column in its own type, where it is there.</summary>
    public string Typed(Column column) => column.Kind == ColumnKind.Vector && code.Plan.IsOwnDense(column) ? Vector(column) : Value(column);

    /// <summary>Row: a column in its own type, null where it is null.</summary>
    public string TypedMaybe(Column column) => column.Kind == ColumnKind.Vector ? code.Plan.Output(column) : MaybeValue(column);

    /// <summary>Row: the condition that a column is there; null where it always is.</summary>
    public string? HasValue(Column column) => RowPlan.IsNullable(column) ? code.Plan.Has(column) : null;

    /// <summary>Whether tuning varies an option.</summary>
    public bool IsVaried(string option)
    {
        string path = PathOf(option);
        return code.Pipeline.Grid.Any(grid => grid.Path == path);
    }

    /// <summary>The labels of a column of class numbers.</summary>
    public string LabelsOf(Column column)
    {
        CheckedStage indexer = code.Pipeline.Stages[column.LabelsOf];
        return ModelOf(indexer) + ".AllLabels";
    }

    /// <summary>Row: a class number where the runtime says NaN of a row that has none: of a training column null, else the row goes.</summary>
    public void DeclareClass(string call)
    {
        if (Output.IsTraining)
        {
            Declare(Output, $"global::Dsl.Pipelines.RowColumns.OrNull({call})");
            return;
        }

        Declare(Output, call);
        if (stage.MayDrop)
        {
            Writer.Line($"if (double.IsNaN({code.Plan.Local(Output)}))");
            Drop();
        }
    }

    /// <summary>Row: the row goes.</summary>
    public void Drop() => Writer.Line("    return null;");

    /// <summary>Row: a dense vector in the row's one array.</summary>
    /// <param name="output">The vector.</param>
    /// <param name="fill">The statement that fills a span.</param>
    public void SetDense(Column output, Func<string, string> fill)
    {
        string local = DeclareDense(output);
        if (RowPlan.IsNullable(output))
        {
            string presence = Presence(stage.Inputs) ?? "true";
            Writer.Line($"bool {code.Plan.Has(output)} = {presence};");
            Writer.Line($"if ({code.Plan.Has(output)})");
            Writer.Line("    " + fill(local));
        }
        else
        {
            Writer.Line(fill(local));
        }
    }

    /// <summary>Row: declares the span of a dense vector.</summary>
    public string DeclareDense(Column output)
    {
        string local = code.Plan.Local(output);
        Writer.Line($"global::System.Span<double> {local} = {Spans}AsSpan({LocalNames.Array}, {code.Plan.Start(output)}, {code.Plan.SizeOf(output)});");
        return local;
    }

    /// <summary>Batch: keeps the rows for which a condition holds, where i is a row.</summary>
    public void KeepWhere(string condition)
    {
        string keep = code.Locals.Of(stage);
        Writer.Line($"bool[] {keep} = new bool[{LocalNames.Batch}.Count];");
        Writer.Line($"for (int i = 0; i < {keep}.Length; i++)");
        Writer.Line($"    {keep}[i] = {condition};");
        Writer.Line($"{LocalNames.Batch}.Keep({keep});");
    }

    /// <summary>Batch: the value of C# of a column in a row.</summary>
    public string ValueAt(Column column, string row) => code.Typed.At(column, row);

    /// <summary>An option as <c>Grid</c> names it.</summary>
    private string PathOf(string option) => stage.Name + "." + option;
}
