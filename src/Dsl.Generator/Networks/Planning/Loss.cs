using System;
using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Graph;
using Dsl.Runtime;

namespace Dsl.Generator.Networks.Planning;

/// <summary>What a loss wants of the main output. One file a loss.</summary>
internal abstract class Loss : Construct
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

    /// <summary>What it wants beside the inputs of such a network.</summary>
    public abstract Target TargetOf(Network network);

    /// <summary>
    /// Calls the operation that gives the loss and, in training, the gradient of the output (row-major). Where the output has <see cref="Tensor.Lengths"/>, it looks at own steps
    /// alone; a loss of labels finds the ignored one at the others.
    /// </summary>
    public abstract void Lower(Lowering lowering, Network network, Tensor output);

    /// <summary>Calls the operation that turns the main output into probabilities, in place; only where <see cref="HasProbabilities"/>.</summary>
    public virtual void LowerProbabilities(Lowering lowering, Network network, Tensor output) => throw new InvalidOperationException($"{Name} has no probabilities.");

    /// <summary>A target of the output's shape.</summary>
    protected static Target ValuesLike(Network network, TargetMeaning meaning) => new(TargetKind.Values, (int)network.OutputShape.Count, Meaning: meaning);

    /// <summary>Calls an operation with the output's gradient, or with None where it is not needed.</summary>
    protected static void WithGradient(Lowering lowering, Tensor output, Action<Operand> call) =>
        lowering.WithGradient(output, gradient => call(Operand.BufferOrNone(gradient)));

    /// <summary>A loss that is a mean over elements.</summary>
    protected static void LowerElements(Lowering lowering, Network network, Tensor output, ElementLoss kind, Operand target, float delta = 0) =>
        WithGradient(lowering, output, gradient =>
        {
            Operand x = Operand.Buffer(output);
            if (output.Lengths is { } lengths)
                lowering.Call(Operations.ElementLossOfSteps, [Operand.Of(kind), delta, x, target, Operand.Buffer(lengths.Storage), gradient, lowering.Loss, .. StepsOf(output)]);
            else
                lowering.Call(Operations.ElementLoss, Operand.Of(kind), delta, x, target, gradient, lowering.Loss, Operand.PerSample(network.OutputShape.Count));
        });

    /// <summary>The dimensions of a sequence as operations over own steps take them: steps, features, batch.</summary>
    protected static Operand[] StepsOf(Tensor output) => [output.Shape[0], output.Shape[1], Operand.Batch];
}
