using System;
using Dsl.Generator.Declaring.Writing;

namespace Dsl.Generator.Networks.Emitting;

/// <summary>
/// Prints a list of a program's table. A long one is made by several methods, <see cref="MostOfMethod"/> lines each: what the JIT needs of memory for a method grows with the method, and the process
/// keeps it (7 MB for the 260 parameters and 150 layers of a MobileNetV2 in one).
/// </summary>
/// <param name="name">The member of the table.</param>
/// <param name="type">What it is a list of.</param>
/// <param name="count">Of how many.</param>
/// <param name="write">Writes how each is made, by its number.</param>
internal sealed class TableList(string name, string type, int count, Action<int> write)
{
    private const int MostOfMethod = 32;

    private bool IsLong => count > MostOfMethod;

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
        for (int i = 0; i < count; i++)
        {
            writer.Begin();
            writer.Append("        ");
            write(i);
            writer.Append(",").End();
        }

        writer.Line("    },");
    }

    /// <summary>The methods that make a long one; none of a short one.</summary>
    public void Methods(CodeWriter writer)
    {
        if (!IsLong)
            return;
        int parts = (count + MostOfMethod - 1) / MostOfMethod;
        writer.Line();
        writer.Open($"private static {type}[] List{name}()");
        writer.Line($"{type}[] all = new {type}[{count}];");
        for (int part = 1; part <= parts; part++)
            writer.Line($"List{name}{part}(all);");
        writer.Line("return all;");
        writer.Close();
        for (int part = 0; part < parts; part++)
        {
            writer.Line();
            writer.Open($"private static void List{name}{part + 1}({type}[] all)");
            for (int i = part * MostOfMethod; i < Math.Min(count, (part + 1) * MostOfMethod); i++)
            {
                writer.Begin();
                writer.Append($"all[{i}] = ");
                write(i);
                writer.Append(";").End();
            }

            writer.Close();
        }
    }
}
