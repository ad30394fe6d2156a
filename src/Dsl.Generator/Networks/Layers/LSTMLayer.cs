using Dsl.Generator.Declaring;
using Dsl.Runtime;

namespace Dsl.Generator.Networks.Layers;

/// <summary>Recurrent with a cell and its three gates.</summary>
internal sealed class LSTMLayer : RecurrentLayer
{
    public override string Name => "LSTM";

    public override object ReadOptions(Entry entry) => OptionsOf(entry.Attribute<LSTMAttribute>(), RecurrentCell.LSTM);
}
