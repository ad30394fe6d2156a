namespace Dsl.Generator.Losses;

/// <summary>Sigmoid and binary cross-entropy with targets of the same shape.</summary>
internal sealed partial class BinaryCrossEntropyLoss : Loss
{
    public override string Name => "BinaryCrossEntropy";

    public override bool Applies(string activation) => activation == "Sigmoid";
}
