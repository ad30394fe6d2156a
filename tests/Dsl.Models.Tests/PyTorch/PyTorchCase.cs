using System;
using System.Collections.Generic;
using System.Linq;
using Dsl;

namespace ModelTests.PyTorch;

/// <summary>A model class of this project and how its own signatures are fed from a fixture.</summary>
public sealed record PyTorchCase(
    string Name,
    Func<Network> OnCpu,
    Func<Network> OnReference,
    Action<Network, Fixture> Predict,
    Func<Network, Fixture, float> Loss,
    Func<Network, Fixture, float> TrainStep,
    Func<Network, Fixture, float[], float>? InputGradients = null);

public static partial class PyTorchCases
{
    public static IReadOnlyDictionary<string, PyTorchCase> ByName { get; } = Make().ToDictionary(c => c.Name);
}
