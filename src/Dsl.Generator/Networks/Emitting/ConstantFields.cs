using System;
using System.Collections.Generic;
using Dsl.Generator.Declaring.Writing;
using Dsl.Generator.Networks.Planning;

namespace Dsl.Generator.Networks.Emitting;

/// <summary>The constants of a program that are made once: a field each, equal ones share one.</summary>
internal sealed class ConstantFields
{
    private readonly Dictionary<object, string> names = [];

    // Apart: nearly every operand has a layout, and as an object each would be one more.
    private readonly Dictionary<Layout, string> layouts = [];
    private readonly HashSet<string> used = new(StringComparer.Ordinal);
    private readonly List<(object Constant, string Name)> fields = [];

    /// <summary>The field of a constant; the first to ask names it.</summary>
    public string Of(object constant, string name)
    {
        if (names.TryGetValue(constant, out string known))
            return known;
        return names[constant] = Add(constant, name);
    }

    /// <summary>The field of a layout.</summary>
    public string Of(Layout layout)
    {
        if (layouts.TryGetValue(layout, out string known))
            return known;
        bool isVector = layout.Height * (long)layout.Width == 1;
        string name = isVector
            ? "vector" + Literal.Int(layout.Channels)
            : $"image{Literal.Int(layout.Channels)}x{Literal.Int(layout.Height)}x{Literal.Int(layout.Width)}";
        return layouts[layout] = Add(layout, layout.Halo.IsNone ? name : name + "Halo");
    }

    public void Write(CodeWriter writer)
    {
        foreach ((object constant, string name) in fields)
        {
            writer.Begin();
            writer.Append($"private readonly global::Dsl.Runtime.{(constant is Layout ? "TensorLayout" : ConstantText.NameOf(constant))} {name} = ");
            ConstantText.WriteInitializer(writer, constant);
            writer.Append(";").End();
        }
    }

    private string Add(object constant, string name)
    {
        string unique = name;
        for (int i = 2; !used.Add(unique); i++)
            unique = name + Literal.Int(i);
        fields.Add((constant, unique));
        return unique;
    }
}
