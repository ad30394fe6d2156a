using System.Collections.Generic;
using Dsl.Generator.Declaring;
using Dsl.Generator.Pipelines.Emitting;
using Dsl.Generator.Pipelines.Facts;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Stages;

/// <summary>The best elements by a test against a label.</summary>
internal sealed class UnivariateFeatureSelectorStage : StageOf<UnivariateFeatureSelectorAttribute>
{
    public override IReadOnlyList<(string Argument, Range Range)> Ranges { get; } = [("top", Range.AtLeast(1)), ("FeatureType", Range.MemberOf<VariableKind>()), ("LabelType", Range.MemberOf<VariableKind>())];

    public override IReadOnlyList<string> Checked { get; } = ["FeatureType", "LabelType"];

    public override bool Learns(Entry entry) => true;

    public override IReadOnlyList<ColumnUse> Reads(Entry entry, PipelineFacts facts) => [Use(entry, "features"), Use(entry, "label", isForTraining: true)];

    public override IReadOnlyList<ColumnMade> Makes(Entry entry, PipelineFacts facts) => [Made(entry, "output")];

    public override void Check(StageSite site)
    {
        UnivariateFeatureSelectorAttribute options = OptionsOf(site.Entry);
        Column? features = site.Read(0, Wanted.Vector);
        Column? label = site.Read(1, Wanted.NumberOrFlag);
        bool isContinuous = options.LabelType == VariableKind.Continuous || (options.LabelType == VariableKind.Auto && label is { Kind: ColumnKind.Number });
        if (options.FeatureType == VariableKind.Categorical && isContinuous)
            site.FailLatter("FeatureType", "LabelType", "has categorical features and a continuous label: chi² needs a categorical one");
        if (features is not null)
            site.CheckAtMostSize("top", options.Top, features);
        if (features is null || label is null)
            return;
        Provenance.CheckLeak(site, [features], label);
        site.LabelColumn = label;
        site.Make(0, Columns.Vector(site.IsRight("top") ? options.Top : Column.Wrong), features);
    }

    public override void EmitFit(StageEmission emission)
    {
        Column label = emission.Stage.Inputs[1];
        string features = Kind(emission, "FeatureType", isCategorical: false);
        string labels = Kind(emission, "LabelType", label.Kind is ColumnKind.ClassNumber or ColumnKind.Flag);
        emission.Fit($"{emission.Slot(emission.Input)}, {emission.Slot(label)}", ["Top"], $", {features}, {labels}");
    }

    private static string Kind(StageEmission emission, string option, bool isCategorical)
    {
        const string Kinds = "global::Dsl.VariableKind.";
        string found = Kinds + (isCategorical ? "Categorical" : "Continuous");
        return emission.IsVaried(option) ? $"{emission.Option(option)} switch {{ {Kinds}Auto => {found}, var kind => kind }}"
            : Values.Of(emission.Stage.Entry, option) is VariableKind.Auto ? found
            : emission.Option(option);
    }
}
