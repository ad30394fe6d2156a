namespace Dsl;

/// <summary>What every layer attribute with parameters has.</summary>
public abstract class TrainableNodeAttribute : NodeAttribute
{
    /// <summary><see langword="false"/> freezes the parameters: no gradient is computed for them, nor for anything before that then needs none.</summary>
    public bool Trainable { get; set; } = true;
}
