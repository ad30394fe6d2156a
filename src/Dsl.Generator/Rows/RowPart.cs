using System.Collections.Generic;
using Dsl.Generator.Declaring;
using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Rows;

/// <summary>A member of a record that is a column.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">The expression of what it is in a column; empty where it is wrong.</param>
internal sealed record RowMemberPart(string Name, string Value);

/// <summary>All that the generated part of a record marked <c>[SparkRow]</c> is made of, as plain values.</summary>
/// <param name="Type">The record's keyword and name.</param>
/// <param name="Namespace">Its namespace with dots, empty in the global one.</param>
/// <param name="ContainingTypes">The types it is nested in, outermost first.</param>
/// <param name="Mapper">The name of the nested class.</param>
/// <param name="Members">The columns.</param>
/// <param name="IsWrong">There is a member that no column has, so that the mapper throws.</param>
internal sealed record RowPart(ContainingType Type, string Namespace, EquatableArray<ContainingType> ContainingTypes, string Mapper, EquatableArray<RowMemberPart> Members, bool IsWrong)
{
    /// <summary>Namespace, containing types and name with dots.</summary>
    public string FullName => new Declaration { Name = Type.Name, Namespace = Namespace, ContainingTypes = ContainingTypes }.FullName;
}

/// <summary>Something that is wrong with such a record, and where.</summary>
/// <param name="Descriptor">Which diagnostic.</param>
/// <param name="Location">The record's name or a member's type.</param>
/// <param name="Message">What is wrong.</param>
internal sealed record RowFlaw(DiagnosticDescriptor Descriptor, Location Location, string Message);

/// <summary>A marked record, read and checked.</summary>
/// <param name="Part">What is generated; null where C# would take none.</param>
/// <param name="Flaws">All that is wrong.</param>
internal sealed record RowReading(RowPart? Part, IReadOnlyList<RowFlaw> Flaws);
