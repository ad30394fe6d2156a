using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Dsl.Runtime.Kernels;

/// <summary>
/// Gradients through all steps of a recurrent layer, last step first: those of the gates take the gates' place, and go to the state before and to x. Weights have theirs from one product over
/// the rows of all steps at the end, for which the gradients of the gates already lie in panels.
/// </summary>
internal static unsafe class RecurrentBackward
{
    public static void Run(
        in RecurrentShape shape, float* prepared, int* lengths, float* saved, float* dy, float* dx, float* dWeightInput, float* dWeightHidden, float* dBiasInput, float* dBiasHidden, int batch)
    {
        RecurrentLayout layout = new(shape);
        Call call = new()
        {
            Layout = layout,
            Prepared = prepared,
            Lengths = lengths,
            Saved = saved,
            Dy = dy + shape.OutputStart,
            Dx = dx,
            Batch = batch,
            Parts = layout.PartsOf(batch),
        };
        WorkerPool.Run(call.Parts, &RunPart, &call);
        RecurrentRows rows = RecurrentRows.Of(layout, saved, shape.Steps, batch);
        if (dWeightInput != null)
            WeightGradient(layout, rows, batch, 0, 0, layout.Inputs, dWeightInput);
        if (dWeightHidden != null)
            WeightGradient(layout, rows, batch, layout.FirstHiddenSlot, layout.Inputs, layout.Hidden, dWeightHidden);
        if (dBiasInput != null || dBiasHidden != null)
            BiasGradients(layout, rows, batch, dBiasInput, dBiasHidden);
    }

    private static void RunPart(void* context, int part)
    {
        Call* call = (Call*)context;
        int first = Parts.First(part, call->Parts, call->Batch);
        Run(call, first, Parts.First(part + 1, call->Parts, call->Batch) - first);
    }

    private static void Run(Call* call, int first, int rows)
    {
        RecurrentLayout layout = call->Layout;
        int steps = layout.Shape.Steps;
        int padded = layout.Padded;
        RecurrentRows places = RecurrentRows.Of(layout, call->Saved, steps, call->Batch).From(first);
        using Workspace.Scope scope = Workspace.Open();
        TileSegment* segments = (TileSegment*)scope.Take((long)layout.Gates * layout.Blocks * (sizeof(TileSegment) / sizeof(float)));
        RecurrentStep step = new()
        {
            Layout = layout,
            Rows = rows,
            Lengths = call->Lengths == null ? null : call->Lengths + first,
            Panel = places.Panel,
            Y = call->Dy + (nint)first * steps * (nint)layout.Shape.OutputFloats,
            StateGradient = scope.Take((long)rows * padded),
            CellGradient = scope.Take((long)rows * padded),
        };
        NativeMemory.Clear(step.StateGradient, (nuint)rows * (nuint)padded * sizeof(float));
        NativeMemory.Clear(step.CellGradient, (nuint)rows * (nuint)padded * sizeof(float));
        nint inputRow = (nint)layout.InputBlocks * layout.Width;
        float* inputs = call->Dx == null ? null : scope.Take(rows * inputRow);
        float* dx = call->Dx + (nint)first * steps * layout.Inputs;
        float* inputWeights = call->Prepared + (nint)layout.Gates * padded * padded;
        bool carries = layout.Shape.Cell == RecurrentCell.GRU;
        for (int number = steps - 1; number >= 0; number--)
        {
            step.Step = number;
            places.Place(&step, number);
            RecurrentStep.Backward(&step);
            if (number > 0)
                RecurrentProducts.Backward(&step, layout.FirstHiddenSlot, call->Prepared, layout.Blocks, segments, step.StateGradient, padded, carries);
            if (inputs == null)
                continue;
            RecurrentProducts.Backward(&step, 0, inputWeights, layout.InputBlocks, segments, inputs, inputRow, adds: false);
            CopyInputGradients(&step, inputs, inputRow, dx);
        }
    }

    private static void CopyInputGradients(RecurrentStep* step, float* from, nint row, float* dx)
    {
        int inputs = step->Layout.Inputs;
        for (int i = 0; i < step->Rows; i++, from += row)
        {
            int length = step->LengthOf(i);
            float* to = dx + ((nint)i * step->Layout.Shape.Steps + step->Layout.PositionOf(step->Step, length)) * inputs;
            if (step->Step < length)
                Unsafe.CopyBlockUnaligned(to, from, (uint)inputs * sizeof(float));
            else
                NativeMemory.Clear(to, (nuint)inputs * sizeof(float));
        }
    }

    /// <summary>The gradient of a weight of so many columns: (its columns of x and state)ᵀ · gradients of its slots over all rows, which is its transpose.</summary>
    private static void WeightGradient(in RecurrentLayout layout, in RecurrentRows rows, int batch, int firstSlot, int firstColumn, int columns, float* gradient)
    {
        using Workspace.Scope scope = Workspace.Open();
        nint width = (nint)layout.Gates * layout.Padded;
        float* transposed = scope.Take(columns * width);
        GemmProduct product = new()
        {
            Rows = columns,
            Columns = (int)width,
            Depth = checked(layout.Shape.Steps * batch),
            A = rows.StateAt(0) + firstColumn,
            ARow = 1,
            AStep = layout.Row,
            B = rows.GatesAt(0) + (firstSlot * layout.Blocks * rows.Panel),
            BOrder = GemmOperand.Panels,
            C = transposed,
            CRow = width,
        };
        Gemm.Run(&product);
        for (int i = 0; i < layout.Gates; i++)
        {
            float* target = gradient + (nint)layout.GateOf(firstSlot + i) * layout.Hidden * columns;
            Transpose.Run(transposed + ((nint)i * layout.Padded), width, target, columns, columns, layout.Hidden);
        }
    }

    private static void BiasGradients(in RecurrentLayout layout, in RecurrentRows rows, int batch, float* ofInput, float* ofHidden)
    {
        using Workspace.Scope scope = Workspace.Open();
        int panels = layout.Slots * layout.Blocks;
        float* sums = scope.Take((long)panels * layout.Width);
        Parts.Run(panels, rows.Panel, new BiasWork(rows.GatesAt(0), rows.Panel, checked(layout.Shape.Steps * batch), layout.Width, sums));
        uint bytes = (uint)layout.Hidden * sizeof(float);
        for (int slot = 0; slot < layout.Slots; slot++, sums += layout.Padded)
        {
            nint gate = (nint)layout.GateOf(slot) * layout.Hidden;
            if (layout.SeesInput(slot) && ofInput != null)
                Unsafe.CopyBlockUnaligned(ofInput + gate, sums, bytes);
            if (layout.SeesState(slot) && ofHidden != null)
                Unsafe.CopyBlockUnaligned(ofHidden + gate, sums, bytes);
        }
    }

    private readonly struct BiasWork(float* gradients, nint panel, int rows, int width, float* sums) : IRowWork
    {
        private readonly float* gradients = gradients;
        private readonly float* sums = sums;

        public void Run(int first, int end)
        {
            for (int i = first; i < end; i++)
                GemmColumnSums.Run(gradients + (i * panel), width, rows, width, sums + ((nint)i * width), adds: false);
        }
    }

    private struct Call
    {
        public RecurrentLayout Layout;
        public float* Prepared;
        public int* Lengths;
        public float* Saved;
        public float* Dy;
        public float* Dx;
        public int Batch;
        public int Parts;
    }
}
