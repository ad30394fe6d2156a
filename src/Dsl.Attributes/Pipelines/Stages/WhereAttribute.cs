namespace Dsl;

/// <summary>Keeps the rows for which a method of the class says true.</summary>
/// <param name="method">A static method of the class that returns <c>bool</c>; its parameters are columns, by name.</param>
public sealed class WhereAttribute(string method) : StageAttribute
{
    /// <summary>A static method of the class that returns <c>bool</c>; its parameters are columns, by name.</summary>
    public string Method { get; } = method;
}
