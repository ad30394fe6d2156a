using System.Collections.Generic;
using Dsl.Generator.Frontend;

namespace Dsl.Generator.Checking;

/// <summary>The parameters of a layer whose shape is not known, by name only: code that reads <c>net.Linear1.Weight</c> still compiles.</summary>
internal static class StubParameters
{
    /// <summary>The node with its parameters' names; a name that can be no member gets none.</summary>
    public static Node Of(Node node)
    {
        if (!node.Layer.HasParameters || NameTable.IsNoMember(node.Name))
            return node;
        int rank = 1;
        while (rank < 4 && !node.Layer.TakesRank(rank))
            rank++;
        int[] sizes = new int[rank];
        for (int i = 0; i < rank; i++)
            sizes[i] = 1;
        Shape shape = new(sizes);
        // Only Bias decides which parameters there are; the other arguments may be what is wrong.
        EquatableArray<Argument> arguments = node.Entry.TryGet("Bias", out object? bias) ? new(new Argument("Bias", bias)) : default;
        Entry entry = new(node.Entry.Construct, arguments, node.Entry.Block, node.Entry.Part, node.Entry.IsBroken);
        List<ParameterSpec> specs = [];
        node.Layer.AddParameters(node with { Entry = entry, InputShapes = new(shape), Shape = shape }, specs);
        return node with { Parameters = new EquatableArray<ParameterSpec>([.. specs]) };
    }
}
