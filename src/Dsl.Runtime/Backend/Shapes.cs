namespace Dsl.Runtime;

/// <summary>
/// The function that a kernel applies to its result on the way out. In training only those are fused whose derivative follows from their own
/// output: Identity, ReLU, ReLU6, LeakyReLU (parameter ≥ 0), ELU (parameter &gt; 0), Sigmoid, Tanh.
/// </summary>
/// <param name="Function">The function.</param>
/// <param name="Parameter">Slope of LeakyReLU, alpha of ELU, else unused.</param>
public readonly record struct Epilogue(UnaryFunction Function, float Parameter = 0)
{
    /// <summary>True where the derivative is computed from the function's output, false where from its input.</summary>
    public bool FollowsFromOutput => UnaryDerivative.FollowsFromOutput(Function, Parameter);
}

/// <summary>A fully connected layer: y = epilogue(x·Wᵀ + b) over rows.</summary>
/// <param name="Inputs">Features of a row of x.</param>
/// <param name="Outputs">Features of a row of y.</param>
/// <param name="Epilogue">Applied to the result.</param>
/// <param name="InputChannels">
/// 0 where x lies in the order of the weight's columns. Otherwise x is a flattened channels-last image of this many channels: column
/// c·(Inputs / InputChannels) + pixel of the weight (channels-first order, as a user sees it) belongs to float pixel·InputChannels + c of a row.
/// </param>
public readonly record struct LinearShape(int Inputs, int Outputs, Epilogue Epilogue = default, int InputChannels = 0);

/// <summary>How a convolution is computed; the compiler chooses.</summary>
public enum ConvAlgorithm
{
    /// <summary>Register tiles over the halo buffer, no im2col.</summary>
    Direct,

    /// <summary>Winograd F(2×2, 3×3); only for 3×3, stride 1, dilation 1, one group.</summary>
    Winograd,
}

/// <summary>A pooling window. Padding at the bottom and right is what the output size implies.</summary>
/// <param name="KernelHeight">Rows of the window.</param>
/// <param name="KernelWidth">Columns of the window.</param>
/// <param name="StrideHeight">Rows from window to window.</param>
/// <param name="StrideWidth">Columns from window to window.</param>
/// <param name="PaddingHeight">Rows of padding above.</param>
/// <param name="PaddingWidth">Columns of padding on the left.</param>
public readonly record struct PoolShape(int KernelHeight, int KernelWidth, int StrideHeight, int StrideWidth, int PaddingHeight = 0, int PaddingWidth = 0)
{
    /// <summary>False for the default value: no pooling.</summary>
    public bool IsGiven => KernelHeight > 0;

    /// <summary>Bytes of a stored index (row·KernelWidth + column within the window): 1 for windows of up to 255 elements, else 4.</summary>
    public int IndexBytes => KernelHeight * KernelWidth <= 255 ? 1 : 4;
}

/// <summary>
/// A 2d convolution with its epilogue and, where fused, the max pooling behind it. Height and width of input and output stand in the views;
/// where <paramref name="Pool"/> is given, the convolution's own output is ConvHeight × ConvWidth and y is the pooled one.
/// </summary>
/// <param name="InputChannels">Channels of x.</param>
/// <param name="OutputChannels">Channels of y; equal to InputChannels for a depthwise convolution.</param>
/// <param name="KernelHeight">Rows of the kernel.</param>
/// <param name="KernelWidth">Columns of the kernel.</param>
/// <param name="StrideHeight">Vertical stride.</param>
/// <param name="StrideWidth">Horizontal stride.</param>
/// <param name="PaddingTop">Rows of zeros above x (x's view may have a halo of at least that, or none; both must work, a sufficient halo is fast).</param>
/// <param name="PaddingLeft">Columns of zeros before x.</param>
/// <param name="DilationHeight">Vertical dilation.</param>
/// <param name="DilationWidth">Horizontal dilation.</param>
/// <param name="Groups">Groups of channels.</param>
/// <param name="ConvHeight">Rows of the convolution's output, before pooling.</param>
/// <param name="ConvWidth">Columns of the convolution's output, before pooling.</param>
/// <param name="Algorithm">How it is computed.</param>
/// <param name="Epilogue">Applied after the bias, before the pooling.</param>
/// <param name="Pool">Max pooling fused behind it, or default.</param>
public readonly record struct Conv2dShape(
    int InputChannels,
    int OutputChannels,
    int KernelHeight,
    int KernelWidth,
    int StrideHeight,
    int StrideWidth,
    int PaddingTop,
    int PaddingLeft,
    int DilationHeight,
    int DilationWidth,
    int Groups,
    int ConvHeight,
    int ConvWidth,
    ConvAlgorithm Algorithm,
    Epilogue Epilogue = default,
    PoolShape Pool = default);

/// <summary>
/// y of up to four dimensions with y's axis i = x's axis Axis[i]; batch outside. Dimensions beyond the rank are 1 with their own axis.
/// </summary>
/// <param name="D0">x's first dimension.</param>
/// <param name="D1">x's second dimension.</param>
/// <param name="D2">x's third dimension.</param>
/// <param name="D3">x's fourth dimension.</param>
/// <param name="A0">Axis of x that is y's first.</param>
/// <param name="A1">Axis of x that is y's second.</param>
/// <param name="A2">Axis of x that is y's third.</param>
/// <param name="A3">Axis of x that is y's fourth.</param>
public readonly record struct Permutation(int D0, int D1, int D2, int D3, int A0, int A1, int A2, int A3);

/// <summary>A loss that is a mean over elements of a function of output and target.</summary>
public enum ElementLoss
{
    /// <summary>(x - t)²</summary>
    MeanSquaredError,

    /// <summary>|x - t|; derivative 0 at 0</summary>
    MeanAbsoluteError,

    /// <summary>½(x - t)² within delta, delta·(|x - t| - ½·delta) beyond (PyTorch's HuberLoss)</summary>
    Huber,

    /// <summary>max(x, 0) - x·t + ln(1 + e^-|x|): binary cross-entropy of a logit</summary>
    BinaryCrossEntropy,
}

/// <summary>What is added to or done to the gradient before an optimizer uses it, in this order: clip, weight decay, L1.</summary>
/// <param name="ClipNorm">0: off; else gradients are scaled by min(1, ClipNorm / (norm + 1e-6)).</param>
/// <param name="WeightDecay">Adds WeightDecay·w (decoupled optimizers scale the weight instead).</param>
/// <param name="L1">Adds L1·sign(w).</param>
public readonly record struct Regularization(float ClipNorm, float WeightDecay, float L1);

/// <summary>What makes the random numbers of one dropout layer in one step: the same key gives the same mask on any backend and any number of threads.</summary>
/// <param name="Seed">The network's seed.</param>
/// <param name="Layer">The layer's number in its network.</param>
/// <param name="Step">The training step.</param>
public readonly record struct DropoutKey(ulong Seed, uint Layer, long Step);
