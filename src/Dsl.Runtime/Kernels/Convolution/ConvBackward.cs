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

    private Conv2dShape _shape;
    private float* _prepared;
    private TensorView _x;
    private TensorView _y;
    private TensorView _dy;
    private TensorView _dx;
    private byte* _indices;
    private float* _gathered;
    private float* _dWeight;
    private float* _dBias;
    private nint _groupFloats;
    private nint _weightFloats;
    private int _groups;
    private int _batch;
    private int _reduceParts;
    private bool _isDepthwise;

    /// <summary>dx, dWeight and dBias are each set, or null (a view of nothing). dy may be overwritten.</summary>
    public static void Run(in Conv2dShape shape, float* prepared, in TensorView x, in TensorView y, byte* indices, in TensorView dy, in TensorView dx, float* dWeight, float* dBias, int batch, bool isDepthwise = false)
    {
        var work = new ConvBackward
        {
            _shape = shape,
            _prepared = prepared,
            _x = x,
            _y = y,
            _dy = dy,
            _dx = dx,
            _indices = indices,
            _dWeight = dWeight,
            _dBias = dBias,
            _batch = batch,
            _isDepthwise = isDepthwise,
        };
        work._weightFloats = dWeight == null ? 0 : work.GatheredFloats();
        work._groupFloats = work._weightFloats + (dBias == null ? 0 : shape.OutputChannels);
        work._groups = Groups(work._groupFloats, batch);
        using Workspace.Scope scope = Workspace.Open();
        if (work._groupFloats > 0)
            work._gathered = scope.Take(work._groupFloats * work._groups);
        bool forks = ConvForward.Operations(shape, isDepthwise) * batch >= ForkOperations;
        Fork(forks, work._groups, &RunGroup, &work);
        if (work._groupFloats == 0)
            return;

        work._reduceParts = forks && !isDepthwise ? Math.Clamp((shape.OutputChannels / shape.Groups + 15) / 16, 1, 8) : 1;
        Fork(forks, work._reduceParts, &Reduce, &work);
    }

    private readonly nint GatheredFloats()
    {
        if (_isDepthwise)
            return (nint)_shape.KernelHeight * _shape.KernelWidth * _shape.OutputChannels;

        return _shape.Algorithm == ConvAlgorithm.Winograd ? WinogradBackward.Floats(_shape) : ConvWeightGradient.Floats(_shape);
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
        int first = (int)((long)work->_batch * group / work->_groups);
        int end = (int)((long)work->_batch * (group + 1) / work->_groups);
        float* gathered = work->_gathered + group * work->_groupFloats;
        if (work->_shape.Algorithm == ConvAlgorithm.Winograd)
        {
            work->Winograd(first, end, gathered);
            return;
        }

        for (int n = first; n < end; n++)
            work->Image(n, gathered, n > first);
    }

    private readonly void Winograd(int first, int end, float* gathered)
    {
        var images = new WinogradBackward { Shape = _shape, Prepared = _prepared, X = _x, Y = _y, Dy = _dy, Dx = _dx, Indices = _indices };
        images.Images(first, end, _dWeight == null ? null : gathered, _dBias == null ? null : gathered + _weightFloats);
    }

    private readonly void Image(int n, float* gathered, bool adds)
    {
        using Workspace.Scope scope = Workspace.Open();
        ConvHalo halo = _dx.IsNone ? default : ConvHalo.Backward(_shape, _dx.Layout.Height, _dx.Layout.Width);
        TensorView gradient = ConvGradient.Output(_shape, _y, _indices, _dy, n, halo, scope);
        var dy = new ConvImage(gradient.Interior, gradient.Layout.RowStride);
        if (_dBias != null)
            ConvGradient.AddBias(_shape.Pool.IsGiven ? ConvImage.Sample(_dy, n) : gradient, gathered + _weightFloats, adds);
        if (_dWeight != null)
        {
            ConvImage x = ConvImage.Padded(_x, n, ConvHalo.Forward(_shape, _x.Layout.Height, _x.Layout.Width), scope);
            if (_isDepthwise)
                DepthwiseConv.AddWeights(_shape, x, dy, gathered, adds);
            else
                ConvWeightGradient.AddImage(_shape, x, dy, gathered, adds);
        }

        if (_dx.IsNone)
            return;

        TensorLayout layout = _dx.Layout;
        float* dx = _dx.Interior + n * layout.SampleStride;
        if (_isDepthwise)
            DepthwiseConv.Backward(_shape, _prepared, dy, dx, layout.RowStride, layout.Height, layout.Width);
        else
            ConvDirect.Backward(_shape, _prepared, dy, dx, layout.RowStride, layout.Height, layout.Width);
        Halo.Clear(_dx, n);
    }

    /// <summary>Adds up the groups for some output channels and brings the sum home.</summary>
    private static void Reduce(void* context, int part)
    {
        var work = (ConvBackward*)context;
        Conv2dShape shape = work->_shape;
        int outputs = shape.OutputChannels / shape.Groups;
        int units = (outputs + 15) / 16;
        int first = units * part / work->_reduceParts * 16;
        int count = Math.Min(units * (part + 1) / work->_reduceParts * 16, outputs) - first;
        if (work->_dWeight != null)
        {
            if (work->_isDepthwise)
                work->ReduceDepthwise();
            else if (shape.Algorithm == ConvAlgorithm.Winograd)
                work->ReduceWinograd(first, count);
            else
                work->ReduceDirect(first, count);
        }

        if (work->_dBias == null || part > 0)
            return;

        float* bias = work->_gathered + work->_weightFloats;
        ConvGradient.AddGroups(bias, 0, 1, shape.OutputChannels, work->_groupFloats, work->_groups);
        NativeMemory.Copy(bias, work->_dBias, (nuint)shape.OutputChannels * sizeof(float));
    }

    private readonly void ReduceDepthwise()
    {
        int taps = _shape.KernelHeight * _shape.KernelWidth;
        int channels = _shape.OutputChannels;
        ConvGradient.AddGroups(_gathered, channels, taps, channels, _groupFloats, _groups);
        Transpose.Run(_gathered, channels, _dWeight, taps, taps, channels);
    }

    private readonly void ReduceWinograd(int first, int count)
    {
        const int Taps = 9;
        int inputs = _shape.InputChannels;
        using Workspace.Scope scope = Workspace.Open();
        float* gradient = scope.Take((nint)Taps * inputs * count);
        WinogradWeights.Gradient(_gathered, _groupFloats, _groups, inputs, _shape.OutputChannels, first, count, gradient, count);
        ConvWeights.Unpack(gradient, count, Taps, inputs, count, _dWeight + (nint)first * Taps * inputs);
    }

    private readonly void ReduceDirect(int first, int count)
    {
        int taps = _shape.KernelHeight * _shape.KernelWidth;
        int inputs = _shape.InputChannels / _shape.Groups;
        int outputs = _shape.OutputChannels / _shape.Groups;
        for (int group = 0; group < _shape.Groups; group++)
        {
            float* gathered = _gathered + (nint)group * taps * inputs * outputs + first;
            ConvGradient.AddGroups(gathered, outputs, taps * inputs, count, _groupFloats, _groups);
            ConvWeights.Unpack(gathered, outputs, taps, inputs, count, _dWeight + ((nint)group * outputs + first) * taps * inputs);
        }
    }
}
