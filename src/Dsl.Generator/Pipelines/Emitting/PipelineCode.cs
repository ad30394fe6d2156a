using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declaring;
using Dsl.Generator.Declaring.Writing;
using Dsl.Generator.Pipelines.Facts;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Emitting;

/// <summary>What the bodies of a right pipeline's members know.</summary>
internal sealed class PipelineCode
{
    private readonly List<FittedPart> parts = [];

    public PipelineCode(PipelineContext context)
    {
        Context = context;
        CheckedPipeline pipeline = context.Pipeline;
        Locals = new LocalNames(pipeline);
        FullName = GeneratedClass.FullName(pipeline.Declaration);
        FitRows = Locals.Take("FitRows");
        TuneRows = Locals.Take("TuneRows");
        MeasureFold = Locals.Take("MeasureFold");
        FitRest = Locals.Take("FitRest");
        ThroughRest = Locals.Take("ThroughRest");
        ReadRows = Locals.Take("ReadRows");
        Through = Locals.Take("Through");
        TransformRows = Locals.Take("TransformRows");
        ColumnTable = Locals.Take("ColumnNames");
        Declared = Locals.Take("Declared");
        WriteParts = Locals.Take("WriteParts");
        ReadParts = Locals.Take("ReadParts");
        ReadCells = Locals.Take("ReadCells");
        Learnt = Locals.Take("learnt");
        Slots = new ColumnSlots(pipeline);
        Typed = new TypedValues(this);
        Plan = new RowPlan(this);
        foreach (CheckedStage stage in pipeline.Stages)
            AddParts(stage);
    }

    public PipelineContext Context { get; }

    public CodeWriter Writer => Context.Writer;

    public CheckedPipeline Pipeline => Context.Pipeline;

    public Declaration Declaration => Pipeline.Declaration;

    public RowType Row => Pipeline.Facts!.Row!;

    /// <summary>The class as C# finds it from anywhere.</summary>
    public string FullName { get; }

    /// <summary>The method that fits rows.</summary>
    public string FitRows { get; }

    /// <summary>The method that tunes.</summary>
    public string TuneRows { get; }

    /// <summary>The method that measures a fold.</summary>
    public string MeasureFold { get; }

    /// <summary>The method that fits the stages that are tuned.</summary>
    public string FitRest { get; }

    /// <summary>The method that takes a batch through the stages that are tuned.</summary>
    public string ThroughRest { get; }

    /// <summary>How many stages stand before the rows are dealt into folds: those to <c>Split</c>, with it.</summary>
    public int Begin => Pipeline.Split is { } split ? split.Index + 1 : 0;

    /// <summary>What the stages before that have learnt, as parameters.</summary>
    public string BeforeParameters => string.Concat(Parts.Where(part => part.Stage.Index < Begin).Select(part => $", {part.Type} {part.Local}"));

    /// <summary>The same as arguments.</summary>
    public string BeforeArguments => string.Concat(Parts.Where(part => part.Stage.Index < Begin).Select(part => $", {part.Local}"));

    /// <summary>The networks that <c>Fit</c> is given, as parameters.</summary>
    public string GivenParameters => string.Concat(Pipeline.Given.Select(stage => $", {stage.Network!.CSharp} {GivenLocal(stage)}"));

    /// <summary>The same as arguments.</summary>
    public string GivenArguments => string.Concat(Pipeline.Given.Select(stage => $", {GivenLocal(stage)}"));

    /// <summary>The same as the parameters of <c>Fit</c> and <c>Tune</c> call them.</summary>
    public string GivenByUser => string.Concat(Pipeline.Given.Select(stage => $", {Context.Names.Given(stage)}"));

    /// <summary>The method that makes a batch of rows.</summary>
    public string ReadRows { get; }

    /// <summary>The method that takes a batch through all stages.</summary>
    public string Through { get; }

    /// <summary>The method that takes rows to output rows.</summary>
    public string TransformRows { get; }

    /// <summary>The names of a batch's columns.</summary>
    public string ColumnTable { get; }

    /// <summary>What the class declares, for its files.</summary>
    public string Declared { get; }

    /// <summary>The method that hands over what was learnt.</summary>
    public string WriteParts { get; }

    /// <summary>The method that makes a pipeline of what was written.</summary>
    public string ReadParts { get; }

    /// <summary>The method that makes a row of cells.</summary>
    public string ReadCells { get; }

    /// <summary>The field with what the fit was given and counted.</summary>
    public string Learnt { get; }

    /// <summary>The network that <c>Fit</c> was given for a stage.</summary>
    public string GivenLocal(CheckedStage stage) => Locals.Further(stage);

    /// <summary>Names of locals.</summary>
    public LocalNames Locals { get; }

    /// <summary>Where columns lie in a batch.</summary>
    public ColumnSlots Slots { get; }

    /// <summary>A batch's values as C# has them.</summary>
    public TypedValues Typed { get; }

    /// <summary>How <c>Predict</c> holds columns.</summary>
    public RowPlan Plan { get; }

    /// <summary>What a fitted pipeline consists of.</summary>
    public IReadOnlyList<FittedPart> Parts => parts;

    /// <summary>The fitted pipeline, made of all these as locals of <c>Fit</c> or <c>Load</c>.</summary>
    public string Made => $"new {Context.Class}({LocalNames.Run}{string.Concat(Parts.Select(part => ", " + part.Local))})";

    /// <summary>A fit measures the rows that it holds back.</summary>
    public bool HasTestScores => Pipeline.Split is not null && Pipeline.Scores.Count > 0;

    /// <summary>The row has vectors whose size is that of the fitted rows.</summary>
    public bool ReadsSizes => Plan.Seen.Any(column => column.Property is not null);

    /// <summary>The sizes that a batch of rows is held to, as an argument behind others.</summary>
    /// <param name="run">Who has them.</param>
    public string SizesOf(string run) => ReadsSizes ? $", {run}.Sizes" : "";

    /// <summary>What makes a batch of the rows that are fitted on.</summary>
    public string ReadInFit => ReadsSizes ? $"(some, first) => {ReadRows}(some, first{SizesInFit("some")})" : ReadRows;

    /// <summary>The sizes in a fit, as an argument behind others: those of vectors that no batch holds, for methods alone read them, are those of the rows themselves.</summary>
    /// <param name="rows">The rows.</param>
    public string SizesInFit(string rows)
    {
        if (!ReadsSizes)
            return "";
        string sizes = SizesOf(LocalNames.Run);
        foreach (Column column in Plan.Seen.Where(column => column.Property is not null && !Slots.IsRead(column)))
        {
            string value = $"row{(Row.IsReference ? "?" : "")}.{Literal.Name(column.Property!.Name)}{(column.IsReference || column.IsNullable ? "?" : "")}.{(column.IsReference ? "Length" : "Size")}";
            sizes += $".Learn<{Row.CSharp}>({Literal.Quoted(column.Name)}, {rows}, static row => {value}{(value.Contains("?") ? " ?? 0" : "")})";
        }

        return sizes;
    }

    /// <summary>Takes the sizes of the rows that are fitted on.</summary>
    public void LearnSizes()
    {
        foreach (Column column in Plan.Seen.Where(column => column.Property is not null && Slots.IsRead(column)))
            Writer.Line($"{LocalNames.Run}.Sizes.Learn({Literal.Quoted(column.Name)}, {LocalNames.Batch}, {Literal.Int(Slots.Of(column))});");
    }

    /// <summary>A fitted stage as a member.</summary>
    public string Member(CheckedStage stage) => Member(stage.Name);

    /// <summary>The object of a stage that learns nothing.</summary>
    public string PreparedField(CheckedStage stage) => Member(Locals.Of(stage));

    /// <summary>The field of an option that tuning sets and no fitted stage holds.</summary>
    public string ParameterField(string path) => Member(Locals.OfParameter(path));

    /// <summary>A member by its name, which no local hides.</summary>
    public string Member(string name) => Locals.IsUsed(name) ? "this." + Literal.Name(name) : Literal.Name(name);

    private void AddParts(CheckedStage stage)
    {
        StageEmission fit = new(this, stage, EmissionPlace.Fit);
        if (stage.Learns)
        {
            parts.Add(new FittedPart(stage, stage.Name, Locals.Of(stage), PipelineContext.TypeOf(stage), PipelineContext.AccessOf(stage)));
            return;
        }

        if (Stage.Of(stage).Prepared(fit) is { } prepared)
            parts.Add(new FittedPart(stage, Locals.Of(stage), Locals.Of(stage), Stage.Of(stage).PreparedType, null) { Made = prepared });
        foreach (CheckedGrid grid in Pipeline.Grid.Where(grid => grid.Stage == stage.Index))
        {
            string local = Locals.OfParameter(grid.Path);
            parts.Add(new FittedPart(stage, local, local, Values.TypeOf(stage.Entry, grid.Option), null) { Made = fit.Option(grid.Option) });
        }
    }
}
