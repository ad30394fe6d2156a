using System;
using System.Collections.Generic;
using System.Globalization;
using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Graph;

namespace Dsl.Generator.Networks.Planning;

/// <summary>A name for what belongs to each node, unique in its network, in camelCase and without dots.</summary>
internal sealed class NodeNames
{
    private readonly string[] names;

    public NodeNames(Network network)
    {
        HashSet<string> used = new(StringComparer.Ordinal);
        names = new string[network.Nodes.Count];
        foreach (Node node in network.Nodes)
        {
            string name = GeneratedNames.CamelCase(node.Path).Replace('.', '_');
            string unique = name;
            for (int i = 2; !used.Add(unique); i++)
                unique = name + "_" + i.ToString(CultureInfo.InvariantCulture);
            names[node.Index] = unique;
        }
    }

    public string this[Node node] => names[node.Index];
}
