using System;

namespace Dsl.Generator.Frontend;

/// <summary>An argument whose value comes from generated code.</summary>
/// <param name="Name">The parameter's or property's name.</param>
/// <param name="Element">Ordinal in a <c>params</c> array that is written out, or -1.</param>
internal sealed record UnseenArgument(string Name, int Element);

/// <summary>One attribute of a declaration: which construct it is and what was written in its parentheses.</summary>
internal sealed class Entry(Construct construct, EquatableArray<Argument> arguments, int block, int part, bool isBroken, UnseenArgument? unseen = null) : IEquatable<Entry>
{
    /// <summary><see cref="Block"/> of an attribute that is no <c>Use</c>, or whose type argument is no block.</summary>
    public const int NoBlock = -1;

    /// <summary><see cref="Block"/> of a <c>Use</c> of the very class that is being read.</summary>
    public const int Self = -2;

    /// <summary>What the attribute means: a stateless singleton, so it is compared by reference.</summary>
    public Construct Construct { get; } = construct;

    /// <summary>Only what was written: a value left at its default is not here, so that <c>Padding = 0</c> differs from no padding.</summary>
    public EquatableArray<Argument> Arguments { get; } = arguments;

    /// <summary>Index in <see cref="Declaration.Blocks"/> of the block that a <c>Use</c> names.</summary>
    public int Block { get; } = block;

    /// <summary>Ordinal of the partial declaration that the attribute stands on, in file order.</summary>
    public int Part { get; } = part;

    /// <summary>The C# compiler rejects the attribute (half-typed, wrong arguments): nothing about it is known, and we say nothing.</summary>
    public bool IsBroken { get; } = isBroken;

    /// <summary>
    /// The first argument whose value comes from generated code, which the generator does not see (DSL202); null where there is none. Only the analyzer
    /// knows: to the generator such an attribute is one that the C# compiler rejects.
    /// </summary>
    public UnseenArgument? Unseen { get; } = unseen;

    public bool Has(string name) => TryGet(name, out _);

    public int Int(string name, int otherwise = 0) => TryGet(name, out object? value) && value is int number ? number : otherwise;

    public long Long(string name, long otherwise = 0) => TryGet(name, out object? value) && value is long number ? number : otherwise;

    public double Double(string name, double otherwise = 0) => TryGet(name, out object? value) && value is double number ? number : otherwise;

    /// <summary>A double as kernels get it: whatever is decided by it must be decided by this.</summary>
    public float Float(string name, double otherwise = 0) => (float)Double(name, otherwise);

    public bool Bool(string name, bool otherwise = false) => TryGet(name, out object? value) && value is bool flag ? flag : otherwise;

    public string? Text(string name) => TryGet(name, out object? value) ? value as string : null;

    public EquatableArray<int> Ints(string name) => TryGet(name, out object? value) && value is EquatableArray<int> items ? items : default;

    public EquatableArray<string?> Texts(string name) => TryGet(name, out object? value) && value is EquatableArray<string?> items ? items : default;

    public bool TryGet(string name, out object? value)
    {
        foreach (Argument argument in Arguments)
        {
            if (string.Equals(argument.Name, name, StringComparison.Ordinal))
            {
                value = argument.Value;
                return true;
            }
        }
        value = null;
        return false;
    }

    public bool Equals(Entry? other) => other is not null
        && ReferenceEquals(Construct, other.Construct)
        && Block == other.Block && Part == other.Part && IsBroken == other.IsBroken && Equals(Unseen, other.Unseen)
        && Arguments.Equals(other.Arguments);

    public override bool Equals(object? obj) => Equals(obj as Entry);

    public override int GetHashCode() => unchecked((Construct.Name.GetHashCode() * 31) + Arguments.GetHashCode());
}
