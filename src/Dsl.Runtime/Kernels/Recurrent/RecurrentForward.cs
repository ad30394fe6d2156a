using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Dsl.Runtime.Kernels;

/// <summary>
/// One layer and direction of a recurrent network, step by step. Samples do not depend on each other and are shared out among threads, each going through all steps with
/// its own: a result's bits depend on its own sample alone. x_t stands beside h_(t-1), so that a step is one product; few samples, for whom a step is bound by reading
/// weights, take the input's part of many steps at once.
/// </summary>
internal static unsafe class RecurrentForward
{
    // Up to so many samples the weights are read for each of them.
    private const int FewSamples = 3;

    // Steps whose inputs are copied, and of few samples multiplied, together.
    private const int Together = 32;
    private const int TogetherOfMany = 4;

    public static void Run(in RecurrentShape shape, float* prepared, float* x, int* lengths, float* initial, float* y, float* final, float* saved, int batch)
    {
        RecurrentLayout layout = new(shape);
        Call call = new()
        {
            Layout = layout,
            Prepared = prepared,
            X = x,
            Lengths = lengths,
            Initial = initial,
            Y = y + shape.OutputStart,
            Final = final,
            Saved = saved,
            Batch = batch,
            Parts = layout.PartsOf(batch),
        };
        WorkerPool.Run(call.Parts, &RunPart, &call);
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
        bool few = rows <= FewSamples;
        int together = Math.Min(steps, few ? Together : TogetherOfMany);
        using Workspace.Scope scope = Workspace.Open();
        RecurrentRows places = call->Saved != null
            ? RecurrentRows.Of(layout, call->Saved, steps, call->Batch).From(first)
            : RecurrentRows.Of(layout, scope.Take(RecurrentRows.Floats(layout, together, rows)), together, rows);
        Start(call, places, first, rows);
        RecurrentStep step = new()
        {
            Layout = layout,
            Rows = rows,
            Lengths = call->Lengths == null ? null : call->Lengths + first,
            Panel = places.Panel,
            Y = call->Y + (nint)first * steps * (nint)layout.Shape.OutputFloats,
        };
        float* x = call->X + (nint)first * steps * layout.Inputs;
        int at = 0;
        for (int start = 0; start < steps; start += together)
        {
            int count = Math.Min(together, steps - start);
            if (call->Saved != null)
            {
                at = start;
            }
            else if (start > 0)
            {
                places.Return(together, rows);
                at = 0;
            }

            for (int i = 0; i < count; i++)
                CopyInputs(&step, x, start + i, places.StateAt(at + i));
            if (few)
            {
                // A part of few samples has all of the batch, so rows of several steps follow one another.
                places.Place(&step, at);
                RecurrentProducts.Inputs(&step, call->Prepared, count * rows);
            }

            for (int i = 0; i < count; i++)
            {
                step.Step = start + i;
                places.Place(&step, at + i);
                if (few)
                    RecurrentProducts.State(&step, call->Prepared);
                for (int block = 0; block < layout.Blocks && !few; block++)
                {
                    RecurrentProducts.Step(&step, call->Prepared, block);
                    RecurrentStep.Forward(&step, block, block + 1);
                }

                if (few)
                    RecurrentStep.Forward(&step, 0, layout.Blocks);
            }

            at += count;
        }

        End(call, places, at, first, rows);
    }

    private static void CopyInputs(RecurrentStep* step, float* x, int number, float* to)
    {
        int inputs = step->Layout.Inputs;
        for (int row = 0; row < step->Rows; row++, to += step->Layout.Row)
        {
            int length = step->LengthOf(row);
            if (number < length)
                Unsafe.CopyBlockUnaligned(to, x + ((nint)row * step->Layout.Shape.Steps + step->Layout.PositionOf(number, length)) * inputs, (uint)inputs * sizeof(float));
            else
                NativeMemory.Clear(to, (nuint)inputs * sizeof(float));
        }
    }

    private static void Start(Call* call, in RecurrentRows places, int first, int rows)
    {
        RecurrentLayout layout = call->Layout;
        uint bytes = (uint)layout.Hidden * sizeof(float);
        for (int row = 0; row < rows; row++)
        {
            float* state = places.StateAt(0) + (nint)row * layout.Row + layout.Inputs;
            float* cell = layout.HasCell ? places.CellAt(0) + (nint)row * layout.Padded : null;
            if (cell != null)
                NativeMemory.Clear(cell, (nuint)layout.Padded * sizeof(float));
            if (call->Initial == null)
            {
                NativeMemory.Clear(state, bytes);
                continue;
            }

            float* initial = call->Initial + (first + row) * (nint)layout.Shape.StateFloats;
            Unsafe.CopyBlockUnaligned(state, initial, bytes);
            if (cell != null)
                Unsafe.CopyBlockUnaligned(cell, initial + layout.Hidden, bytes);
        }
    }

    private static void End(Call* call, in RecurrentRows places, int at, int first, int rows)
    {
        if (call->Final == null)
            return;
        RecurrentLayout layout = call->Layout;
        uint bytes = (uint)layout.Hidden * sizeof(float);
        for (int row = 0; row < rows; row++)
        {
            float* final = call->Final + (first + row) * (nint)layout.Shape.StateFloats;
            Unsafe.CopyBlockUnaligned(final, places.StateAt(at) + (nint)row * layout.Row + layout.Inputs, bytes);
            if (layout.HasCell)
                Unsafe.CopyBlockUnaligned(final + layout.Hidden, places.CellAt(at) + (nint)row * layout.Padded, bytes);
        }
    }

    private struct Call
    {
        public RecurrentLayout Layout;
        public float* Prepared;
        public float* X;
        public int* Lengths;
        public float* Initial;
        public float* Y;
        public float* Final;
        public float* Saved;
        public int Batch;
        public int Parts;
    }
}
