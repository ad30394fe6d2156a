using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declaring;

namespace Dsl.Generator.Networks;

/// <summary>
/// The names that a generated class has besides its layers' (section 6 of the language): those of the parts that a model is made of, and those of
/// the base class, which the compiler cannot look into; a test holds the two lists equal.
/// </summary>
internal static class GeneratedMembers
{
    /// <summary>Those that the generated part itself declares, not the base class: the class cannot be called like one.</summary>
    public static readonly HashSet<string> Declared = new(ModelKind.Parts.SelectMany(part => part.Members), StringComparer.Ordinal);

    /// <summary>Those of the base class <c>Dsl.Network</c>.</summary>
    public static readonly HashSet<string> Inherited = new(StringComparer.Ordinal)
    {
        "Fit", "Evaluate", "LearningRate", "Step", "TotalSteps", "StepsPerEpoch",
        "Parameters", "Save", "LoadWeights", "SaveCheckpoint", "LoadCheckpoint", "ExportOnnx", "Summary", "Dispose",
    };

    /// <summary>Names that a layer may not have because they would hide a type or a member that every class has.</summary>
    public static readonly HashSet<string> Hidden = new(StringComparer.Ordinal)
    {
        "Init", "Activation", "Network", "INetwork",
        "Equals", "Finalize", "GetHashCode", "GetType", "MemberwiseClone", "ReferenceEquals", "ToString",
    };

    /// <summary>All three together.</summary>
    public static readonly GeneratedNames Names = new(Declared, Inherited, Hidden);
}
