using System;
using System.Linq;

namespace Dsl.Generator.Declaring;

/// <summary>An argument whose value comes from generated code.</summary>
/// <param name="Name">The parameter's or property's name.</param>
/// <param name="Element">Ordinal in a <c>params</c> array that is written out, or -1.</param>
internal sealed record UnseenArgument(string Name, int Element);

/// <summary>One attribute of a declaration: which construct it is and what was written in its parentheses.</summary>
internal sealed class Entry(
    Construct construct,
    EquatableArray<Argument> arguments,
    int block,
    int part,
    bool isBroken,
    UnseenArgument? unseen = null,
    OwnLayer? own = null,
    string? typeArgument = null) : IEquatable<Entry>
{
    private static readonly bool TrainableByDefault = new UseAttribute<object>().Trainable;

    private object? options;

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

    /// <summary>Of a <c>Custom</c> its type argument, right or wrong; else null.</summary>
    public OwnLayer? Own { get; } = own;

    /// <summary>The full name of the class that it names, where <see cref="Construct.NamesType"/>; else null.</summary>
    public string? TypeArgument { get; } = typeArgument;

    /// <summary>Whether the argument is written, be it with its default.</summary>
    public bool Has(string name) => TryGet(name, out _);

    /// <summary>A text that says where the attribute stands in its network (<c>Name</c>, <c>From</c>), or null where it is not written.</summary>
    public string? Text(string name) => TryGet(name, out object? value) ? value as string : null;

    /// <summary>Texts of an array, or none where it is not written.</summary>
    public EquatableArray<string?> Texts(string name) => TryGet(name, out object? value) && value is EquatableArray<string?> texts ? texts : default;

    /// <summary>What <c>Trainable</c> says; every attribute that has it inherits its default.</summary>
    public bool IsTrainable => TryGet("Trainable", out object? value) && value is bool written ? written : TrainableByDefault;

    /// <summary>What the construct makes of the arguments, the attribute's defaults included: made once, at the first use.</summary>
    public TOptions Options<TOptions>()
        where TOptions : class => (TOptions)(options ??= Construct.ReadOptions(this) ?? throw new InvalidOperationException($"{Construct.Name} has no options."));

    /// <summary>The attribute as it would be at run time.</summary>
    public T Attribute<T>()
        where T : Attribute => AttributeInstance.Of<T>(this);

    /// <summary>The same on another partial declaration.</summary>
    public Entry On(int part) => new(Construct, Arguments, Block, part, IsBroken, Unseen, Own, TypeArgument);

    /// <summary>The same with another value of an argument, be that written or not.</summary>
    /// <param name="name">The argument.</param>
    /// <param name="value">What it is instead.</param>
    public Entry With(string name, object? value) =>
        new(Construct, new EquatableArray<Argument>([.. Arguments.Where(argument => argument.Name != name), new Argument(name, value)]), Block, Part, IsBroken, Unseen, Own, TypeArgument);

    /// <summary>The same as one that the C# compiler rejects.</summary>
    public Entry Rejected() => new(Construct, Arguments, Block, Part, isBroken: true, Unseen, Own, TypeArgument);

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
        && Block == other.Block && Part == other.Part && IsBroken == other.IsBroken && Equals(Unseen, other.Unseen) && Equals(Own, other.Own) && TypeArgument == other.TypeArgument
        && Arguments.Equals(other.Arguments);

    public override bool Equals(object? obj) => Equals(obj as Entry);

    public override int GetHashCode() => unchecked((Construct.Name.GetHashCode() * 31) + Arguments.GetHashCode());
}
