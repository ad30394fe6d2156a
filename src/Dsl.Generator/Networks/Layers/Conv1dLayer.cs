using Dsl.Generator.Declaring;

namespace Dsl.Generator.Networks.Layers;

/// <summary>T×F → T'×channels: a 2d convolution over an image of one row.</summary>
internal sealed class Conv1dLayer : ConvolutionLayer
{
    public override string Name => "Conv1d";

    protected override bool IsOverSteps => true;

    public override object ReadOptions(Entry entry)
    {
        Conv1dAttribute written = entry.Attribute<Conv1dAttribute>();
        return new ConvolutionOptions(written.Channels, written.Groups, WindowOptions.Of(written), written.Bias, written.Init);
    }

    public override void CheckArguments(Site site) => CheckChannels(site);
}
