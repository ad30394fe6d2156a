using System;
using System.Collections.Generic;
using Dsl.Generator.Declaring.Writing;
using Dsl.Generator.Networks.Planning;

namespace Dsl.Generator.Networks.Emitting;

/// <summary>The constants of a program that are made once: a field each, equal ones share one.</summary>
internal sealed class ConstantFields
{
    private readonly Dictionary<object, string> names = [];
    private readonly HashSet<string> used = new(StringComparer.Ordinal);
    private readonly List<(object Constant, string Name)> fields = [];

    /// <summary>The field of a constant; the first to ask names it.</summary>
    public string Of(object constant, string name)
    {
        if (names.TryGetValue(constant, out string known))
            return known;
        string unique = name;
        for (int i = 2; !used.Add(unique); i++)
            unique = name + Literal.Int(i);
        names.Add(constant, unique);
        fields.Add((constant, unique));
        return unique;
    }

    /// <summary>The field of a layout.</summary>
    public string Of(Layout layout)
    {
        if (names.TryGetValue(layout, out string known))
            return known;
        bool isVector = layout.Height * (long)layout.Width == 1;
        string name = isVector
            ? "vector" + Literal.Int(layout.Channels)
            : $"image{Literal.Int(layout.Channels)}x{Literal.Int(layout.Height)}x{Literal.Int(layout.Width)}";
        return Of(layout, layout.Halo.IsNone ? name : name + "Halo");
    }

    public void Write(CodeWriter writer)
    {
        foreach ((object constant, string name) in fields)
        {
            string type = constant is Layout ? "global::Dsl.Runtime.TensorLayout" : ConstantText.TypeOf(constant);
            writer.Line($"private readonly {type} {name} = {ConstantText.Initializer(constant)};");
        }
    }
}
