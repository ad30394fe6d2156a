using System;
using System.Collections.Generic;

namespace Dsl.Generator.Networks.Checking;

/// <summary>
/// The names that a generated class has besides its layers' (docs/language.md, What a model class gets). Extend it with every public member that the
/// emitter or the base class <c>Network</c> gets.
/// </summary>
internal static class GeneratedMembers
{
    /// <summary>Members of a model class: neither a layer nor a member of the user's may have these names.</summary>
    public static readonly HashSet<string> Fixed = new(StringComparer.Ordinal)
    {
        "Predict", "Probabilities", "Classify", "Loss", "TrainStep", "Fit", "Evaluate",
        "LearningRate", "Step", "TotalSteps", "StepsPerEpoch",
        "InputShape", "OutputShape", "ParameterCount", "FlopsPerSample",
        "Parameters", "CopyFrom", "Save", "Load", "LoadWeights", "SaveCheckpoint", "LoadCheckpoint", "Summary", "Dispose",
        "On", "Layers", "InputBatch", "OutputBatch",
    };

    /// <summary>Those of <see cref="Fixed"/> that the generated part itself declares, not the base class: the class cannot be called like one.</summary>
    public static readonly HashSet<string> Declared = new(StringComparer.Ordinal)
    {
        "Predict", "Probabilities", "Classify", "Loss", "TrainStep", "InputShape", "OutputShape", "ParameterCount", "FlopsPerSample",
        "CopyFrom", "Load", "On", "Layers", "InputBatch", "OutputBatch",
    };

    /// <summary>Names that a layer may not have because they would hide a type or a member that every class has.</summary>
    public static readonly HashSet<string> Hidden = new(StringComparer.Ordinal)
    {
        "Init", "Activation", "Network", "INetwork",
        "Equals", "Finalize", "GetHashCode", "GetType", "MemberwiseClone", "ReferenceEquals", "ToString",
    };
}
