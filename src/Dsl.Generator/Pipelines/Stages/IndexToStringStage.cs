using Dsl.Generator.Declaring;
using Dsl.Generator.Pipelines.Emitting;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Stages;

/// <summary>Class numbers become the texts that they stand for.</summary>
internal sealed class IndexToStringStage : ColumnStage<IndexToStringAttribute>
{
    private const string Runtime = "global::Dsl.Pipelines.IndexToStringStage.Transform(";

    private static readonly Wanted Labelled = new(
        "a class number with labels, or Labels of its own",
        column => Wanted.IsNumber(column) && column.LabelsOf >= 0,
        column => Wanted.IsNumber(column) ? ": Labels = [...] gives them" : Wanted.Number.Advice(column));

    protected override Wanted Input => Labelled;

    public override void Check(StageSite site)
    {
        Wanted wanted = HasLabels(site.Entry) ? Wanted.Number : Labelled;
        if (site.Read(0, wanted) is { } input)
            site.Make(0, OutputOf(site, input), input);
    }

    protected override Column OutputOf(StageSite site, Column input) => Columns.Text;

    public override string? Prepared(StageEmission emission) => HasLabels(emission.Stage.Entry) ? Values.Text(OptionsOf(emission.Stage.Entry).Labels) : null;

    public override string PreparedType => "string[]";

    public override void EmitTransform(StageEmission emission) =>
        emission.Writer.Line($"{Runtime}{emission.Name}, batch, {emission.Slot(emission.Input)}, {emission.Slot(emission.Output)}, {LabelsOf(emission)});");

    public override void EmitRow(StageEmission emission) => emission.Set($"{Runtime}{emission.Name}, {emission.Number(emission.Input)}, {LabelsOf(emission)})");

    private static bool HasLabels(Entry entry) => OptionsOf(entry).Labels.Length > 0;

    private static string LabelsOf(StageEmission emission) => HasLabels(emission.Stage.Entry) ? emission.Shared : emission.LabelsOf(emission.Input);
}
