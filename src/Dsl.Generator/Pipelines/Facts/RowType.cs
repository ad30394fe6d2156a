using Dsl.Generator.Declaring;

namespace Dsl.Generator.Pipelines.Facts;

/// <summary>From where a type can be seen.</summary>
internal enum Visibility
{
    /// <summary>Within its file.</summary>
    File,

    /// <summary>Within the type around it.</summary>
    Private,

    /// <summary>Within that type, and those of its assembly that derive from it.</summary>
    PrivateProtected,

    /// <summary>Within that type, and all that derive from it.</summary>
    Protected,

    /// <summary>Within its assembly.</summary>
    Internal,

    /// <summary>From everywhere.</summary>
    Public,
}

/// <summary>How a row is made of a file's cells: <c>new T(Parameters...) { Settables... }</c>.</summary>
/// <param name="Parameters">The columns that the constructor takes, in its order.</param>
/// <param name="Settables">The columns that are set beside it.</param>
internal sealed record RowConstruction(EquatableArray<string> Parameters, EquatableArray<string> Settables);

/// <summary>The type that <c>Pipeline</c> names.</summary>
/// <param name="CSharp">As C# finds it from anywhere.</param>
/// <param name="Name">As messages show it.</param>
/// <param name="Visibility">From where it can be seen, with the types around it.</param>
/// <param name="IsReference">It is a class, a record class or an interface.</param>
/// <param name="Flaw">Why it can be no row, in words that follow its name (DSL505); else null.</param>
/// <param name="Columns">Its properties: those of the base first.</param>
/// <param name="Construction">How <c>ReadCsv</c> makes one; null where it cannot.</param>
internal sealed record RowType(
    string CSharp, string Name, Visibility Visibility, bool IsReference, string? Flaw, EquatableArray<RowColumn> Columns, RowConstruction? Construction);
