using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Declaring;

/// <summary>What a network knows of a struct that a user marked <c>[Layer]</c>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="FullName">Its name as C# finds it from anywhere: <c>global::Mine.Swish</c>.</param>
/// <param name="Features">Length of an output row; 0: that of the input row.</param>
/// <param name="ParameterCount">Number of parameters.</param>
/// <param name="Problem">What is wrong with it, in words that follow a layer's name; null where nothing is.</param>
internal sealed record OwnLayer(string Name, string FullName, int Features, int ParameterCount, string? Problem);

/// <summary>All that the generated part of such a struct is made of, as plain values.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Namespace">Its namespace with dots, empty in the global one.</param>
/// <param name="ContainingTypes">The types it is nested in, outermost first.</param>
/// <param name="Features">Length of an output row; 0: that of the input row.</param>
/// <param name="ParameterCount">Number of parameters.</param>
/// <param name="HasInitialize">It gives its parameters' first values.</param>
/// <param name="IsWrong">Its methods cannot be called, so that what calls them throws.</param>
internal sealed record OwnLayerPart(
    string Name, string Namespace, EquatableArray<ContainingType> ContainingTypes, int Features, int ParameterCount, bool HasInitialize, bool IsWrong)
{
    /// <summary>Namespace, containing types and name with dots.</summary>
    public string FullName => new Declaration { Name = Name, Namespace = Namespace, ContainingTypes = ContainingTypes }.FullName;
}

/// <summary>Something that is wrong with such a struct, and where.</summary>
/// <param name="Descriptor">Which diagnostic.</param>
/// <param name="Location">The struct's or a member's name, or an argument; null of a struct of another assembly.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="IsOfForm">C# would reject a generated part.</param>
internal sealed record OwnLayerFlaw(DiagnosticDescriptor Descriptor, Location? Location, string Message, bool IsOfForm);

/// <summary>A struct that a user marked <c>[Layer]</c>, read and checked.</summary>
internal sealed record OwnLayerReading(INamedTypeSymbol Symbol, int Features, int ParameterCount, bool HasInitialize, IReadOnlyList<OwnLayerFlaw> Flaws);
