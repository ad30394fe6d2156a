using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <summary>The matrix products of recurrent layers, on the register tile: panels of a block's gates, so that what makes gates of them finds them in L1.</summary>
internal static unsafe class RecurrentProducts
{
    // Accumulators of a row's product: as many pairs as hide the latency of a multiply-add, and whole blocks of gates.
    private const int MostTogether = 6;

    /// <summary>One block's slots = biases + weights · (x beside the state before), for all rows of the step.</summary>
    public static void Step(RecurrentStep* step, float* prepared, int block) => VectorWidth.RunTiles(new ForwardKernel(step, prepared, block, block + 1, step->Rows, onlyInput: false));

    /// <summary>All slots = biases + weights · x, for that many rows from the step's first on.</summary>
    public static void Inputs(RecurrentStep* step, float* prepared, int rows) => VectorWidth.RunTiles(new ForwardKernel(step, prepared, 0, step->Layout.Blocks, rows, onlyInput: true));

    /// <summary>All slots += weights · the state before, a row at a time: few rows are bound by reading the weights, and want them in long runs.</summary>
    public static void State(RecurrentStep* step, float* prepared) => VectorWidth.RunTiles(new StateKernel(step, prepared));

    /// <summary>c (rows · stride) (+)= gradients of the slots from <paramref name="firstSlot"/> on · weights, panel by panel.</summary>
    /// <param name="step">Where the gradients are.</param>
    /// <param name="firstSlot">As many slots as there are gates, from this one on.</param>
    /// <param name="prepared">Their weights' first panel.</param>
    /// <param name="panels">Panels of columns.</param>
    /// <param name="segments">Room for a segment of each slot and block.</param>
    /// <param name="c">The result.</param>
    /// <param name="stride">Floats from one row of it to the next: whole panels.</param>
    /// <param name="adds">Added to what is there, or set.</param>
    public static void Backward(RecurrentStep* step, int firstSlot, float* prepared, int panels, TileSegment* segments, float* c, nint stride, bool adds) =>
        VectorWidth.RunTiles(new BackwardKernel(step, firstSlot, prepared, panels, segments, c, stride, adds));

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Forward<T, W>(RecurrentStep* step, float* prepared, int firstBlock, int endBlock, int rows, bool onlyInput)
        where T : unmanaged
        where W : struct, ITileVector<T>
    {
        RecurrentLayout layout = step->Layout;
        int inputs = layout.Inputs;
        TileSegment start = default;
        TileCall call = default;
        call.Segments = &start;
        call.SegmentCount = 1;
        call.CRow = layout.Width;
        call.SetRowStride(layout.Row * sizeof(float));
        call.AStep = sizeof(float);
        call.BStep = layout.Gates * layout.Width * sizeof(float);
        call.SetColumns<T, W>(layout.Width);
        for (int block = firstBlock; block < endBlock; block++)
        {
            float* weights = prepared + block * layout.BlockFloats;
            for (int slot = 0; slot < layout.Slots; slot++)
            {
                float* c = step->Gates + (slot * layout.Blocks + block) * step->Panel;
                float* bias = prepared + layout.BiasStart + slot * layout.Padded + block * layout.Width;
                int first = layout.SeesInput(slot) ? 0 : inputs;
                int end = layout.SeesState(slot) && !onlyInput ? layout.Depth : inputs;
                if (first == end)
                {
                    FillRows(c, bias, rows, layout.Width);
                    continue;
                }

                call.Steps = end - first;
                call.TileBias = bias;
                call.B = (byte*)(weights + (first * layout.Gates + layout.GateOf(slot)) * (nint)layout.Width);
                GemmBlocks<T, W>.RunTiles(&call, null, 0, step->Before + first, rows, c);
            }
        }
    }

    private static void FillRows(float* rows, float* values, int count, int width)
    {
        for (int row = 0; row < count; row++, rows += width)
            Unsafe.CopyBlockUnaligned(rows, values, (uint)width * sizeof(float));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Backward<T, W>(RecurrentStep* step, int firstSlot, float* prepared, int panels, TileSegment* segments, float* c, nint stride, bool adds)
        where T : unmanaged
        where W : struct, ITileVector<T>
    {
        RecurrentLayout layout = step->Layout;
        int count = layout.Gates * layout.Blocks;
        for (int i = 0; i < count; i++)
        {
            segments[i].A = (firstSlot * layout.Blocks + i) * step->Panel * sizeof(float);
            segments[i].B = (nint)i * layout.Width * layout.Width * sizeof(float);
        }

        TileCall call = default;
        call.Segments = segments;
        call.SegmentCount = count;
        call.Steps = layout.Width;
        call.CRow = stride;
        call.SetRowStride(layout.Width * sizeof(float));
        call.AStep = sizeof(float);
        call.BStep = layout.Width * sizeof(float);
        call.Adds = adds;
        call.SetColumns<T, W>(layout.Width);
        for (int panel = 0; panel < panels; panel++)
        {
            call.B = (byte*)(prepared + panel * (nint)layout.Gates * layout.Padded * layout.Width);
            GemmBlocks<T, W>.RunTiles(&call, null, 0, step->Gates, step->Rows, c + panel * layout.Width);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void State<T, W>(RecurrentStep* step, float* prepared)
        where T : unmanaged
        where W : struct, ITileVector<T>
    {
        RecurrentLayout layout = step->Layout;
        int gates = layout.Gates;
        int panels = gates * layout.Blocks;
        int together = gates == 3 ? MostTogether : 4;
        float** weights = stackalloc float*[MostTogether];
        float** sums = stackalloc float*[MostTogether];
        int groups = (panels + together - 1) / together;
        bool fro = (step->Step & 1) != 0;
        for (int row = 0; row < step->Rows; row++, fro = !fro)
        {
            float* state = step->Before + (nint)row * layout.Row + layout.Inputs;
            for (int group = 0; group < groups; group++)
            {
                // To and fro: what the row before has read last is still in L1.
                int first = (fro ? groups - 1 - group : group) * together;
                int count = int.Min(together, panels - first);
                for (int i = 0; i < count; i++)
                {
                    (int block, int gate) = int.DivRem(first + i, gates);
                    weights[i] = prepared + block * layout.BlockFloats + (layout.Inputs * gates + gate) * (nint)layout.Width;
                    sums[i] = step->Gates + ((gate + layout.FirstHiddenSlot) * layout.Blocks + block) * step->Panel + (nint)row * layout.Width;
                }

                Sum<T, W>(count)(state, layout.Hidden, weights, gates * layout.Width, sums);
            }
        }
    }

    private static delegate*<float*, int, float**, nint, float**, void> Sum<T, W>(int panels)
        where T : unmanaged
        where W : struct, ITileVector<T>
        => panels switch
        {
            1 => &Sum<T, W, Rows1>,
            2 => &Sum<T, W, Rows2>,
            3 => &Sum<T, W, Rows3>,
            4 => &Sum<T, W, Rows4>,
            5 => &Sum<T, W, Rows5>,
            _ => &Sum<T, W, Rows6>,
        };

    /// <summary>Adds a row's products to some panels' sums, which stay in registers: each step reads a state once and every panel's weights.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Sum<T, W, TPanels>(float* state, int depth, float** weights, nint step, float** sums)
        where T : unmanaged
        where W : struct, ITileVector<T>
        where TPanels : struct, ITileRows
    {
        float* w0 = weights[0];
        float* w1 = TPanels.Count > 1 ? weights[1] : w0;
        float* w2 = TPanels.Count > 2 ? weights[2] : w0;
        float* w3 = TPanels.Count > 3 ? weights[3] : w0;
        float* w4 = TPanels.Count > 4 ? weights[4] : w0;
        float* w5 = TPanels.Count > 5 ? weights[5] : w0;
        T s0a = W.Load(sums[0]);
        T s0b = W.Load(sums[0] + W.Count);
        T s1a = TPanels.Count > 1 ? W.Load(sums[1]) : s0a;
        T s1b = TPanels.Count > 1 ? W.Load(sums[1] + W.Count) : s0a;
        T s2a = TPanels.Count > 2 ? W.Load(sums[2]) : s0a;
        T s2b = TPanels.Count > 2 ? W.Load(sums[2] + W.Count) : s0a;
        T s3a = TPanels.Count > 3 ? W.Load(sums[3]) : s0a;
        T s3b = TPanels.Count > 3 ? W.Load(sums[3] + W.Count) : s0a;
        T s4a = TPanels.Count > 4 ? W.Load(sums[4]) : s0a;
        T s4b = TPanels.Count > 4 ? W.Load(sums[4] + W.Count) : s0a;
        T s5a = TPanels.Count > 5 ? W.Load(sums[5]) : s0a;
        T s5b = TPanels.Count > 5 ? W.Load(sums[5] + W.Count) : s0a;
        float* end = state + depth;
        for (nint at = 0; state < end; state++, at += step)
        {
            T h = W.Broadcast(state);
            s0a = W.MultiplyAdd(h, W.Load(w0 + at), s0a);
            s0b = W.MultiplyAdd(h, W.Load(w0 + at + W.Count), s0b);
            if (TPanels.Count > 1)
            {
                s1a = W.MultiplyAdd(h, W.Load(w1 + at), s1a);
                s1b = W.MultiplyAdd(h, W.Load(w1 + at + W.Count), s1b);
            }

            if (TPanels.Count > 2)
            {
                s2a = W.MultiplyAdd(h, W.Load(w2 + at), s2a);
                s2b = W.MultiplyAdd(h, W.Load(w2 + at + W.Count), s2b);
            }

            if (TPanels.Count > 3)
            {
                s3a = W.MultiplyAdd(h, W.Load(w3 + at), s3a);
                s3b = W.MultiplyAdd(h, W.Load(w3 + at + W.Count), s3b);
            }

            if (TPanels.Count > 4)
            {
                s4a = W.MultiplyAdd(h, W.Load(w4 + at), s4a);
                s4b = W.MultiplyAdd(h, W.Load(w4 + at + W.Count), s4b);
            }

            if (TPanels.Count > 5)
            {
                s5a = W.MultiplyAdd(h, W.Load(w5 + at), s5a);
                s5b = W.MultiplyAdd(h, W.Load(w5 + at + W.Count), s5b);
            }
        }

        Store<T, W>(s0a, s0b, sums[0]);
        if (TPanels.Count > 1)
            Store<T, W>(s1a, s1b, sums[1]);
        if (TPanels.Count > 2)
            Store<T, W>(s2a, s2b, sums[2]);
        if (TPanels.Count > 3)
            Store<T, W>(s3a, s3b, sums[3]);
        if (TPanels.Count > 4)
            Store<T, W>(s4a, s4b, sums[4]);
        if (TPanels.Count > 5)
            Store<T, W>(s5a, s5b, sums[5]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<T, W>(T a, T b, float* to)
        where T : unmanaged
        where W : struct, ITileVector<T>
    {
        W.Store(a, to);
        W.Store(b, to + W.Count);
    }

    private readonly struct ForwardKernel(RecurrentStep* step, float* prepared, int firstBlock, int endBlock, int rows, bool onlyInput) : ITileKernel
    {
        private readonly RecurrentStep* step = step;
        private readonly float* prepared = prepared;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<T, W>()
            where T : unmanaged
            where W : struct, ITileVector<T>
            => Forward<T, W>(step, prepared, firstBlock, endBlock, rows, onlyInput);
    }

    private readonly struct BackwardKernel(RecurrentStep* step, int firstSlot, float* prepared, int panels, TileSegment* segments, float* c, nint stride, bool adds) : ITileKernel
    {
        private readonly RecurrentStep* step = step;
        private readonly float* prepared = prepared;
        private readonly TileSegment* segments = segments;
        private readonly float* c = c;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<T, W>()
            where T : unmanaged
            where W : struct, ITileVector<T>
            => Backward<T, W>(step, firstSlot, prepared, panels, segments, c, stride, adds);
    }

    private readonly struct StateKernel(RecurrentStep* step, float* prepared) : ITileKernel
    {
        private readonly RecurrentStep* step = step;
        private readonly float* prepared = prepared;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<T, W>()
            where T : unmanaged
            where W : struct, ITileVector<T>
            => State<T, W>(step, prepared);
    }
}
