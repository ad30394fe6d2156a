using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declaring;
using Dsl.Generator.Networks;
using Dsl.Generator.Networks.Graph;
using Xunit;

namespace Dsl.Generator.Tests.Checking;

/// <summary>The names that a wrong network's members have are those that a right one's parameters have.</summary>
public sealed class ParameterNameTests
{
    private static readonly Dsl.Generator.Networks.Graph.Network[] Networks =
    [
        Reading.Network("[Input(2, 8, 8), Conv2d(4, 3), DepthwiseConv2d(3), BatchNorm2d, Conv2d(4, 3, Bias = false), DepthwiseConv2d(2, Bias = false), Flatten, Linear(3), BatchNorm1d, Linear(2, Bias = false)]"),
        Reading.Network("[Input(5, 3), Linear(4), BatchNorm1d]"),
    ];

    [Fact]
    public void Names_are_those_of_the_parameters()
    {
        foreach (Node node in Networks.SelectMany(network => network.Nodes))
            Assert.Equal(node.Layer.ParameterNames(node.Entry), node.Parameters.Select(parameter => parameter.Name));
    }

    [Fact]
    public void Every_layer_with_parameters_is_looked_at()
    {
        HashSet<Construct> seen = [.. Networks.SelectMany(network => network.Nodes).Select(node => node.Layer)];
        IEnumerable<string> unseen = new ModelKind().Constructs.All.OfType<LayerRule>().Where(layer => HasParameters(layer) && !seen.Contains(layer)).Select(layer => layer.Name);
        Assert.Equal("", string.Join(" ", unseen.Order(StringComparer.Ordinal)));
    }

    /// <summary>With the attribute's defaults, so that a layer which a flag may rob of all its parameters counts too.</summary>
    private static bool HasParameters(LayerRule layer) => layer.ParameterNames(new Entry(layer, default, Entry.NoBlock, part: 0, isBroken: false)).Count > 0;
}
