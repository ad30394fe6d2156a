namespace Dsl.Runtime;

/// <summary>One layer and direction of a recurrent network: steps × Inputs → steps × Hidden.</summary>
/// <param name="Cell">What happens at a step.</param>
/// <param name="Inputs">Features of a step of x.</param>
/// <param name="Hidden">Features of its result.</param>
/// <param name="Steps">Steps of a sample.</param>
/// <param name="Directions">2 where a step of y has the results of both directions side by side, the forward one's first; else 1.</param>
/// <param name="Reverse">Goes from each sample's last own step to its first, and gives the second of two directions.</param>
public readonly record struct RecurrentShape(RecurrentCell Cell, int Inputs, int Hidden, int Steps, int Directions = 1, bool Reverse = false)
{
    // Rows that kernels keep a step in start on a cache line of their own.
    private const int Line = 16;

    /// <summary>Blocks of Hidden rows in the weights and biases, in PyTorch's order: i, f, g, o or r, z, n.</summary>
    public int Gates => Cell switch { RecurrentCell.LSTM => 4, RecurrentCell.GRU => 3, _ => 1 };

    /// <summary>Floats of a sample's state: h, and behind it c of an LSTM.</summary>
    public long StateFloats => Cell == RecurrentCell.LSTM ? 2L * Hidden : Hidden;

    /// <summary>Floats of a step of y.</summary>
    public long OutputFloats => (long)Hidden * Directions;

    /// <summary>Where in a step of y this direction's result starts.</summary>
    public int OutputStart => Reverse && Directions == 2 ? Hidden : 0;

    /// <summary>Floats that the compiler gives the forward weights with both biases: (Inputs + Hidden + 2)·Gates · Round32(Hidden).</summary>
    public long PreparedFloats => PreparedPanels.Floats(((long)Inputs + Hidden + 2) * Gates, Hidden);

    /// <summary>Floats that the compiler gives the weights for the gradients: Gates·Round32(Hidden) · (Round32(Hidden) + Round32(Inputs)).</summary>
    public long PreparedBackwardFloats => Gates * PreparedPanels.Whole(Hidden) * (PreparedPanels.Whole(Hidden) + PreparedPanels.Whole(Inputs));

    /// <summary>
    /// Floats a sample that the compiler gives what the forward pass keeps for the gradients, in the backend's own order: for each step and one more
    /// Round16(Inputs + Hidden) + 16 for x and h and Round32(Hidden) for c, for each step 4·Round32(Hidden) for the gates.
    /// </summary>
    public long SavedFloats => (Steps + 1L) * (RowFloats + PreparedPanels.Whole(Hidden)) + Steps * MostKept * PreparedPanels.Whole(Hidden);

    // Values of a unit and step that gradients want, at most.
    private static long MostKept => 4;

    private long RowFloats => ((long)Inputs + Hidden + Line - 1) / Line * Line + Line;
}
