namespace System.Runtime.CompilerServices;

/// <summary>Lets netstandard2.0 compile interpolated strings that go straight where they are written to.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
internal sealed class InterpolatedStringHandlerAttribute : Attribute;

/// <summary>The arguments that such a string starts with; an empty name is the object whose method takes it.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class InterpolatedStringHandlerArgumentAttribute(string argument) : Attribute
{
    public string[] Arguments { get; } = [argument];
}
