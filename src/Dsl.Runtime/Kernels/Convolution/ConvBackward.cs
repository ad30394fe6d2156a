using System;
using System.Runtime.InteropServices;

namespace Dsl.Runtime.Kernels;

/// <summary>
/// Gradients of a convolution over a batch, an image after the other: the gradient of its own output (behind epilogue and pool) stays in the
/// workspace and serves weights, bias and input while it is hot. Gradients of weights are gathered in a number of groups of images that only the shape
/// decides, and added up in order: so the bits do not depend on the threads.
/// </summary>
internal unsafe struct ConvBackward
{
    private const int MostGroups = 8;
    private const long MostGatheredFloats = 8L << 20;
    private const long ForkOperations = 200_000;

    private Conv2dShape shape;
    private float* prepared;
    private TensorView x;
    private TensorView y;
    private TensorView dy;
    private TensorView dx;
    private byte* indices;
    private float* gathered;
    private float* dWeight;
    private float* dBias;
    private nint groupFloats;
    private nint weightFloats;
    private int groups;
    private int batch;
    private int reduceParts;
    private bool isDepthwise;
    private bool isTransposed;

    /// <summary>
    /// The gradients of a transposed convolution: its input is the output of the mirrored one, whose shape this is. dx, dWeight and dBias are each set, or null (a view of nothing).
    /// </summary>
    public static void RunTransposed(in Conv2dShape shape, float* prepared, in TensorView x, in TensorView y, in TensorView dy, in TensorView dx, float* dWeight, float* dBias, int batch)
        => Run(in shape, prepared, in x, in y, null, in dy, in dx, dWeight, dBias, batch, isDepthwise: false, isTransposed: true);

    /// <summary>dx, dWeight and dBias are each set, or null (a view of nothing). dy may be overwritten.</summary>
    public static void Run(in Conv2dShape shape, float* prepared, in TensorView x, in TensorView y, byte* indices, in TensorView dy, in TensorView dx, float* dWeight, float* dBias, int batch, bool isDepthwise = false)
        => Run(in shape, prepared, in x, in y, indices, in dy, in dx, dWeight, dBias, batch, isDepthwise, isTransposed: false);

    private static void Run(in Conv2dShape shape, float* prepared, in TensorView x, in TensorView y, byte* indices, in TensorView dy, in TensorView dx, float* dWeight, float* dBias, int batch, bool isDepthwise, bool isTransposed)
    {
        var work = new ConvBackward
        {
            shape = shape,
            prepared = prepared,
            x = x,
            y = y,
            dy = dy,
            dx = dx,
            indices = indices,
            dWeight = dWeight,
            dBias = dBias,
            batch = batch,
            isDepthwise = isDepthwise,
            isTransposed = isTransposed,
        };
        work.weightFloats = dWeight == null ? 0 : work.GatheredFloats();
        work.groupFloats = work.weightFloats + (dBias == null ? 0 : work.BiasChannels);
        work.groups = Groups(work.groupFloats, batch);
        using Workspace.Scope scope = Workspace.Open();
        if (work.groupFloats > 0)
            work.gathered = scope.Take(work.groupFloats * work.groups);
        bool forks = ConvForward.Operations(shape, isDepthwise) * batch >= ForkOperations;
        Fork(forks, work.groups, &RunGroup, &work);
        if (work.groupFloats == 0)
            return;

        work.reduceParts = forks && !isDepthwise ? Math.Clamp((shape.OutputChannels / shape.Groups + 15) / 16, 1, 8) : 1;
        Fork(forks, work.reduceParts, &Reduce, &work);
    }

    private readonly int BiasChannels => isTransposed ? shape.InputChannels : shape.OutputChannels;

    private readonly nint GatheredFloats()
    {
        if (isDepthwise)
            return (nint)shape.KernelHeight * shape.KernelWidth * shape.OutputChannels;

        return WinogradChoice.Takes(shape) ? WinogradBackward.Floats(shape) : ConvWeightGradient.Floats(shape);
    }

    private static void Fork(bool forks, int parts, delegate*<void*, int, void> body, ConvBackward* work)
    {
        if (forks)
        {
            WorkerPool.Run(parts, body, work);
            return;
        }

        for (int part = 0; part < parts; part++)
            body(work, part);
    }

    private static int Groups(nint floats, int batch)
    {
        if (floats == 0)
            return batch;

        return (int)Math.Min(batch, Math.Clamp(MostGatheredFloats / floats, 2, MostGroups));
    }

    private static void RunGroup(void* context, int group)
    {
        var work = (ConvBackward*)context;
        int first = (int)((long)work->batch * group / work->groups);
        int end = (int)((long)work->batch * (group + 1) / work->groups);
        float* gathered = work->gathered + group * work->groupFloats;
        if (WinogradChoice.Takes(work->shape))
        {
            work->Winograd(first, end, gathered);
            return;
        }

        for (int n = first; n < end; n++)
        {
            if (work->isTransposed)
                work->TransposedImage(n, gathered, n > first);
            else
                work->Image(n, gathered, n > first);
        }
    }

    private readonly void Winograd(int first, int end, float* gathered)
    {
        var images = new WinogradBackward { Shape = shape, Prepared = prepared, X = x, Y = y, Dy = dy, Dx = dx, Indices = indices };
        images.Images(first, end, dWeight == null ? null : gathered, dBias == null ? null : gathered + weightFloats);
    }

    private readonly void Image(int n, float* gathered, bool adds)
    {
        using Workspace.Scope scope = Workspace.Open();
        ConvHalo halo = this.dx.IsNone ? default : ConvHalo.Backward(shape, this.dx.Layout.Height, this.dx.Layout.Width);
        TensorView gradient = ConvGradient.Output(shape, y, indices, this.dy, n, halo, scope);
        var dy = new ConvImage(gradient.Interior, gradient.Layout.RowStride);
        if (dBias != null)
            ConvGradient.AddBias(shape.Pool.IsGiven ? ConvImage.Sample(this.dy, n) : gradient, gathered + weightFloats, adds);
        if (dWeight != null)
        {
            ConvImage x = ConvImage.Padded(this.x, n, ConvHalo.Forward(shape, this.x.Layout.Height, this.x.Layout.Width), scope);
            if (isDepthwise)
                DepthwiseConv.AddWeights(shape, x, dy, gathered, adds);
            else
                ConvWeightGradient.AddImage(shape, x, dy, gathered, adds);
        }

        if (this.dx.IsNone)
            return;

        TensorLayout layout = this.dx.Layout;
        float* dx = this.dx.Interior + n * layout.SampleStride;
        if (isDepthwise)
            DepthwiseConv.Backward(shape, prepared, dy, dx, layout.RowStride, layout.Height, layout.Width);
        else
            ConvDirect.Backward(shape, prepared, dy, dx, layout.RowStride, layout.Height, layout.Width);
        Halo.Clear(this.dx, n);
    }

    /// <summary>The mirrored convolution of the gradient gives that of the input; the weights meet the same pairs of pixels as they do in it.</summary>
    private readonly void TransposedImage(int n, float* gathered, bool adds)
    {
        using Workspace.Scope scope = Workspace.Open();
        ConvHalo halo = ConvHalo.Forward(shape, this.dy.Layout.Height, this.dy.Layout.Width);
        TensorView gradient = ConvGradient.BeforeEpilogue(shape.Epilogue, y, this.dy, n, halo, scope);
        var dy = new ConvImage(gradient.Interior, gradient.Layout.RowStride);
        if (dBias != null)
            ConvGradient.AddBias(gradient, gathered + weightFloats, adds);
        if (dWeight != null)
            ConvWeightGradient.AddImage(shape, dy, new ConvImage(x.Interior + n * x.Layout.SampleStride, x.Layout.RowStride), gathered, adds);
        if (dx.IsNone)
            return;

        ConvDirect.Forward(shape with { Epilogue = default }, prepared, null, dy, dx.Interior + n * dx.Layout.SampleStride, dx.Layout.RowStride, 0, shape.ConvHeight);
        Halo.Clear(dx, n);
    }

    /// <summary>Adds up the groups for some output channels and brings the sum home.</summary>
    private static void Reduce(void* context, int part)
    {
        var work = (ConvBackward*)context;
        Conv2dShape shape = work->shape;
        int outputs = shape.OutputChannels / shape.Groups;
        int units = (outputs + 15) / 16;
        int first = units * part / work->reduceParts * 16;
        int count = Math.Min(units * (part + 1) / work->reduceParts * 16, outputs) - first;
        if (work->dWeight != null)
        {
            if (work->isDepthwise)
                work->ReduceDepthwise();
            else if (WinogradChoice.Takes(shape))
                work->ReduceWinograd(first, count);
            else
                work->ReduceDirect(first, count);
        }

        if (work->dBias == null || part > 0)
            return;

        float* bias = work->gathered + work->weightFloats;
        ConvGradient.AddGroups(bias, 0, 1, work->BiasChannels, work->groupFloats, work->groups);
        NativeMemory.Copy(bias, work->dBias, (nuint)work->BiasChannels * sizeof(float));
    }

    private readonly void ReduceDepthwise()
    {
        int taps = shape.KernelHeight * shape.KernelWidth;
        int channels = shape.OutputChannels;
        ConvGradient.AddGroups(gathered, channels, taps, channels, groupFloats, groups);
        Transpose.Run(gathered, channels, dWeight, taps, taps, channels);
    }

    private readonly void ReduceWinograd(int first, int count)
    {
        const int Taps = 9;
        int inputs = shape.InputChannels;
        using Workspace.Scope scope = Workspace.Open();
        float* gradient = scope.Take((nint)Taps * inputs * count);
        WinogradWeights.Gradient(gathered, groupFloats, groups, inputs, shape.OutputChannels, first, count, gradient, count);
        ConvWeights.Unpack(gradient, count, Taps, inputs, count, dWeight + (nint)first * Taps * inputs);
    }

    private readonly void ReduceDirect(int first, int count)
    {
        int taps = shape.KernelHeight * shape.KernelWidth;
        int inputs = shape.InputChannels / shape.Groups;
        int outputs = shape.OutputChannels / shape.Groups;
        for (int group = 0; group < shape.Groups; group++)
        {
            float* gathered = this.gathered + (nint)group * taps * inputs * outputs + first;
            ConvGradient.AddGroups(gathered, outputs, taps * inputs, count, groupFloats, groups);
            ConvWeights.Unpack(gathered, outputs, taps, inputs, count, dWeight + ((nint)group * outputs + first) * taps * inputs);
        }
    }
}
