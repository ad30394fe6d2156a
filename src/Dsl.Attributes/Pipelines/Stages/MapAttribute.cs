namespace Dsl;

/// <summary>A column of what a method of the class returns: a number, flag, text, tokens, a vector or a time, or one that may be null.</summary>
/// <param name="method">A static method of the class; its parameters are columns, by name.</param>
/// <param name="output">The column to make.</param>
public sealed class MapAttribute(string method, string output) : StageAttribute
{
    /// <summary>A static method of the class; its parameters are columns, by name.</summary>
    public string Method { get; } = method;

    /// <summary>The column to make.</summary>
    public string Output { get; } = output;

    /// <summary>How many elements its vectors have, at least 1; where it is not written the compiler does not know.</summary>
    public int Size { get; set; }
}
