using System.Linq;
using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Checking;
using Dsl.Generator.Networks.Graph;
using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Tests;

using Network = Dsl.Generator.Networks.Graph.Network; // nearer than the runtime's Dsl.Network

/// <summary>Reads declarations without the analyzer around them.</summary>
internal static class Reading
{
    /// <summary>The network of a model with these attributes.</summary>
    public static Network Network(string attributes) => NetworkChecker.Check(Declaration($"using Dsl; [Model] {attributes} partial class M;"));

    /// <summary>The declaration of class <c>M</c>.</summary>
    public static Declaration Declaration(params string[] sources) => Declaration(Compiling.Compile(sources));

    public static Declaration Declaration(Compilation compilation)
    {
        INamedTypeSymbol symbol = (INamedTypeSymbol)compilation.GetSymbolsWithName("M", SymbolFilter.Type).Single();
        return DeclarationReader.Read(symbol, compilation, sources: null, output: null, default);
    }
}
