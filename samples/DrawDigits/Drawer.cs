using Dsl;

namespace DrawDigits;

/// <summary>
/// A variational autoencoder: 64 pixels to a normal distribution over 12 numbers, a sample of it, and from that the pixels again, as logits. The divergence counts once for
/// a digit, the loss is a mean over pixels: hence 1/64.
/// </summary>
[Model, Input(64)]
[Linear(256), SiLU, Linear(24), GaussianSample(Weight = 1.0 / 64), Expose("Encode", "Draw")]
[Linear(256), SiLU, Linear(256), SiLU, Linear(64)]
[BinaryCrossEntropy, Adam(1e-3), OneCycle(3e-3)]
public partial class Drawer;
