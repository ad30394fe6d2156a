using System;

namespace Dsl.Generator.Declaring;

/// <summary>An exception of the compiler's own: a defect, which costs the class that it came up at and no other (DSL120).</summary>
internal static class CompilerFailure
{
    /// <summary>The exception's type and the first line of its message.</summary>
    public static string Describe(Exception thrown)
    {
        string message = thrown.Message;
        int end = message.IndexOfAny(['\r', '\n']);
        return $"{thrown.GetType().FullName}: {(end < 0 ? message : message.Substring(0, end))}";
    }

    /// <summary>What the analyzer reports.</summary>
    /// <param name="name">The class.</param>
    /// <param name="failure">What <see cref="Describe"/> gave.</param>
    public static Finding FindingFor(string name, string failure) => new(
        Descriptors.Failed,
        Place.ClassName,
        $"The compiler failed on {name} ({failure}). This is a defect of Dsl, not of your code: please report it, with this message and the class, on the issue tracker of the Dsl project");
}
