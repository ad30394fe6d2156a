using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <summary>
/// Rows of some steps and samples, a step's samples side by side: panels of gates for all of them, then x beside the state before each step and after the last, then likewise
/// the cell.
/// </summary>
internal readonly unsafe struct RecurrentRows
{
    private readonly RecurrentLayout layout;
    private readonly float* gates;
    private readonly float* states;
    private readonly float* cells;

    private RecurrentRows(in RecurrentLayout layout, int samples, nint panel, float* gates, float* states, float* cells)
    {
        this.layout = layout;
        this.gates = gates;
        this.states = states;
        this.cells = cells;
        Samples = samples;
        Panel = panel;
    }

    /// <summary>Samples whose rows stand side by side.</summary>
    public int Samples { get; }

    /// <summary>Floats of a panel.</summary>
    public nint Panel { get; }

    /// <summary>Floats that they take.</summary>
    public static long Floats(in RecurrentLayout layout, int steps, int samples) =>
        (((long)layout.Slots * layout.Padded * steps) + ((steps + 1L) * (layout.Row + (layout.HasCell ? layout.Padded : 0)))) * samples;

    public static RecurrentRows Of(in RecurrentLayout layout, float* memory, int steps, int samples)
    {
        nint panel = (nint)steps * samples * layout.Width;
        float* states = memory + (layout.Slots * layout.Blocks * panel);
        return new(layout, samples, panel, memory, states, states + ((steps + (nint)1) * samples * layout.Row));
    }

    /// <summary>The same rows from a sample on.</summary>
    public RecurrentRows From(int sample) =>
        new(layout, Samples, Panel, gates + ((nint)sample * layout.Width), states + ((nint)sample * layout.Row), cells + ((nint)sample * layout.Padded));

    /// <summary>The first slot's first panel at a step.</summary>
    public float* GatesAt(int step) => gates + ((nint)step * Samples * layout.Width);

    /// <summary>x and the state before a step.</summary>
    public float* StateAt(int step) => states + ((nint)step * Samples * layout.Row);

    /// <summary>The cell before a step.</summary>
    public float* CellAt(int step) => cells + ((nint)step * Samples * layout.Padded);

    /// <summary>Tells a step where its rows are.</summary>
    public void Place(RecurrentStep* step, int number)
    {
        step->Gates = GatesAt(number);
        step->Before = StateAt(number);
        step->After = StateAt(number + 1);
        step->Cell = CellAt(number);
        step->CellAfter = CellAt(number + 1);
    }

    /// <summary>What stands behind the last step comes before the first.</summary>
    public void Return(int steps, int rows)
    {
        Unsafe.CopyBlockUnaligned(StateAt(0), StateAt(steps), (uint)(rows * layout.Row * sizeof(float)));
        if (layout.HasCell)
            Unsafe.CopyBlockUnaligned(CellAt(0), CellAt(steps), (uint)(rows * layout.Padded * sizeof(float)));
    }
}
