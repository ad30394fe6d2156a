using Dsl.Generator.Declaring;
using Dsl.Runtime;

namespace Dsl.Generator.Networks.Layers;

/// <summary>Recurrent with one tanh at each step.</summary>
internal sealed class RNNLayer : RecurrentLayer
{
    public override string Name => "RNN";

    public override object ReadOptions(Entry entry) => OptionsOf(entry.Attribute<RNNAttribute>(), RecurrentCell.Tanh);
}
