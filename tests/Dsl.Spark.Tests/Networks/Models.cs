using System;
using System.Collections.Generic;
using System.Threading;
using Dsl.Spark.Executors;

namespace Dsl.Spark.Tests.Networks;

[Model]
[Input(12)]
[Linear(32), ReLU, Linear(5)]
[CrossEntropy, Adam(1e-3)]
public partial class Scorer;

[Model]
[Input(12)]
[Linear(8), Tanh, Linear(1)]
[Hinge, SGD(0.1)]
public partial class Decider;

[Model]
[Tokens(6, Vocabulary = 20)]
[Embedding(4), LastStep, Linear(3)]
[CrossEntropy, Adam(1e-3)]
public partial class Teller;

/// <summary>Two inputs, of numbers and of ids, and a further output.</summary>
[Model]
[Input(3, Name = "Facts"), Tokens(6, Vocabulary = 20, Name = "Words")]
[Embedding(4, From = "Words"), LastStep(Name = "Said"), Linear(4, From = "Facts"), Tanh, Concat("Said"), Output("Mixture"), Linear(3)]
[CrossEntropy, Adam(1e-3)]
public partial class Mixer;

/// <summary>A task of a stage without barrier.</summary>
internal sealed class OneTask(int partition, CancellationToken cancellation = default) : ITask
{
    public int Partition => partition;

    public int Attempt => 0;

    public int Stage => 0;

    public long Id => partition;

    public IReadOnlyDictionary<string, IReadOnlyList<string>> Resources { get; } = new Dictionary<string, IReadOnlyList<string>>();

    public IReadOnlyDictionary<string, string> Properties { get; } = new Dictionary<string, string>();

    public bool IsBarrier => false;

    public IReadOnlyList<string> Addresses => [];

    public CancellationToken Cancellation => cancellation;

    public void Barrier() => throw new InvalidOperationException("This stage is no barrier stage.");

    public IReadOnlyList<string> AllGather(string message) => throw new InvalidOperationException("This stage is no barrier stage.");
}
