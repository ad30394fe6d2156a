using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <summary>One step of some samples: where its rows are.</summary>
internal unsafe struct RecurrentStep
{
    public RecurrentLayout Layout;

    /// <summary>The step's place in the order.</summary>
    public int Step;

    /// <summary>Samples.</summary>
    public int Rows;

    /// <summary>Each sample's length, or null.</summary>
    public int* Lengths;

    /// <summary>The first row of the first slot's first panel; the floats from one panel to the next.</summary>
    public float* Gates;
    public nint Panel;

    /// <summary>x and the state before; after. <see cref="RecurrentLayout.Row"/> apart.</summary>
    public float* Before;
    public float* After;

    /// <summary>The cell before and after the step.</summary>
    public float* Cell;
    public float* CellAfter;

    /// <summary>This direction's result of the first sample's first step, or its gradient.</summary>
    public float* Y;

    /// <summary>The gradients of state and cell, rows of Padded floats.</summary>
    public float* StateGradient;
    public float* CellGradient;

    /// <summary>Floats from one slot to the next.</summary>
    public readonly nint Slot => Layout.Blocks * Panel;

    /// <summary>The sample's length.</summary>
    public readonly int LengthOf(int row) => Lengths == null ? Layout.Shape.Steps : Lengths[row];

    /// <summary>Where the step's result of a sample goes.</summary>
    public readonly float* ResultOf(int row) =>
        Y + ((((nint)row * Layout.Shape.Steps) + Layout.PositionOf(Step, LengthOf(row))) * (nint)Layout.Shape.OutputFloats);

    /// <summary>Makes gates and states of the products, for blocks of units.</summary>
    public static void Forward(RecurrentStep* step, int firstBlock, int endBlock) => VectorWidth.Run(new ForwardKernel(step, firstBlock, endBlock));

    /// <summary>Makes gradients of the gates of all blocks.</summary>
    public static void Backward(RecurrentStep* step) => VectorWidth.Run(new BackwardKernel(step));

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Forward<V, TCell>(RecurrentStep* step, int firstBlock, int endBlock)
        where V : unmanaged, ISimd<V>
        where TCell : struct, IRecurrentCell
    {
        int hidden = step->Layout.Hidden;
        int width = step->Layout.Width;
        int padded = step->Layout.Padded;
        bool hasCell = step->Layout.HasCell;
        nint slot = step->Slot;
        for (int row = 0; row < step->Rows; row++)
        {
            nint start = (nint)row * step->Layout.Row + step->Layout.Inputs;
            float* before = step->Before + start;
            float* after = step->After + start;
            float* cell = step->Cell + (nint)row * padded;
            float* cellAfter = step->CellAfter + (nint)row * padded;
            float* y = step->ResultOf(row);
            bool isOwn = step->Step < step->LengthOf(row);
            for (int block = firstBlock; block < endBlock; block++)
            {
                float* z = step->Gates + block * step->Panel + (nint)row * width;
                int end = int.Min((block + 1) * width, hidden);
                for (int unit = block * width; unit < end; unit += V.Count, z += V.Count)
                {
                    int lanes = int.Min(V.Count, end - unit);
                    V h = Lanes.Load<V>(before + unit, lanes);
                    if (isOwn)
                    {
                        h = TCell.Forward(z, slot, h, cell + unit, cellAfter + unit);
                        h.StoreLanes(y + unit, lanes);
                    }
                    else
                    {
                        if (hasCell)
                            V.Load(cell + unit).Store(cellAfter + unit);
                        V.Zero.StoreLanes(y + unit, lanes);
                    }

                    h.StoreLanes(after + unit, lanes);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Backward<V, TCell>(RecurrentStep* step)
        where V : unmanaged, ISimd<V>
        where TCell : struct, IRecurrentCell
    {
        int hidden = step->Layout.Hidden;
        int width = step->Layout.Width;
        int padded = step->Layout.Padded;
        int slots = step->Layout.Slots;
        nint slot = step->Slot;
        for (int row = 0; row < step->Rows; row++)
        {
            float* before = step->Before + (nint)row * step->Layout.Row + step->Layout.Inputs;
            nint start = (nint)row * padded;
            float* dy = step->ResultOf(row);
            bool isOwn = step->Step < step->LengthOf(row);
            for (int block = 0; block < step->Layout.Blocks; block++)
            {
                float* z = step->Gates + block * step->Panel + (nint)row * width;
                for (int unit = block * width; unit < (block + 1) * width; unit += V.Count, z += V.Count)
                {
                    int lanes = int.Min(V.Count, hidden - unit);
                    if (isOwn && lanes > 0)
                    {
                        nint at = start + unit;
                        V dh = V.Load(step->StateGradient + at) + Lanes.Load<V>(dy + unit, lanes);
                        V h = Lanes.Load<V>(before + unit, lanes);
                        TCell.Backward(z, slot, h, step->Cell + at, step->CellAfter + at, dh, step->CellGradient + at).Store(step->StateGradient + at);
                        continue;
                    }

                    // A padded step has no part in anything, nor has a padded unit.
                    for (int i = 0; i < slots; i++)
                        V.Zero.Store(z + i * slot);
                }
            }
        }
    }

    private readonly struct ForwardKernel(RecurrentStep* step, int firstBlock, int endBlock) : IWidthKernel
    {
        private readonly RecurrentStep* step = step;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>()
            where V : unmanaged, ISimd<V>
        {
            if (step->Layout.Shape.Cell == RecurrentCell.LSTM)
                Forward<V, RecurrentCells.Lstm>(step, firstBlock, endBlock);
            else if (step->Layout.Shape.Cell == RecurrentCell.GRU)
                Forward<V, RecurrentCells.Gru>(step, firstBlock, endBlock);
            else
                Forward<V, RecurrentCells.Tanh>(step, firstBlock, endBlock);
        }
    }

    private readonly struct BackwardKernel(RecurrentStep* step) : IWidthKernel
    {
        private readonly RecurrentStep* step = step;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>()
            where V : unmanaged, ISimd<V>
        {
            if (step->Layout.Shape.Cell == RecurrentCell.LSTM)
                Backward<V, RecurrentCells.Lstm>(step);
            else if (step->Layout.Shape.Cell == RecurrentCell.GRU)
                Backward<V, RecurrentCells.Gru>(step);
            else
                Backward<V, RecurrentCells.Tanh>(step);
        }
    }
}
