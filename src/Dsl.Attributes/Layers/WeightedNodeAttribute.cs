namespace Dsl;

/// <summary>What every layer attribute with weight matrices or kernels has.</summary>
public abstract class WeightedNodeAttribute : TrainableNodeAttribute
{
    /// <summary>How the weights are drawn; biases keep PyTorch's default.</summary>
    public Init Init { get; set; }
}
