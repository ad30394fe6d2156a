using Dsl.Generator.Declaring;
using Dsl.Generator.Pipelines.Emitting;
using Dsl.Generator.Pipelines.Facts;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Stages;

/// <summary>Keeps rows for which a method says true.</summary>
internal sealed class WhereStage : MethodStage<WhereAttribute>
{
    public override bool MayDrop(Entry entry) => true;

    public override void Check(StageSite site) => MethodOf(site, "Where needs bool", one => one.Result is { Kind: ColumnKind.Flag, IsNullable: false });

    public override bool ReadsBatch => false;

    public override void EmitTransform(StageEmission emission) => emission.KeepWhere(new MethodCall(emission, (column, _) => emission.ValueAt(column, "i")).Text);

    public override void EmitRow(StageEmission emission)
    {
        MethodCall call = new(emission, (column, takesNull) => takesNull ? emission.TypedMaybe(column) : emission.Typed(column));
        emission.Writer.Line($"if (!{call.Text})");
        emission.Drop();
    }
}
