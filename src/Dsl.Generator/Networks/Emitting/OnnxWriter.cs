using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declaring.Writing;
using Dsl.Generator.Networks.Planning;

namespace Dsl.Generator.Networks.Emitting;

/// <summary>Prints what a network is in ONNX as a method of the program: there no name of the user's can be in the way.</summary>
internal sealed class OnnxWriter(CodeWriter writer)
{
    public void Write(IReadOnlyList<OnnxCall> calls)
    {
        writer.Open("public override void DescribeOnnx(global::Dsl.Runtime.OnnxGraph graph)");
        foreach (OnnxCall call in calls)
            writer.Line($"graph.{TextOf(call)}{string.Concat(call.Attributes.Select(attribute => "." + TextOf(attribute)))};");
        writer.Close();
        writer.Line();
    }

    private static string TextOf(OnnxCall call) => $"{call.Member}({string.Join(", ", call.Arguments.Select(TextOf))})";

    private static string TextOf(object? argument) => argument switch
    {
        null => "null",
        string text => Literal.Text(text),
        int number => Literal.Int(number),
        bool flag => Literal.Bool(flag),
        float number => Literal.Float(number),
        OnnxCall call => "graph." + TextOf(call),
        _ => throw new System.InvalidOperationException($"A {argument.GetType().Name} has no C#."),
    };
}
