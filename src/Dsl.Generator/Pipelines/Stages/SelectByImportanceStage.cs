using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declaring;
using Dsl.Generator.Pipelines.Emitting;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Stages;

/// <summary>The elements that mattered most to trees before it.</summary>
internal sealed class SelectByImportanceStage : ColumnStage<SelectByImportanceAttribute>
{
    public override IReadOnlyList<(string Argument, Range Range)> Ranges { get; } = [("top", Range.AtLeast(1))];

    protected override Wanted Input => Wanted.Vector;

    public override bool Learns(Entry entry) => true;

    public override void Check(StageSite site)
    {
        Column? input = site.Read(0, Wanted.Vector);
        CheckedStage? model = ModelOf(site);
        if (input is not null)
            site.CheckAtMostSize("top", OptionsOf(site.Entry).Top, input);
        if (input is null || model is null)
            return;
        if (model.Outputs[0].IsUnknown)
        {
            site.KeepSilent();
            return;
        }

        Column features = model.Inputs[0];
        if (features.Index != input.Index)
        {
            site.FailColumn(Descriptors.WrongColumn, Place.Argument(site.Ordinal, "input"), $"needs {features.Name}, {features.Described}, the features of {model.Name}, but has {input.Name}");
            return;
        }

        site.From = model.Index;
        site.Make(0, OutputOf(site, input), input);
    }

    protected override Column OutputOf(StageSite site, Column input) => Columns.Vector(site.IsRight("top") ? OptionsOf(site.Entry).Top : Column.Wrong);

    private static CheckedStage? ModelOf(StageSite site)
    {
        string? from = site.Entry.Text("From");
        CheckedStage? found = null;
        foreach (CheckedStage stage in site.Before)
        {
            if (stage.Rule.HasImportances && (from is null || stage.Name == from))
                found = stage;
        }

        if (found is not null)
            return found;
        if (site.Scope.HasHoles)
        {
            site.KeepSilent();
            return null;
        }

        IEnumerable<string> models = site.Before.Where(stage => stage.Rule.HasImportances).Select(stage => stage.Name);
        string? meant = from is null ? null : Spelling.Closest(from, models);
        string there = models.Any() ? $"there are {string.Join(", ", models)}" : "there is none";
        site.FailColumn(
            Descriptors.NoSuchColumn,
            Place.Argument(site.Ordinal, "From"),
            from is null ? "needs a tree, a forest or boosting before it" : $"reads the importances of {from}, which is no tree, forest or boosting before it: {(meant is null ? there : $"did you mean {meant}?")}",
            meant);
        return null;
    }

    public override void EmitFit(StageEmission emission)
    {
        CheckedStage from = emission.Code.Pipeline.Stages[emission.Stage.From];
        emission.Fit($"{emission.Slot(emission.Input)}, {emission.Code.Locals.Of(from)}.FeatureImportances", ["Top"]);
    }
}
