using System.Collections.Generic;
using System.Linq;

namespace Dsl.Runtime;

/// <summary>A copy of a network's weights, running statistics included.</summary>
internal sealed class WeightSnapshot
{
    private readonly IReadOnlyList<INamedTensor> weights;

    /// <summary>Makes room for a copy; it holds zeros until <see cref="Take"/>.</summary>
    public WeightSnapshot(IReadOnlyList<INamedTensor> weights)
    {
        this.weights = weights;
        Tensors = [.. weights.Select(tensor => new ArrayTensor(tensor.Name, tensor.Shape, new float[tensor.Count]))];
    }

    /// <summary>The copied tensors, under the names of those that they are copies of.</summary>
    public IReadOnlyList<INamedTensor> Tensors { get; }

    /// <summary>Copies the weights as they are now.</summary>
    public void Take() => Copy(weights, Tensors);

    /// <summary>Puts the copy back.</summary>
    public void Restore() => Copy(Tensors, weights);

    private static void Copy(IReadOnlyList<INamedTensor> from, IReadOnlyList<INamedTensor> to)
    {
        for (int i = 0; i < from.Count; i++)
            from[i].Values.CopyTo(to[i].ValuesToReplace);
    }
}
