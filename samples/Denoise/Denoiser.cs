using Dsl;

namespace Denoise;

/// <summary>An autoencoder: 64 pixels of a noisy digit to 50 numbers, and from those the clean digit.</summary>
[Model, Input(64)]
[Linear(100), ReLU, Linear(50), ReLU, Expose("Encode", "Decode")]
[Linear(100), ReLU, Linear(64), Sigmoid]
[MeanSquaredError, Adam(2e-3), OneCycle(4e-3)]
public partial class Denoiser;

/// <summary>Reads a digit from its code, by planes alone.</summary>
[Model, Input(50), Linear(10)]
[CrossEntropy, Adam(2e-2), Cosine]
public partial class CodeReader;

/// <summary>Reads a digit from its pixels, by planes alone.</summary>
[Model, Input(64), Linear(10)]
[CrossEntropy, Adam(2e-2), Cosine]
public partial class PixelReader;
