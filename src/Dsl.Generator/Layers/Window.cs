using System;
using Dsl.Generator.Checking;
using Dsl.Generator.Frontend;

namespace Dsl.Generator.Layers;

/// <summary>One side of a sliding window: sizes in elements.</summary>
/// <param name="Kernel">Taps.</param>
/// <param name="Stride">Step between outputs.</param>
/// <param name="Before">Padding before the first element.</param>
/// <param name="After">Padding after the last.</param>
/// <param name="Dilation">Distance between taps.</param>
/// <param name="Output">The number of outputs; below 1 where the window does not fit.</param>
internal readonly record struct WindowSide(int Kernel, int Stride, int Before, int After, int Dilation, long Output)
{
    /// <summary>Elements from the first tap to the last.</summary>
    public long Span => ((long)Dilation * (Kernel - 1L)) + 1;
}

/// <summary>The window of a 2d convolution or pool, worked out for one input; the arguments are in range.</summary>
internal readonly record struct Window(WindowSide Height, WindowSide Width)
{
    /// <summary>A convolution's window: stride 1 unless written, <c>Same</c> as TensorFlow has it.</summary>
    public static Window OfConvolution(Entry entry, Shape input) => Of(entry, input, strideIsKernel: false);

    /// <summary>A pool's window: the stride is the kernel's side unless written.</summary>
    public static Window OfPool(Entry entry, Shape input) => Of(entry, input, strideIsKernel: true);

    /// <summary>Checks the ranges of every argument that a window has, kernel first.</summary>
    public static void Check(Site site, bool isPool)
    {
        site.AtLeast("k", 1);
        site.AtLeast("Stride", 1);
        CheckPadding(site, "Padding", isPool ? site.Entry.Int("k", 1) : int.MaxValue);
        site.AtLeast("Dilation", 1);
        foreach (string side in new[] { "Height", "Width" })
        {
            site.AtLeast("Kernel" + side, 1);
            site.AtLeast("Stride" + side, 1);
            CheckPadding(site, "Padding" + side, isPool ? site.Entry.Int("Kernel" + side, site.Entry.Int("k", 1)) : int.MaxValue);
        }
        // A common padding may be too much for a side whose kernel is smaller than the common one.
        if (isPool && site.Entry.Has("Padding"))
        {
            foreach (string side in new[] { "Height", "Width" })
                if (!site.Entry.Has("Padding" + side))
                    CheckPoolPadding(site, "Padding", site.Entry.Int("Kernel" + side, site.Entry.Int("k", 1)));
        }
    }

    /// <summary>The output's height and width, or a failure on the kernel's argument (DSL203).</summary>
    public bool Fits(Site site) => Fits(site, Height, 1, "Height") && Fits(site, Width, 2, "Width");

    private static bool Fits(Site site, WindowSide side, int axis, string name)
    {
        if (side.Output >= 1)
            return true;
        string argument = site.Entry.Has("Kernel" + name) ? "Kernel" + name : "k";
        long padded = (long)site.Input[axis] + side.Before + side.After;
        site.Fail(
            Descriptors.WindowTooLarge,
            argument,
            $"has a window {side.Span} elements {(axis == 1 ? "high" : "wide")}, but the padded input has {padded}{site.Origin}");
        return false;
    }

    private static void CheckPadding(Site site, string argument, int poolKernel)
    {
        if (!site.Entry.Has(argument))
            return;
        site.AtLeast(argument, 0);
        if (site.Entry.Bool("Same"))
            site.Fail(Descriptors.OutOfRange, argument, $"has {argument} beside Same, which sets the padding itself");
        if (poolKernel != int.MaxValue && argument != "Padding")
            CheckPoolPadding(site, argument, poolKernel);
    }

    private static void CheckPoolPadding(Site site, string argument, int kernel)
    {
        int padding = site.Entry.Int(argument);
        if (padding > kernel / 2)
            site.Fail(Descriptors.OutOfRange, argument, $"needs {argument} of at most half its kernel of {kernel}, but has {padding}");
    }

    private static Window Of(Entry entry, Shape input, bool strideIsKernel) =>
        new(SideOf(entry, input[1], "Height", strideIsKernel), SideOf(entry, input[2], "Width", strideIsKernel));

    private static WindowSide SideOf(Entry entry, int size, string name, bool strideIsKernel)
    {
        int kernel = entry.Int("Kernel" + name, entry.Int("k", 1));
        int stride = entry.Int("Stride" + name, entry.Int("Stride", strideIsKernel ? kernel : 1));
        int dilation = entry.Int("Dilation", 1);
        long span = ((long)dilation * (kernel - 1L)) + 1;
        if (entry.Bool("Same"))
        {
            long same = ((long)size + stride - 1) / stride;
            long total = Math.Max(0, ((same - 1) * stride) + span - size);
            // Far too large a window is still SAME: only the tensor's size limits it.
            int before = (int)Math.Min(int.MaxValue, total / 2);
            return new WindowSide(kernel, stride, before, (int)Math.Min(int.MaxValue, total - before), dilation, same);
        }
        int padding = entry.Int("Padding" + name, entry.Int("Padding"));
        long room = size + (2L * padding) - span;
        return new WindowSide(kernel, stride, padding, padding, dilation, room < 0 ? 0 : (room / stride) + 1);
    }
}
