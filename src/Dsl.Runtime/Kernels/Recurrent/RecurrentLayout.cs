using System;

namespace Dsl.Runtime.Kernels;

/// <summary>
/// How a recurrent layer lies in memory on this machine. Hidden units are taken in blocks of a panel's width. Of each unit and step gradients want some
/// values, kept in slots: the gates i, f, g, o of an LSTM; of a GRU what n has of the input, r, z, and what n has of the state, so that those that
/// see the input are neighbours, and those that see the state are; the tanh.
/// <list type="bullet">
/// <item>Weights: for each block, Inputs + Hidden rows of Gates · Width floats; then biases, Slots · Padded.</item>
/// <item>A slot of a block over all rows (a row is a step of a sample): a panel, as a product over all rows wants it.</item>
/// <item>x beside the state before it: rows of <see cref="Row"/> floats. c: rows of Padded floats.</item>
/// </list>
/// </summary>
internal readonly struct RecurrentLayout
{
    public RecurrentLayout(in RecurrentShape shape)
    {
        Shape = shape;
        Width = GemmPacking.PanelWidth;
        Blocks = (shape.Hidden + Width - 1) / Width;
        InputBlocks = (shape.Inputs + Width - 1) / Width;
        Slots = shape.Cell == RecurrentCell.GRU ? 4 : shape.Gates;

        // An odd number of cache lines: rows a power of two apart would fall into the same sets of L1.
        Row = (Depth + 15) / 16 * 16 | 16;
    }

    public RecurrentShape Shape { get; }

    /// <summary>Columns of a panel.</summary>
    public int Width { get; }

    /// <summary>Panels of hidden units.</summary>
    public int Blocks { get; }

    /// <summary>Panels of inputs.</summary>
    public int InputBlocks { get; }

    /// <summary>Values kept of a unit and step.</summary>
    public int Slots { get; }

    /// <summary>Floats from one row of x and state to the next.</summary>
    public int Row { get; }

    public int Inputs => Shape.Inputs;

    public int Hidden => Shape.Hidden;

    public int Gates => Shape.Gates;

    public int Depth => Shape.Inputs + Shape.Hidden;

    /// <summary>Hidden units, rounded up to whole panels.</summary>
    public int Padded => Blocks * Width;

    public bool HasCell => Shape.Cell == RecurrentCell.LSTM;

    /// <summary>Floats of one block's weights.</summary>
    public nint BlockFloats => (nint)Depth * Gates * Width;

    /// <summary>Where the biases start in the weights.</summary>
    public nint BiasStart => Blocks * BlockFloats;

    /// <summary>The first slot that sees the state; all behind it do.</summary>
    public int FirstHiddenSlot => Slots - Gates;

    /// <summary>Multiplications and additions of a step of a sample.</summary>
    public long Operations => 2L * Depth * Gates * Hidden;

    /// <summary>The gate, in PyTorch's order, whose weights a slot has.</summary>
    public int GateOf(int slot) => Shape.Cell != RecurrentCell.GRU ? slot : slot is 0 or 3 ? 2 : slot - 1;

    /// <summary>True of the slots that see the input, which are the first ones.</summary>
    public bool SeesInput(int slot) => slot < Gates;

    /// <summary>True of the slots that see the state, which are the last ones.</summary>
    public bool SeesState(int slot) => slot >= FirstHiddenSlot;

    /// <summary>Where in the sequence the step is that comes at that place of the order; padded steps stay where they are.</summary>
    public int PositionOf(int step, int length) => Shape.Reverse && step < length ? length - 1 - step : step;

    /// <summary>Into how many parts the samples of a batch are shared out: they do not depend on each other.</summary>
    public int PartsOf(int batch)
    {
        // Below this forking costs more than it gives, and fewer samples make poor use of the weights that each part reads.
        const long ForkOperations = 400_000;
        const int LeastSamples = 4;
        return Operations * Shape.Steps * batch < ForkOperations ? 1 : Math.Min(Compute.Threads, Math.Max(1, batch / LeastSamples));
    }
}
