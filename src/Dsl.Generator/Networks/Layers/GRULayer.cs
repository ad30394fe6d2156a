using Dsl.Generator.Declaring;
using Dsl.Runtime;

namespace Dsl.Generator.Networks.Layers;

/// <summary>Recurrent with two gates and a candidate.</summary>
internal sealed class GRULayer : RecurrentLayer
{
    public override string Name => "GRU";

    public override object ReadOptions(Entry entry) => OptionsOf(entry.Attribute<GRUAttribute>(), RecurrentCell.GRU);
}
