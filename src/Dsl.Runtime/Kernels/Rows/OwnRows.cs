using System;

namespace Dsl.Runtime.Kernels;

/// <summary>Rows through a layer that a user wrote. They are shared out in parts that depend on the sizes only, and the parts' sums for the parameters are added in their order.</summary>
internal static unsafe class OwnRows
{
    // What an element costs, in elements of a plain pass: nobody knows, but functions of one's own are seldom cheap.
    private const int Cost = 4;

    // A span is shorter than 2³¹ elements.
    private const int MostElements = 1 << 20;

    public static void Forward(RowLayer layer, float* parameters, float* x, float* y, long rows) =>
        Parts.Run(checked((int)rows), ElementsOf(layer), new ForwardWork(layer, parameters, x, y));

    public static void Backward(RowLayer layer, float* parameters, float* x, float* y, float* dy, float* dx, float* dParameters, long rows)
    {
        int count = checked((int)rows);
        int parts = Parts.Count(count, ElementsOf(layer));
        long pitch = (layer.ParameterCount + (dx == null ? layer.Inputs : 0) + 15L) / 16 * 16;
        using Workspace.Scope scope = Workspace.Open();
        float* sums = pitch == 0 ? null : scope.Take(pitch * parts);
        Parts.Run(parts, (count + parts - 1L) / parts * ElementsOf(layer), new BackwardWork(layer, parameters, x, y, dy, dx, sums, pitch, count, parts));
        GemmColumnSums.OfParts(sums, (nint)pitch, parts, layer.ParameterCount, dParameters);
    }

    private static long ElementsOf(RowLayer layer) => Cost * ((long)layer.Inputs + layer.Outputs);

    private static int RowsAtOnce(RowLayer layer) => Math.Max(1, MostElements / Math.Max(layer.Inputs, layer.Outputs));

    private readonly struct ForwardWork(RowLayer layer, float* parameters, float* x, float* y) : IRowWork
    {
        private readonly RowLayer layer = layer;
        private readonly float* parameters = parameters;
        private readonly float* x = x;
        private readonly float* y = y;

        public void Run(int first, int end)
        {
            int most = RowsAtOnce(layer);
            for (int row = first; row < end; row += most)
            {
                int rows = Math.Min(most, end - row);
                layer.Forward(
                    new ReadOnlySpan<float>(x + ((long)row * layer.Inputs), rows * layer.Inputs),
                    new ReadOnlySpan<float>(parameters, layer.ParameterCount),
                    new Span<float>(y + ((long)row * layer.Outputs), rows * layer.Outputs));
            }
        }
    }

    private readonly struct BackwardWork(RowLayer layer, float* parameters, float* x, float* y, float* dy, float* dx, float* sums, long pitch, int count, int parts) : IRowWork
    {
        private readonly RowLayer layer = layer;
        private readonly float* parameters = parameters;
        private readonly float* x = x;
        private readonly float* y = y;
        private readonly float* dy = dy;
        private readonly float* dx = dx;
        private readonly float* sums = sums;
        private readonly long pitch = pitch;
        private readonly int count = count;
        private readonly int parts = parts;

        public void Run(int first, int end)
        {
            for (int part = first; part < end; part++)
                RunPart(part);
        }

        private void RunPart(int part)
        {
            float* own = sums + (part * pitch);
            Span<float> sum = new(own, layer.ParameterCount);
            sum.Clear();
            int most = RowsAtOnce(layer);
            int end = Parts.First(part + 1, parts, count);
            for (int row = Parts.First(part, parts, count); row < end; row += most)
            {
                int rows = Math.Min(most, end - row);
                long from = (long)row * layer.Inputs;
                long to = (long)row * layer.Outputs;
                layer.Backward(
                    new ReadOnlySpan<float>(x + from, rows * layer.Inputs),
                    new ReadOnlySpan<float>(y + to, rows * layer.Outputs),
                    new ReadOnlySpan<float>(dy + to, rows * layer.Outputs),
                    new ReadOnlySpan<float>(parameters, layer.ParameterCount),
                    dx == null ? new Span<float>(own + layer.ParameterCount, layer.Inputs) : new Span<float>(dx + from, rows * layer.Inputs),
                    sum);
            }
        }
    }
}
