using System.Collections.Generic;
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
        {
            writer.Begin();
            Write("graph.", call);
            foreach (OnnxCall attribute in call.Attributes)
                Write(".", attribute);
            writer.Append(";").End();
        }

        writer.Close();
        writer.Line();
    }

    private void Write(string target, OnnxCall call)
    {
        writer.Append(target).Append(call.Member).Append("(");
        for (int i = 0; i < call.Arguments.Length; i++)
        {
            if (i > 0)
                writer.Append(", ");
            if (call.Arguments[i] is OnnxCall inner)
                Write("graph.", inner);
            else
                writer.Append(TextOf(call.Arguments[i]));
        }

        writer.Append(")");
    }

    private static string TextOf(object? argument) => argument switch
    {
        null => "null",
        string text => Literal.Text(text),
        int number => Literal.Int(number),
        bool flag => Literal.Bool(flag),
        float number => Literal.Float(number),
        _ => throw new System.InvalidOperationException($"A {argument.GetType().Name} has no C#."),
    };
}
