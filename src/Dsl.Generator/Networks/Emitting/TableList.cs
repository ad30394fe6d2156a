using System;
using System.Collections.Generic;
using Dsl.Generator.Declaring.Writing;

namespace Dsl.Generator.Networks.Emitting;

/// <summary>
/// Prints a list of a program's table. A long one is made by several methods, <see cref="MostOfMethod"/> lines each: what the JIT needs of memory for a method grows with the method, and the process
/// keeps it (7 MB for the 260 parameters and 150 layers of a MobileNetV2 in one).
/// </summary>
/// <param name="name">The member of the table.</param>
/// <param name="type">What it is a list of.</param>
/// <param name="lines">How each is made.</param>
internal sealed class TableList(string name, string type, IReadOnlyList<string> lines)
{
    private const int MostOfMethod = 32;

    private bool IsLong => lines.Count > MostOfMethod;

    /// <summary>Its line in the table, or its lines.</summary>
    public void Entry(CodeWriter writer)
    {
        if (IsLong)
        {
            writer.Line($"    {name} = List{name}(),");
            return;
        }

        writer.Line($"    {name} = new {type}[]");
        writer.Line("    {");
        foreach (string line in lines)
            writer.Line($"        {line},");
        writer.Line("    },");
    }

    /// <summary>The methods that make a long one; none of a short one.</summary>
    public void Methods(CodeWriter writer)
    {
        if (!IsLong)
            return;
        int parts = (lines.Count + MostOfMethod - 1) / MostOfMethod;
        writer.Line();
        writer.Open($"private static {type}[] List{name}()");
        writer.Line($"{type}[] all = new {type}[{Literal.Int(lines.Count)}];");
        for (int part = 1; part <= parts; part++)
            writer.Line($"List{name}{Literal.Int(part)}(all);");
        writer.Line("return all;");
        writer.Close();
        for (int part = 0; part < parts; part++)
        {
            writer.Line();
            writer.Open($"private static void List{name}{Literal.Int(part + 1)}({type}[] all)");
            for (int i = part * MostOfMethod; i < Math.Min(lines.Count, (part + 1) * MostOfMethod); i++)
                writer.Line($"all[{Literal.Int(i)}] = {lines[i]};");
            writer.Close();
        }
    }
}
