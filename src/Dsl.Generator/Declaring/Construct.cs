namespace Dsl.Generator.Declaring;

/// <summary>
/// What one attribute of the language means: a layer, a loss, an optimizer, a schedule, an input, a marker. One class, one file, one
/// stateless instance; found by the attribute's name in the table of its kind, so that adding one touches no other file.
/// </summary>
internal abstract class Construct
{
    /// <summary>The attribute's name as a user writes it: <c>Conv2d</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Layers, inputs and markers have an order; a loss, an optimizer, a schedule and a budget may stand anywhere.</summary>
    public virtual bool HasOrder => false;

    /// <summary>Names the declaration's members rather than computing anything: looked at even where a rule of another construct has thrown.</summary>
    public virtual bool OnlyNames => false;

    /// <summary>Whether its type argument may be a class of that kind, whose declaration is then read along.</summary>
    public virtual bool Embeds(DeclarationKind kind) => false;

    /// <summary>Its type argument is a layer that the user wrote.</summary>
    public virtual bool TakesOwnLayer => false;

    /// <summary>Its type argument is a class whose kind looks at it among its facts.</summary>
    public virtual bool NamesType => false;

    /// <summary>The arguments as one record, what is not written filled in from the attribute; null of a construct without arguments of its own.</summary>
    public virtual object? ReadOptions(Entry entry) => null;

    /// <summary>Checks the ranges of the arguments (DSL202); at most the first flaw is kept.</summary>
    public virtual void CheckArguments(Site site)
    {
    }
}
