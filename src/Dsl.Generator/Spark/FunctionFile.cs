using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declaring;
using Dsl.Generator.Declaring.Writing;

namespace Dsl.Generator.Spark;

/// <summary>What every file of a marked method has around its members.</summary>
internal static class FunctionFile
{
    /// <summary>Writes all that stands before the members.</summary>
    public static void Begin(CodeWriter writer, FunctionPlace place, bool isWrong)
    {
        GeneratedClass.Begin(writer, ClassOf(place), isWrong, failure: null);
        writer.Open($"partial {place.Class.Keyword} {Literal.Name(place.Class.Name)}");
    }

    /// <summary>Closes the class and all around it.</summary>
    public static void End(CodeWriter writer, FunctionPlace place) => GeneratedClass.End(writer, ClassOf(place));

    /// <summary>The user's method as any place finds it: the nested class inherits members that might be called so.</summary>
    public static string Call(FunctionPlace place)
    {
        List<string> path = [.. place.Namespace.Split('.').Where(one => one.Length > 0), .. place.ContainingTypes.Select(one => one.Name), place.Class.Name, place.Method];
        return "global::" + string.Join(".", path.Select(Literal.Name));
    }

    private static Declaration ClassOf(FunctionPlace place) => new() { Name = place.Class.Name, Namespace = place.Namespace, ContainingTypes = place.ContainingTypes };
}
