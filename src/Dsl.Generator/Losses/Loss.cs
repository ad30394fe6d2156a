using System.Collections.Generic;
using System;
using Dsl.Generator.Checking;
using Dsl.Generator.Planning;

namespace Dsl.Generator.Losses;

/// <summary>What a loss wants of the main output. One file a loss.</summary>
internal abstract partial class Loss : Construct
{
    /// <summary>Takes int32 labels instead of float32 targets.</summary>
    public virtual bool TakesLabels => false;

    /// <summary>Takes float32 targets of the output's shape; <c>Reconstruction</c> takes neither.</summary>
    public virtual bool TakesTargets => !TakesLabels;

    /// <summary>Whether the loss applies that activation itself, so that it must not stand before it (DSL302).</summary>
    public virtual bool Applies(string activation) => false;

    /// <summary>What is wrong with the main output, in words that follow the loss's name (DSL301), or null.</summary>
    public virtual string? Refuses(Network network) => null;

    /// <summary>The main output can be turned into probabilities.</summary>
    public virtual bool HasProbabilities => false;

    /// <summary>Labels or target values of a sample.</summary>
    public virtual int TargetSize(Network network) => TakesLabels ? 1 : (int)network.OutputShape.Count;

    /// <summary>Entries of the runtime's table beside the common ones.</summary>
    public virtual IEnumerable<(string Name, string Value)> Table(Network network) => [];

    /// <summary>C# that turns the main output into probabilities in place, or null.</summary>
    public virtual string? ProbabilityOperation(Network network) => null;

    /// <summary>Calls the operation that gives the loss and, in training, the gradient of the output (row-major).</summary>
    public abstract void Lower(Lowering lowering, Network network, Tensor output);

    /// <summary>Calls an operation with the output's gradient, or with None where it is not needed.</summary>
    protected static void WithGradient(Lowering lowering, Tensor output, Action<Operand> call) =>
        lowering.WithGradient(output, gradient => call(gradient is null ? Operand.None : Operand.Buffer(gradient)));

    /// <summary>A loss that is a mean over elements.</summary>
    protected static void LowerElements(Lowering lowering, Network network, Tensor output, string kind, string delta, Operand target) =>
        WithGradient(lowering, output, gradient => lowering.Call(
            "ElementLoss",
            "global::Dsl.Runtime.ElementLoss." + kind,
            delta,
            Operand.Buffer(output),
            target,
            gradient,
            "context.Loss",
            $"batch * {Literal.Int(network.OutputShape.Count)}L"));
}
