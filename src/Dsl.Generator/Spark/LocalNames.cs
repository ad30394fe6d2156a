using System.Collections.Generic;
using Dsl.Generator.Declaring;

namespace Dsl.Generator.Spark;

/// <summary>The names of a generated method's locals: readable, and each once.</summary>
internal sealed class LocalNames(params string[] taken)
{
    private readonly HashSet<string> used = [.. taken];

    /// <summary>A name of its own.</summary>
    /// <param name="wanted">What it would be called.</param>
    public string Take(string wanted)
    {
        string name = GeneratedNames.Unused(wanted, used.Contains);
        used.Add(name);
        return name;
    }
}
