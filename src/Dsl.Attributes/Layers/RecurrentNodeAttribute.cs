namespace Dsl;

/// <summary>What every recurrent layer attribute has.</summary>
/// <param name="hidden">Features of a step's result, at least 1.</param>
public abstract class RecurrentNodeAttribute(int hidden) : WeightedNodeAttribute
{
    /// <summary>The features of a step's result, of one direction.</summary>
    public int Hidden { get; } = hidden;

    /// <summary>Layers one above the other, at least 1; each takes the results of the one below.</summary>
    public int Layers { get; set; } = 1;

    /// <summary>Goes over the steps both ways: the results of the way back stand behind those of the way forth.</summary>
    public bool Bidirectional { get; set; }

    /// <summary>The probability, in [0, 1), with which training sets a value between two of the layers to zero.</summary>
    public double Dropout { get; set; }
}
