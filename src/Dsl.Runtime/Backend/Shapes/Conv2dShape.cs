namespace Dsl.Runtime;

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
/// <param name="Algorithm">
/// How it is best computed: <see cref="Advised"/>. Prepared weights have room for either, so a backend may choose otherwise, the same way at each call.
/// </param>
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
    PoolShape Pool = default)
{
    // From how many channels on, in and out, Winograd's transforms cost less than the multiplications that they save, on a machine whose vectors they fill.
    internal const int WinogradChannels = 16;

    // Products of one tile of Winograd's F(2×2, 3×3), each a matrix of its own.
    private const int WinogradProducts = 16;

    /// <summary>True for what Winograd's F(2×2, 3×3) computes: 3×3, stride 1, dilation 1, one group.</summary>
    public bool AllowsWinograd => this is { KernelHeight: 3, KernelWidth: 3, StrideHeight: 1, StrideWidth: 1, DilationHeight: 1, DilationWidth: 1, Groups: 1 };

    /// <summary>The algorithm that the compiler puts into <see cref="Algorithm"/>: a function of the other members alone, whatever the machine.</summary>
    public ConvAlgorithm Advised =>
        AllowsWinograd && InputChannels >= WinogradChannels && OutputChannels >= WinogradChannels ? ConvAlgorithm.Winograd : ConvAlgorithm.Direct;

    /// <summary>
    /// Floats that the compiler gives the forward weights, whatever the backend makes of them and by which algorithm:
    /// Groups · kh·kw·(I/Groups) · Round32(O/Groups), and 16 · I · Round32(O) where Winograd is possible; Round32(n) is n rounded up to a multiple of 32.
    /// </summary>
    public long PreparedFloats => Floats(InputChannels, OutputChannels);

    /// <summary>Floats that the compiler gives the weights for the gradient of x: as <see cref="PreparedFloats"/> with I and O exchanged.</summary>
    public long PreparedBackwardFloats => Floats(OutputChannels, InputChannels);

    /// <summary>Floats that the compiler gives the weights of a depthwise convolution, which serve both ways: kh·kw · Round32(I).</summary>
    public long DepthwisePreparedFloats => PreparedPanels.Floats(Taps, InputChannels);

    private long Taps => (long)KernelHeight * KernelWidth;

    private long Floats(int from, int to) => Groups * PreparedPanels.Floats((AllowsWinograd ? WinogradProducts : Taps) * (from / Groups), to / Groups);
}
