using System;
using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Graph;
using Dsl.Runtime;

namespace Dsl.Generator.Networks.Layers;

/// <summary>What a window declares about one side: sizes in elements.</summary>
internal readonly record struct WindowSideOptions(int Kernel, int Stride, int Padding);

/// <summary>What the window of a convolution or pool declares, one side at a time.</summary>
/// <param name="Height">The vertical side.</param>
/// <param name="Width">The horizontal side.</param>
/// <param name="Dilation">Distance between taps.</param>
/// <param name="Same">TensorFlow's SAME padding in place of the declared one.</param>
internal sealed record WindowOptions(WindowSideOptions Height, WindowSideOptions Width, int Dilation, bool Same)
{
    /// <summary>A convolution's window: what is written for one side stands before what is written for both.</summary>
    public static WindowOptions Of(KernelNodeAttribute declared, Entry written)
    {
        ConvolutionNodeAttribute? convolution = declared as ConvolutionNodeAttribute;
        return new(
            Side("Height", declared.KernelHeight, declared.StrideHeight, declared.PaddingHeight),
            Side("Width", declared.KernelWidth, declared.StrideWidth, declared.PaddingWidth),
            convolution?.Dilation ?? 1,
            convolution?.Same ?? false);

        WindowSideOptions Side(string side, int kernel, int stride, int padding) => new(
            written.Has("Kernel" + side) ? kernel : declared.Kernel,
            written.Has("Stride" + side) ? stride : declared.Stride,
            written.Has("Padding" + side) ? padding : declared.Padding);
    }

    /// <summary>A window over steps: an image of one row.</summary>
    public static WindowOptions Of(Conv1dAttribute declared) => new(OneRow, new(declared.Kernel, declared.Stride, declared.Padding), declared.Dilation, declared.Same);

    /// <summary>A pool's window over steps.</summary>
    public static WindowOptions Of(StepPoolNodeAttribute declared) => new(OneRow, new(declared.Kernel, declared.Stride, declared.Padding), Dilation: 1, Same: false);

    /// <summary>A pool's window: the stride is the kernel of its side unless written.</summary>
    public static WindowOptions Of(PoolNodeAttribute declared, Entry written)
    {
        return new(
            Side("Height", declared.KernelHeight, declared.StrideHeight, declared.PaddingHeight),
            Side("Width", declared.KernelWidth, declared.StrideWidth, declared.PaddingWidth),
            Dilation: 1,
            Same: false);

        WindowSideOptions Side(string side, int kernel, int stride, int padding)
        {
            int taps = written.Has("Kernel" + side) ? kernel : declared.Kernel;
            int step = written.Has("Stride" + side) ? stride : written.Has("Stride") ? declared.Stride : taps;
            return new(taps, step, written.Has("Padding" + side) ? padding : declared.Padding);
        }
    }

    /// <summary>The window over an input; the options are in range.</summary>
    public Window Over(Shape input) => new(SideOf(Height, input[1]), SideOf(Width, input[2]));

    private static WindowSideOptions OneRow => new(Kernel: 1, Stride: 1, Padding: 0);

    private WindowSide SideOf(WindowSideOptions side, int size)
    {
        (int kernel, int stride, int padding) = (side.Kernel, side.Stride, side.Padding);
        long span = ((long)Dilation * (kernel - 1L)) + 1;
        if (Same)
        {
            long same = ((long)size + stride - 1) / stride;
            long total = Math.Max(0, ((same - 1) * stride) + span - size);

            // Far too large a window is still SAME: only the tensor's size limits it.
            int before = (int)Math.Min(int.MaxValue, total / 2);
            return new WindowSide(kernel, stride, before, (int)Math.Min(int.MaxValue, total - before), Dilation, new LengthMap(1, stride, 0, 1), same);
        }

        long room = size + (2L * padding) - span;
        return new WindowSide(kernel, stride, padding, padding, Dilation, new LengthMap(kernel, stride, unchecked(2 * padding), Dilation), room < 0 ? 0 : (room / stride) + 1);
    }
}

/// <summary>One side of a sliding window: sizes in elements.</summary>
/// <param name="Kernel">Taps.</param>
/// <param name="Stride">Step between outputs.</param>
/// <param name="Before">Padding before the first element.</param>
/// <param name="After">Padding after the last.</param>
/// <param name="Dilation">Distance between taps.</param>
/// <param name="Lengths">What the window makes of any other size.</param>
/// <param name="Output">The number of outputs; below 1 where the window does not fit.</param>
internal readonly record struct WindowSide(int Kernel, int Stride, int Before, int After, int Dilation, LengthMap Lengths, long Output)
{
    /// <summary>Elements from the first tap to the last.</summary>
    public long Span => ((long)Dilation * (Kernel - 1L)) + 1;
}

/// <summary>The window of a convolution or pool, worked out for one input.</summary>
internal readonly record struct Window(WindowSide Height, WindowSide Width)
{
    /// <summary>Checks the ranges of every argument that a window has, kernel first.</summary>
    public static void Check(Site site, WindowOptions options, bool isPool)
    {
        site.AtLeast("k", 1);
        site.AtLeast("Stride", 1);
        CheckPadding(site, "Padding", options, isPool ? options.Height : null);
        site.AtLeast("Dilation", 1);
        foreach ((string name, WindowSideOptions side) in new[] { ("Height", options.Height), ("Width", options.Width) })
        {
            site.AtLeast("Kernel" + name, 1);
            site.AtLeast("Stride" + name, 1);
            CheckPadding(site, "Padding" + name, options, isPool ? side : null);
        }

        // A common padding may be too much for a side whose kernel is smaller than the common one.
        if (isPool && site.Entry.Has("Padding"))
        {
            foreach ((string name, WindowSideOptions side) in new[] { ("Height", options.Height), ("Width", options.Width) })
            {
                if (!site.Entry.Has("Padding" + name))
                    CheckPoolPadding(site, "Padding", side);
            }
        }
    }

    /// <summary>Whether the window fits into the padded image, else a failure on the kernel's argument (DSL203).</summary>
    public bool Fits(LayerSite site, Shape image, bool isOverSteps) =>
        Fits(site, Height, image[1], "Height", "elements high") && Fits(site, Width, image[2], "Width", isOverSteps ? "steps long" : "elements wide");

    private static bool Fits(LayerSite site, WindowSide side, int size, string name, string measure)
    {
        if (side.Output >= 1)
            return true;
        string argument = site.Entry.Has("Kernel" + name) ? "Kernel" + name : "k";
        long padded = (long)size + side.Before + side.After;
        site.Fail(
            Descriptors.WindowTooLarge,
            argument,
            $"has a window {side.Span} {measure}, but the padded input has {padded}{site.Origin}");
        return false;
    }

    private static void CheckPadding(Site site, string argument, WindowOptions options, WindowSideOptions? poolSide)
    {
        if (!site.Entry.Has(argument))
            return;
        site.AtLeast(argument, 0);
        if (options.Same)
            site.Fail(Descriptors.OutOfRange, argument, $"has {argument} beside Same, which sets the padding itself");
        if (poolSide is { } side && argument != "Padding")
            CheckPoolPadding(site, argument, side);
    }

    private static void CheckPoolPadding(Site site, string argument, WindowSideOptions side)
    {
        if (side.Padding > side.Kernel / 2)
            site.Fail(Descriptors.OutOfRange, argument, $"needs {argument} of at most half its kernel of {side.Kernel}, but has {side.Padding}");
    }
}
