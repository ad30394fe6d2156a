namespace Dsl.Runtime;

/// <summary>What is added to or done to the gradient before an optimizer uses it, in this order: clip, weight decay, L1.</summary>
/// <param name="ClipNorm">0: off; else gradients are scaled by min(1, ClipNorm / (norm + 1e-6)).</param>
/// <param name="WeightDecay">Adds WeightDecay·w (decoupled optimizers scale the weight instead).</param>
/// <param name="L1">Adds L1·sign(w).</param>
public readonly record struct Regularization(float ClipNorm, float WeightDecay, float L1);
