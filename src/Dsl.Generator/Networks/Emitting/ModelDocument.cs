using System.Collections.Generic;
using Dsl.Generator.Declaring.Writing;
using Dsl.Generator.Networks.Graph;

namespace Dsl.Generator.Networks.Emitting;

/// <summary>The doc comment of a model class: its table of layers, as an editor shows it when one hovers over the name.</summary>
internal sealed class ModelDocument(Network network)
{
    public void Write(CodeWriter writer)
    {
        writer.Line("/// <summary>");
        writer.Line($"/// A network of {Literal.Int(network.ParameterCount)} parameters and {Literal.Int(network.Operations)} operations a sample.");
        writer.Line("/// <list type=\"table\">");
        writer.Line("/// <listheader><term>Layer</term><description>Shape, parameters, operations</description></listheader>");
        foreach (Node node in network.Nodes)
            writer.Line($"/// <item><term>{node.Path}</term><description>{node.Shape}, {Literal.Int(node.ParameterCount)}, {Literal.Int(node.Operations)}</description></item>");
        writer.Line("/// </list>");
        writer.Line("/// </summary>");
    }
}
