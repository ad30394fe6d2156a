using Dsl.Generator.Declaring;

namespace Dsl.Generator.Pipelines.Facts;

/// <summary>The losses as pipelines tell them apart.</summary>
internal enum LossForm
{
    /// <summary>There is none.</summary>
    None,
    CrossEntropy,
    BinaryCrossEntropy,
    Hinge,

    /// <summary>Of a number: MeanSquaredError, MeanAbsoluteError, Huber.</summary>
    Regression,
    KLDivergence,
    Reconstruction,
}

/// <summary>An input of a network.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its shape without the batch, as messages show it.</param>
/// <param name="Elements">How many elements that is; of ids how many ids.</param>
/// <param name="Vocabulary">How many ids there are; 0 where it takes numbers.</param>
/// <param name="Padding">The id of padding; -1 without one.</param>
internal sealed record NetworkPort(string Name, string Shape, long Elements, int Vocabulary, int Padding)
{
    /// <summary>It takes ids.</summary>
    public bool IsIds => Vocabulary > 0;
}

/// <summary>A value that a network exposes.</summary>
/// <param name="Method">The method that computes it.</param>
/// <param name="Elements">How many elements a sample has.</param>
internal sealed record NetworkCode(string Method, long Elements);

/// <summary>What a pipeline knows of a network that one of its attributes names.</summary>
/// <param name="CSharp">As C# finds the class from anywhere.</param>
/// <param name="Name">The class's name.</param>
/// <param name="Access">How far members of the pipeline's class that name it may be seen.</param>
/// <param name="Namespace">The namespace and the types around it, with dots; empty for none.</param>
internal sealed record NetworkFacts(string CSharp, string Name, MemberAccess Access, string Namespace)
{
    /// <summary>Its class is marked <c>Model</c>.</summary>
    public bool IsModel { get; init; }

    /// <summary>What it declares; only until it is condensed to what follows.</summary>
    public Declaration? Declaration { get; init; }

    /// <summary>It has errors itself, so that nothing below is known.</summary>
    public bool HasErrors { get; init; }

    /// <summary>In declared order.</summary>
    public EquatableArray<NetworkPort> Inputs { get; init; }

    /// <summary>Elements of the main output of a sample.</summary>
    public long Outputs { get; init; }

    /// <summary>Elements of each further output of a sample, in declared order: <c>Predict</c> of the network gives them behind the main one.</summary>
    public EquatableArray<long> FurtherOutputs { get; init; }

    /// <summary>The main output's shape, as messages show it.</summary>
    public string OutputShape { get; init; } = "";

    public LossForm Loss { get; init; }

    /// <summary>The loss as it is written; empty without one.</summary>
    public string LossName { get; init; } = "";

    /// <summary>Its outputs are probabilities of classes, as its loss has it.</summary>
    public bool HasProbabilities => Loss == LossForm.CrossEntropy || (Loss == LossForm.BinaryCrossEntropy && Outputs == 1);

    /// <summary>It cannot be told what it makes.</summary>
    public bool IsOpaque => HasErrors || !IsModel || Loss == LossForm.None;

    public bool HasOptimizer { get; init; }

    /// <summary>The loss takes a label for every step, not for every sample.</summary>
    public bool HasLabelAStep { get; init; }

    /// <summary>What it exposes, in declared order.</summary>
    public EquatableArray<NetworkCode> Codes { get; init; }
}
