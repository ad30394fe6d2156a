using Dsl.Generator.Declaring;

namespace Dsl.Generator.Pipelines.Facts;

/// <summary>How a row is made of a file's cells: <c>new T(Parameters...) { Settables... }</c>.</summary>
/// <param name="Parameters">The columns that the constructor takes, in its order.</param>
/// <param name="Settables">The columns that are set beside it.</param>
internal sealed record RowConstruction(EquatableArray<string> Parameters, EquatableArray<string> Settables);

/// <summary>The type that <c>Pipeline</c> names.</summary>
/// <param name="CSharp">As C# finds it from anywhere.</param>
/// <param name="Name">As messages show it.</param>
/// <param name="Access">How far members of the pipeline's class that name it may be seen.</param>
/// <param name="IsReference">It is a class, a record class or an interface.</param>
/// <param name="Flaw">Why it can be no row, in words that follow its name (DSL505); else null.</param>
/// <param name="Columns">Its properties: those of the base first.</param>
/// <param name="Construction">How <c>ReadCsv</c> makes one; null where it cannot.</param>
internal sealed record RowType(
    string CSharp, string Name, MemberAccess Access, bool IsReference, string? Flaw, EquatableArray<RowColumn> Columns, RowConstruction? Construction);
