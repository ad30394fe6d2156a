using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declaring.Writing;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Emitting;

/// <summary>How a right pipeline learns: its state, its constructor, and the fit stage by stage.</summary>
internal static class FitCode
{
    private const string Columns = "global::Dsl.Pipelines.RowColumns.";

    /// <summary>What was fitted, as properties and fields, and the constructor that takes it.</summary>
    public static void WriteState(PipelineCode code)
    {
        CodeWriter writer = code.Writer;
        foreach (FittedPart part in code.Parts)
        {
            if (part.Access is not null)
            {
                writer.Line($"/// <summary>{PipelineDocument.Comment(part.Stage)}</summary>");
                writer.Line($"{part.Access} {part.Type} {Literal.Name(part.Member)} {{ get; }}");
            }
            else
            {
                writer.Line($"private readonly {part.Type} {part.Member};");
            }
        }

        foreach ((string field, _) in code.Plan.Fields)
            writer.Line($"private readonly int {field};");
        writer.Line($"private readonly global::Dsl.Pipelines.FitRun {code.Learnt};");
        writer.Line();
        writer.Open($"private {code.Context.Class}(global::Dsl.Pipelines.FitRun run{string.Concat(code.Parts.Select(part => $", {part.Type} {part.Local}"))})");
        writer.Line($"{code.Learnt} = run;");
        foreach (FittedPart part in code.Parts)
            writer.Line($"this.{Literal.Name(part.Member)} = {part.Local};");
        foreach ((string field, string value) in code.Plan.Fields)
            writer.Line($"{field} = {value};");
        writer.Close();
        writer.Line();
    }

    /// <summary>The public <c>Fit</c> and the fit itself.</summary>
    public static void Write(PipelineCode code)
    {
        CodeWriter writer = code.Writer;
        writer.Line("/// <summary>Learns from rows.</summary>");
        writer.Open($"{code.Context.FitAccess} static {code.Context.Class} Fit({code.Context.FitParameters})");
        CheckGiven(code);
        writer.Line($"return {code.FitRows}(new global::Dsl.Pipelines.FitRun({Literal.Int(code.Pipeline.Stages.Count)}, options, progress, cancellationToken), rows{code.GivenByUser});");
        writer.Close();
        writer.Line();
        WriteFitRows(code);
    }

    /// <summary>Refuses null where rows or networks are wanted.</summary>
    public static void CheckGiven(PipelineCode code)
    {
        code.Writer.Line("global::System.ArgumentNullException.ThrowIfNull(rows);");
        foreach (CheckedStage stage in code.Pipeline.Given)
            code.Writer.Line($"global::System.ArgumentNullException.ThrowIfNull({code.Context.Names.Given(stage)});");
    }

    private static void WriteFitRows(PipelineCode code)
    {
        CodeWriter writer = code.Writer;
        FitNeeds needs = new(code.Pipeline);
        bool readsRows = code.Pipeline.Stages.Any(needs.ReadsRows);
        WriteOptimized(writer);
        writer.Open($"private static {code.Context.Class} {code.FitRows}(global::Dsl.Pipelines.FitRun run, {code.Context.Rows} source{code.GivenParameters})");
        if (readsRows)
            writer.Line($"{code.Row.CSharp}[] rows = {Columns}All(source);");
        writer.Line($"global::Dsl.Pipelines.ColumnBatch batch = {Columns}Read<{code.Row.CSharp}>({(readsRows ? "rows" : "source")}, {code.ReadInFit});");
        code.LearnSizes();
        foreach (int slot in needs.Unread(code.Slots))
            writer.Line($"batch.Release({Literal.Int(slot)});");
        WriteStages(code, code.Pipeline.Stages.Take(code.Begin), runsAll: false);
        string made = code.Made;
        if (code.Pipeline.CrossValidation is null)
            WriteStages(code, code.Pipeline.Stages.Skip(code.Begin), runsAll: false);
        else
            made = $"{code.FitRest}(run, batch, {(readsRows ? "rows" : "[]")}{code.BeforeArguments}{code.GivenArguments})";
        writer.Line();
        WriteReturn(code, made);
        writer.Close();
        writer.Line();
        if (code.Pipeline.CrossValidation is null)
            return;
        WriteOptimized(writer);
        writer.Open($"private static {code.Context.Class} {code.FitRest}(global::Dsl.Pipelines.FitRun run, global::Dsl.Pipelines.ColumnBatch batch, {code.Row.CSharp}[] rows{code.BeforeParameters}{code.GivenParameters})");
        WriteStages(code, code.Pipeline.Stages.Skip(code.Begin), runsAll: false);
        writer.Line();
        writer.Line($"return {code.Made};");
        writer.Close();
        writer.Line();
    }

    /// <summary>Gives what was fitted, with the scores of the rows that were held back.</summary>
    public static void WriteReturn(PipelineCode code, string made)
    {
        CodeWriter writer = code.Writer;
        if (!code.HasTestScores)
        {
            writer.Line($"return {made};");
            return;
        }

        writer.Line($"{code.Context.Class} made = {made};");
        writer.Line("if (held.Length > 0)");
        writer.Line($"    made.TestScores = {Columns}Scored(made.Evaluate, held, heldRows);");
        writer.Line("return made;");
    }

    /// <summary>Fits stage by stage.</summary>
    /// <param name="code">The pipeline.</param>
    /// <param name="stages">The stages.</param>
    /// <param name="runsAll">All that they make is needed.</param>
    public static void WriteStages(PipelineCode code, IEnumerable<CheckedStage> stages, bool runsAll)
    {
        CodeWriter writer = code.Writer;
        FitNeeds needs = new(code.Pipeline);
        foreach (CheckedStage stage in stages)
        {
            bool runs = runsAll || needs.Runs(stage);
            if (!runs && !stage.Learns && !stage.Rule.HoldsBack && !code.Parts.Any(part => part.Stage == stage))
                continue;
            writer.Line();
            writer.Line($"// {PipelineDocument.Line(stage)}");
            StageEmission emission = new(code, stage, EmissionPlace.Fit);
            foreach (FittedPart part in code.Parts.Where(part => part.Stage == stage && part.Made is not null))
                writer.Line($"{part.Type} {part.Local} = {part.Made};");
            if (stage.Rule.HoldsBack)
            {
                Stage.Of(stage).EmitFit(emission);
                continue;
            }

            if (stage.Learns)
            {
                if (!stage.IsGiven)
                    writer.Line($"run.Rows.Count({emission.Name}, batch{Training(code, stage)});");
                Stage.Of(stage).EmitFit(emission);
            }

            if (runs)
                Stage.Of(stage).EmitTransform(emission);
            if (runsAll)
                continue;
            foreach (int slot in needs.Released(stage, code.Slots))
                writer.Line($"batch.Release({Literal.Int(slot)});");
        }
    }

    /// <summary>
    /// The JIT's first, quick code of a method holds whatever the method has ever held until it ends, and a fit runs once: rows and columns would stay in memory long after they were read last.
    /// </summary>
    private static void WriteOptimized(CodeWriter writer) =>
        writer.Line("[global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]");

    private static string Training(PipelineCode code, CheckedStage stage)
    {
        if (!stage.Rule.IsModel)
            return "";
        string label = stage.Label is { } column ? Literal.Int(code.Slots.Of(column)) : "-1";
        string weight = WeightOf(stage) is { } named ? Literal.Int(code.Slots.Of(named)) : "-1";
        return $", {label}, {weight}";
    }

    /// <summary>A model's weights, or null.</summary>
    public static Column? WeightOf(CheckedStage stage) =>
        stage.Entry.Text("Weight") is { } name ? stage.Inputs.Last(input => input.Name == name) : null;
}
