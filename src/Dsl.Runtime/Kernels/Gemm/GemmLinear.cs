using System;

namespace Dsl.Runtime.Kernels;

/// <summary>
/// Fully connected layers. Forward weights are panels of outputs (Inputs × Round32(Outputs) floats), backward weights panels of inputs
/// (Outputs × Round32(Inputs)). Behind a flattened channels-last image the permutation of the weight's columns happens while packing, and
/// while the weight's gradient goes home.
/// </summary>
internal static unsafe class GemmLinear
{
    // Packing a smaller weight on one thread is over before another one has noticed.
    private const int ForkFloats = 64 * 1024;

    // Products count rows as int: more than these are taken in pieces.
    private const int MostRows = 1 << 30;

    /// <summary>Packs outputs × inputs, each output scaled where <paramref name="scale"/> is given.</summary>
    public static void Prepare(in LinearShape shape, float* weight, float* scale, float* prepared)
    {
        var work = new Packing { Shape = shape, Weight = weight, Scale = scale, Prepared = prepared };
        WorkerPool.Run(work.Count(shape.Outputs), &PreparePart, &work);
    }

    /// <summary>Packs the same weight for the gradient of the input.</summary>
    public static void PrepareBackward(in LinearShape shape, float* weight, float* prepared)
    {
        var work = new Packing { Shape = shape, Weight = weight, Prepared = prepared };
        WorkerPool.Run(work.Count(shape.Outputs), &PrepareBackwardPart, &work);
    }

    /// <summary>The packed values in the order in which <see cref="Prepare"/> was given them; scaled ones stay scaled.</summary>
    public static void Unpack(in LinearShape shape, float* prepared, float* weight)
    {
        int width = GemmPacking.PanelWidth;
        int channels = shape.InputChannels;
        using Workspace.Scope scope = Workspace.Open();
        float* rows = channels > 1 ? scope.Take((nint)width * shape.Inputs) : null;
        for (int first = 0; first < shape.Outputs; first += width, prepared += (nint)shape.Inputs * width)
        {
            int count = Math.Min(width, shape.Outputs - first);
            float* home = weight + (nint)first * shape.Inputs;
            Transpose.Run(prepared, width, rows != null ? rows : home, shape.Inputs, shape.Inputs, count);
            for (int i = 0; rows != null && i < count; i++)
                Transpose.Run(rows + (nint)i * shape.Inputs, channels, home + (nint)i * shape.Inputs, shape.Inputs / channels, shape.Inputs / channels, channels);
        }
    }

    /// <summary>y = epilogue(x·Wᵀ + bias)</summary>
    public static void Forward(in LinearShape shape, float* prepared, float* bias, float* x, float* y, long rows, int rowsAtOnce = MostRows)
    {
        var product = new GemmProduct
        {
            Columns = shape.Outputs,
            Depth = shape.Inputs,
            A = x,
            ARow = shape.Inputs,
            AStep = 1,
            B = prepared,
            BOrder = GemmOperand.Panels,
            C = y,
            CRow = shape.Outputs,
            Bias = bias,
            Epilogue = GemmEpilogue.InTile(shape.Epilogue),
        };
        RunRows(&product, rows, rowsAtOnce);
        GemmEpilogue.Finish(shape.Epilogue, y, rows * shape.Outputs);
    }

    /// <summary>Gradients; dx, dWeight and dBias may each be null. dy is overwritten where there is an epilogue.</summary>
    public static void Backward(
        in LinearShape shape, float* prepared, float* x, float* y, float* dy, float* dx, float* dWeight, float* dBias, long rows, int rowsAtOnce = MostRows)
    {
        GemmEpilogue.Backward(shape.Epilogue, y, dy, rows * shape.Outputs);
        long done = 0;
        do
        {
            int count = (int)Math.Min(rowsAtOnce, rows - done);
            if (dBias != null)
                GemmColumnSums.Run(dy + (done * shape.Outputs), shape.Outputs, count, shape.Outputs, dBias, adds: done > 0);
            done += count;
        }
        while (done < rows);

        if (dWeight != null)
            WeightGradient(shape, x, dy, dWeight, rows, rowsAtOnce);
        if (dx == null)
            return;

        var product = new GemmProduct
        {
            Columns = shape.Inputs,
            Depth = shape.Outputs,
            A = dy,
            ARow = shape.Outputs,
            AStep = 1,
            B = prepared,
            BOrder = GemmOperand.Panels,
            C = dx,
            CRow = shape.Inputs,
        };
        RunRows(&product, rows, rowsAtOnce);
    }

    private static void RunRows(GemmProduct* product, long rows, int rowsAtOnce)
    {
        for (; rows > rowsAtOnce; rows -= rowsAtOnce)
        {
            product->Rows = rowsAtOnce;
            Gemm.Run(product);
            product->A += product->ARow * rowsAtOnce;
            product->C += product->CRow * rowsAtOnce;
        }

        product->Rows = (int)rows;
        Gemm.Run(product);
    }

    private static void WeightGradient(in LinearShape shape, float* x, float* dy, float* dWeight, long rows, int rowsAtOnce)
    {
        using Workspace.Scope scope = Workspace.Open();
        float* gradient = shape.InputChannels > 1 ? scope.Take((long)shape.Outputs * shape.Inputs) : dWeight;
        var product = new GemmProduct
        {
            Rows = shape.Outputs,
            Columns = shape.Inputs,
            A = dy,
            ARow = 1,
            AStep = shape.Outputs,
            B = x,
            BRow = shape.Inputs,
            BOrder = GemmOperand.RowMajor,
            C = gradient,
            CRow = shape.Inputs,
        };
        long done = 0;
        do
        {
            product.Depth = (int)Math.Min(rowsAtOnce, rows - done);
            product.Adds = done > 0;
            product.A = dy + (done * shape.Outputs);
            product.B = x + (done * shape.Inputs);
            Gemm.Run(&product);
            done += product.Depth;
        }
        while (done < rows);

        if (gradient == dWeight)
            return;

        var work = new Packing { Shape = shape, Weight = gradient, Prepared = dWeight };
        WorkerPool.Run(work.Count(shape.Outputs), &UnpackPart, &work);
    }

    private static void PreparePart(void* context, int part)
    {
        var work = (Packing*)context;
        LinearShape shape = work->Shape;
        int width = GemmPacking.PanelWidth;
        nint panel = (nint)shape.Inputs * width;
        (int first, int end) = work->Range(part, shape.Outputs);
        if (first >= end)
            return;

        float* weight = work->Weight + (nint)first * shape.Inputs;
        float* prepared = work->Prepared + first / width * panel;
        if (shape.InputChannels <= 1)
            GemmPacking.PackTransposed(weight, shape.Inputs, shape.Inputs, end - first, prepared, panel);
        else
            PackPermuted(shape, weight, end - first, prepared, panel);
        if (work->Scale != null)
            GemmPacking.ScaleColumns(prepared, shape.Inputs, end - first, work->Scale + first);
    }

    /// <summary>
    /// Packs columns of a flattened image in two steps, some outputs at a time: to channels last, then across. In one step neighbouring values would go
    /// a power of two apart.
    /// </summary>
    private static void PackPermuted(in LinearShape shape, float* weight, int outputs, float* prepared, nint panel)
    {
        const int Together = 8;
        int width = GemmPacking.PanelWidth;
        int channels = shape.InputChannels;
        int pixels = shape.Inputs / channels;
        using Workspace.Scope scope = Workspace.Open();
        float* rows = scope.Take((nint)Together * shape.Inputs);
        for (int output = 0; output < outputs; output += Together)
        {
            int count = Math.Min(Together, outputs - output);
            for (int i = 0; i < count; i++)
                Transpose.Run(weight + (nint)(output + i) * shape.Inputs, pixels, rows + (nint)i * shape.Inputs, channels, channels, pixels);
            Transpose.Run(rows, shape.Inputs, prepared + output / width * panel + output % width, width, count, shape.Inputs);
        }

        // Lanes behind the last output are never stored, but what they hold is multiplied: not a denormal, please.
        for (int lane = outputs % width; lane > 0 && lane < width; lane++)
        {
            float* last = prepared + outputs / width * panel + lane;
            for (int k = 0; k < shape.Inputs; k++)
                last[(nint)k * width] = 0;
        }
    }

    private static void PrepareBackwardPart(void* context, int part)
    {
        var work = (Packing*)context;
        LinearShape shape = work->Shape;
        int width = GemmPacking.PanelWidth;
        nint panel = (nint)shape.Outputs * width;
        (int first, int end) = work->Range(part, shape.Outputs);
        using Workspace.Scope scope = Workspace.Open();
        float* permuted = shape.InputChannels > 1 ? scope.Take(shape.Inputs) : null;
        for (int output = first; output < end; output++)
        {
            float* row = work->Weight + (nint)output * shape.Inputs;
            if (permuted != null)
            {
                int pixels = shape.Inputs / shape.InputChannels;
                Transpose.Run(row, pixels, permuted, shape.InputChannels, shape.InputChannels, pixels);
                row = permuted;
            }

            GemmPacking.PackRows(row, 0, 1, shape.Inputs, work->Prepared + output * width, panel);
        }
    }

    private static void UnpackPart(void* context, int part)
    {
        var work = (Packing*)context;
        LinearShape shape = work->Shape;
        int pixels = shape.Inputs / shape.InputChannels;
        (int first, int end) = work->Range(part, shape.Outputs);
        for (int output = first; output < end; output++)
        {
            nint row = (nint)output * shape.Inputs;
            Transpose.Run(work->Weight + row, shape.InputChannels, work->Prepared + row, pixels, pixels, shape.InputChannels);
        }
    }

    private struct Packing
    {
        public LinearShape Shape;
        public float* Weight;
        public float* Scale;
        public float* Prepared;
        private int parts;

        public int Count(int outputs) => parts = (long)outputs * Shape.Inputs < ForkFloats ? 1 : Math.Min(Compute.Threads, (outputs + 31) / 32);

        /// <summary>Whole panels of outputs.</summary>
        public readonly (int First, int End) Range(int part, int outputs)
        {
            int units = (outputs + 31) / 32;
            return (units * part / parts * 32, Math.Min(units * (part + 1) / parts * 32, outputs));
        }
    }
}
