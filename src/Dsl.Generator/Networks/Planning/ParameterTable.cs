using System.Collections.Generic;
using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Graph;

namespace Dsl.Generator.Networks.Planning;

/// <summary>A parameter and where it lies in the flat buffer.</summary>
internal sealed record PlacedParameter(string Name, ParameterSpec Spec, long Offset, bool IsTrained)
{
    /// <summary>Its values.</summary>
    public Storage Values { get; } = new(Name, Home.Parameters, Spec.Shape.Count) { Offset = Offset };

    /// <summary>Its gradient, at the same offset; null where it is not trained.</summary>
    public Storage? Gradient { get; } = IsTrained ? new(Name, Home.Gradients, Spec.Shape.Count) { Offset = Offset } : null;
}

/// <summary>
/// Where parameters lie: trained ones first in the flat buffer, so that the optimizer makes one pass over one run of floats; frozen ones and
/// running statistics follow.
/// </summary>
internal sealed class ParameterTable
{
    private readonly Dictionary<(int Node, string Name), PlacedParameter> parameters = [];

    public ParameterTable(Network network)
    {
        long offset = Place(network, trained: true, 0);
        TrainedFloats = offset;

        // Frozen values start on a cache line of their own.
        Floats = Place(network, trained: false, MemoryPlan.Round(offset));
        List<PlacedParameter> all = [];
        foreach (Node node in network.Nodes)
        {
            foreach (ParameterSpec spec in node.Parameters)
                all.Add(parameters[(node.Index, spec.Name)]);
        }

        All = all;
        Values = new Storage("parameters", Home.Parameters, TrainedFloats) { IsWhole = true };
        Gradients = new Storage("gradients", Home.Gradients, TrainedFloats) { IsWhole = true };
    }

    /// <summary>Every parameter in declared order.</summary>
    public IReadOnlyList<PlacedParameter> All { get; }

    /// <summary>Floats of the flat buffer.</summary>
    public long Floats { get; }

    /// <summary>Floats at its start that are trained.</summary>
    public long TrainedFloats { get; }

    /// <summary>All that is trained, as the optimizer sees it.</summary>
    public Storage Values { get; }

    /// <summary>All gradients.</summary>
    public Storage Gradients { get; }

    /// <summary>A buffer of the optimizer.</summary>
    public Storage State(int index) => new("state", Home.State, TrainedFloats) { Port = index, IsWhole = true };

    /// <summary>A parameter's values, or None where the layer has none of that name.</summary>
    public Operand ValuesOf(Node node, string name) => parameters.TryGetValue((node.Index, name), out PlacedParameter placed) ? Operand.Buffer(placed.Values) : Operand.None;

    /// <summary>Rows of a parameter's values from one on.</summary>
    public Operand ValuesOf(Node node, string name, int firstRow, int rows) => Rows(parameters[(node.Index, name)], Home.Parameters, firstRow, rows);

    /// <summary>Where the gradient of those rows goes, or None where the parameter is frozen.</summary>
    public Operand GradientOf(Node node, string name, int firstRow, int rows) =>
        parameters[(node.Index, name)] is { IsTrained: true } placed ? Rows(placed, Home.Gradients, firstRow, rows) : Operand.None;

    /// <summary>Where a parameter lies in the flat buffer.</summary>
    public long OffsetOf(Node node, string name) => parameters[(node.Index, name)].Offset;

    /// <summary>Where a parameter's gradient goes, or None where it is frozen or missing.</summary>
    public Operand GradientOf(Node node, string name) =>
        parameters.TryGetValue((node.Index, name), out PlacedParameter placed) ? Operand.BufferOrNone(placed.Gradient) : Operand.None;

    // A storage of its own: what is written by several is known to be written when each has done its part.
    private static Operand Rows(PlacedParameter placed, Home home, int firstRow, int rows)
    {
        long floats = placed.Spec.Shape.Count / placed.Spec.Shape[0];
        return Operand.Buffer(new Storage($"{placed.Name}, rows {firstRow} to {firstRow + rows}", home, rows * floats) { Offset = placed.Offset + (firstRow * floats) });
    }

    private long Place(Network network, bool trained, long offset)
    {
        foreach (Node node in network.Nodes)
        {
            foreach (ParameterSpec spec in node.Parameters)
            {
                if ((node.IsTrainable && !spec.IsBuffer) != trained)
                    continue;
                parameters.Add((node.Index, spec.Name), new PlacedParameter(node.Path + "." + spec.Name, spec, offset, trained));
                offset += spec.Shape.Count;
            }
        }

        return offset;
    }
}
