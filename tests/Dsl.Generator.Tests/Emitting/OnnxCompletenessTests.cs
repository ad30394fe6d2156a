using System;
using System.Linq;
using System.Reflection;
using Dsl.Generator.Networks;
using Dsl.Generator.Networks.Planning;
using Xunit;

namespace Dsl.Generator.Tests.Emitting;

/// <summary>No layer is forgotten by the export to ONNX.</summary>
public sealed class OnnxCompletenessTests
{
    // Sources are inputs of the graph, a Use is unfolded, what a user has written in C# has no form elsewhere, and what is no attribute of ours is no layer.
    private static readonly string[] Without = ["Use", "Custom", "?"];

    [Fact]
    public void Every_layer_says_what_it_is_in_ONNX()
    {
        string[] left =
        [
            .. new ModelKind().Constructs.All.OfType<Layer>()
                .Where(layer => !layer.IsSource && !Without.Contains(layer.Name))
                .Where(layer => layer.GetType().GetMethod(nameof(Layer.Export), BindingFlags.Public | BindingFlags.Instance, [typeof(OnnxGraph), typeof(Networks.Graph.Node)])!.DeclaringType == typeof(Layer))
                .Select(layer => layer.Name)
                .Order(StringComparer.Ordinal),
        ];
        Assert.True(left.Length == 0, "layers without a form in ONNX (override Export): " + string.Join(", ", left));
    }
}
