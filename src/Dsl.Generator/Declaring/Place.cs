namespace Dsl.Generator.Declaring;

internal enum PlaceKind
{
    /// <summary>The identifier of the class.</summary>
    ClassName,

    /// <summary>The <c>Model</c> or <c>Block</c> attribute.</summary>
    Mark,

    /// <summary>An attribute from its name to its closing parenthesis.</summary>
    Attribute,

    /// <summary>The value of an argument, without <c>Name =</c>; the attribute where it is not written.</summary>
    Argument,

    /// <summary>The type argument of a generic attribute.</summary>
    TypeArgument,

    /// <summary>The identifier of a member that the user wrote.</summary>
    Member,

    /// <summary>The identifiers of the containing types that are not partial.</summary>
    Containers,

    /// <summary>The type argument of the mark.</summary>
    MarkTypeArgument,

    /// <summary>The identifier of a parameter of a method that the user wrote.</summary>
    Parameter,

    /// <summary>An attribute on a property of the type that the mark names; the mark's type argument where that has no source here.</summary>
    PropertyAttribute,

    /// <summary>The first argument of such an attribute.</summary>
    PropertyArgument,
}

/// <summary>Where a squiggle belongs, in terms of the declaration: the analyzer turns it into a location.</summary>
/// <param name="Kind">What is underlined.</param>
/// <param name="Entry">Ordinal of the attribute in <see cref="Declaration.Entries"/>, or -1.</param>
/// <param name="Name">The argument's or the member's name.</param>
/// <param name="Element">Ordinal within an array argument or of a parameter, or -1.</param>
/// <param name="Annotation">The class of a property's attribute.</param>
internal readonly record struct Place(PlaceKind Kind, int Entry = -1, string? Name = null, int Element = -1, string? Annotation = null)
{
    public static Place ClassName => new(PlaceKind.ClassName);

    public static Place Mark => new(PlaceKind.Mark);

    public static Place Containers => new(PlaceKind.Containers);

    public static Place Attribute(int entry) => new(PlaceKind.Attribute, entry);

    public static Place Argument(int entry, string name, int element = -1) => new(PlaceKind.Argument, entry, name, element);

    public static Place TypeArgument(int entry) => new(PlaceKind.TypeArgument, entry);

    public static Place Member(string name) => new(PlaceKind.Member, Name: name);

    public static Place MarkTypeArgument => new(PlaceKind.MarkTypeArgument);

    public static Place Parameter(string method, int ordinal) => new(PlaceKind.Parameter, Name: method, Element: ordinal);

    public static Place PropertyAttribute(string property, string attribute) => new(PlaceKind.PropertyAttribute, Name: property, Annotation: attribute);

    public static Place PropertyArgument(string property, string attribute) => new(PlaceKind.PropertyArgument, Name: property, Annotation: attribute);
}
