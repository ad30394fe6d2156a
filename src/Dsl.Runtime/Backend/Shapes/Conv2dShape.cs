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
