using System;

namespace Dsl.Generator.Declaring;

/// <summary>One argument as written: a parameter's name (positional, camelCase) or a property's (PascalCase) with its constant value.</summary>
/// <remarks>The value is null, a boxed int, long, double or bool, a string, an enum's boxed underlying value,
/// or a boxed <see cref="EquatableArray{T}"/> of int, double, string? or <see cref="AnyValue"/>. It is the compiler's own box: keeping it costs nothing.</remarks>
internal readonly struct Argument(string name, object? value) : IEquatable<Argument>
{
    public string Name { get; } = name;

    public object? Value { get; } = value;

    public bool Equals(Argument other) => string.Equals(Name, other.Name, StringComparison.Ordinal) && Equals(Value, other.Value);

    public override bool Equals(object? obj) => obj is Argument other && Equals(other);

    public override int GetHashCode() => unchecked((Name.GetHashCode() * 31) + (Value?.GetHashCode() ?? 0));
}
