using System.Runtime.InteropServices;

namespace Dsl.Runtime.Kernels;

/// <summary>Weights of recurrent layers in the order of <see cref="RecurrentLayout"/>.</summary>
internal static unsafe class RecurrentWeights
{
    /// <summary>For each block of hidden units a row for each input, then for each unit of the state, of all gates side by side; then the biases.</summary>
    public static void Prepare(in RecurrentShape shape, float* weightInput, float* weightHidden, float* biasInput, float* biasHidden, float* prepared)
    {
        RecurrentLayout layout = new(shape);
        Parts.Run(layout.Blocks, layout.BlockFloats, new ForwardWork(layout, weightInput, weightHidden, prepared));
        float* bias = prepared + layout.BiasStart;
        for (int slot = 0; slot < layout.Slots; slot++)
        {
            int gate = layout.GateOf(slot) * layout.Hidden;
            for (int unit = 0; unit < layout.Padded; unit++, bias++)
            {
                *bias = 0;
                if (unit < layout.Hidden && layout.SeesInput(slot))
                    *bias += biasInput[gate + unit];
                if (unit < layout.Hidden && layout.SeesState(slot))
                    *bias += biasHidden[gate + unit];
            }
        }
    }

    /// <summary>Panels of columns of the state, then of the input, each with a row for each slot and padded unit. Without the input's where they are null.</summary>
    public static void PrepareBackward(in RecurrentShape shape, float* weightInput, float* weightHidden, float* prepared)
    {
        RecurrentLayout layout = new(shape);
        int slots = weightInput == null ? layout.Gates : 2 * layout.Gates;
        Parts.Run(slots, (long)layout.Padded * layout.Hidden, new BackwardWork(layout, weightInput, weightHidden, prepared));
    }

    private readonly struct ForwardWork(RecurrentLayout layout, float* weightInput, float* weightHidden, float* prepared) : IRowWork
    {
        private readonly float* weightInput = weightInput;
        private readonly float* weightHidden = weightHidden;
        private readonly float* prepared = prepared;

        public void Run(int first, int end)
        {
            int row = layout.Gates * layout.Width;
            for (int block = first; block < end; block++)
            {
                int unit = block * layout.Width;
                int units = int.Min(layout.Width, layout.Hidden - unit);
                float* target = prepared + (block * layout.BlockFloats);
                if (units < layout.Width)
                    NativeMemory.Clear(target, (nuint)layout.BlockFloats * sizeof(float));
                for (int gate = 0; gate < layout.Gates; gate++, target += layout.Width)
                {
                    nint from = ((nint)gate * layout.Hidden) + unit;
                    Transpose.Run(weightInput + (from * layout.Inputs), layout.Inputs, target, row, units, layout.Inputs);
                    Transpose.Run(weightHidden + (from * layout.Hidden), layout.Hidden, target + ((nint)layout.Inputs * row), row, units, layout.Hidden);
                }
            }
        }
    }

    // Its rows are the slots that see the state, then those that see the input.
    private readonly struct BackwardWork(RecurrentLayout layout, float* weightInput, float* weightHidden, float* prepared) : IRowWork
    {
        private readonly float* weightInput = weightInput;
        private readonly float* weightHidden = weightHidden;
        private readonly float* prepared = prepared;

        public void Run(int first, int end)
        {
            nint panel = (nint)layout.Gates * layout.Padded * layout.Width;
            for (int i = first; i < end; i++)
            {
                bool isInput = i >= layout.Gates;
                int slot = isInput ? i - layout.Gates : i + layout.FirstHiddenSlot;
                int columns = isInput ? layout.Inputs : layout.Hidden;
                int blocks = isInput ? layout.InputBlocks : layout.Blocks;
                float* source = (isInput ? weightInput : weightHidden) + ((nint)layout.GateOf(slot) * layout.Hidden * columns);
                float* target = prepared + (isInput ? layout.Blocks * panel : 0) + ((nint)(isInput ? i - layout.Gates : i) * layout.Padded * layout.Width);
                GemmPacking.PackRows(source, columns, layout.Hidden, columns, target, panel);
                nint padding = (nint)(layout.Padded - layout.Hidden) * layout.Width;
                for (int block = 0; block < blocks && padding > 0; block++)
                    NativeMemory.Clear(target + (block * panel) + ((nint)layout.Hidden * layout.Width), (nuint)padding * sizeof(float));
            }
        }
    }
}
