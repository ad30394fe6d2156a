using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Dsl.Generator.Networks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Dsl.Generator.Tests.Checking;

/// <summary>DSL110 knows every name that a generated class has: the list is held against what the generator and the base class bring.</summary>
public sealed class GeneratedMembersTests
{
    [Theory]
    [InlineData("[Input(1, 8, 8), Conv2d(2, 3), Flatten, Linear(3)] [CrossEntropy, Adam, Cosine]", "Conv2d1 Linear1")]
    [InlineData("[Input(4), Linear(1)] [Hinge, SGD(0.1)]", "Linear1")]
    [InlineData("[Input(4), Linear(0)] [BinaryCrossEntropy, SGD(0.1)]", "Linear1")]
    [InlineData("[Input(4), Linear(4), Expose(\"Up\", \"Onward\")] [Reconstruction, SGD(0.1)]", "Linear1 Up Onward")]
    [InlineData("[Input(4, Name = \"a\"), Input(4, Name = \"b\"), Linear(4, From = \"a\"), Output(\"Aux\"), Add(\"b\")] [Huber, SGD(0.1)]", "Linear1 aShape bShape AuxShape aBatch bBatch AuxBatch")]
    [InlineData("[Tokens(5, Vocabulary = 4), Embedding(4), GRU(4), Linear(4)] [CrossEntropy, Adam]", "Embedding1 GRU1 Linear1")]
    [InlineData("[Tokens(5, Vocabulary = 4), Embedding(4), GRU(0), Linear(4)] [CrossEntropy, Adam]", "Embedding1 GRU1 Linear1")]
    public void Every_member_is_known(string attributes, string own)
    {
        CSharpCompilation compilation = Compiling.Compile($"using Dsl; [Model] {attributes} partial class M;");
        Generating.Driver(compilation)
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation generated, out ImmutableArray<Diagnostic> _);
        INamedTypeSymbol model = (INamedTypeSymbol)generated.GetSymbolsWithName("M", SymbolFilter.Type).Single();
        // What only the generated part uses is called in a way that a layer or member of that name does not disturb.
        HashSet<string> known = [.. GeneratedMembers.Names.Fixed, .. GeneratedMembers.Hidden, .. own.Split(' '), "Code", "Filled", "Given", "Loaded", "CopyValues", "Program", "GeneratedLayers"];
        IEnumerable<string> unknown = model.GetMembers().Concat(model.BaseType!.GetMembers().Where(IsInherited))
            .Where(member => member.CanBeReferencedByName)
            .Select(member => member.Name)
            .Where(name => !known.Contains(name))
            .Distinct(StringComparer.Ordinal);
        Assert.Equal("", string.Join(" ", unknown));
    }

    [Fact]
    public void Every_name_is_a_member()
    {
        // A causal network has them all.
        Generating run = Generating.Run("[Model, Tokens(5, Vocabulary = 4), Embedding(4), GRU(4), Linear(4)] [CrossEntropy, Adam, Cosine] partial class M;");
        INamedTypeSymbol model = (INamedTypeSymbol)run.After.GetSymbolsWithName("M", SymbolFilter.Type).Single();
        Assert.Equal("", string.Join(" ", GeneratedMembers.Declared.Where(name => model.GetMembers(name).IsEmpty)));
        Assert.Equal("", string.Join(" ", GeneratedMembers.Inherited.Where(name => !model.BaseType!.GetMembers(name).Any(IsInherited))));
        Assert.Equal("", string.Join(" ", GeneratedMembers.Declared.Intersect(GeneratedMembers.Inherited).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void Parts_share_no_member()
    {
        string[] members = [.. ModelKind.Parts.SelectMany(part => part.Members)];
        Assert.Equal(members.Distinct(StringComparer.Ordinal), members);
        Assert.Equal(GeneratedMembers.Declared.Order(StringComparer.Ordinal), members.Order(StringComparer.Ordinal));
    }

    private static bool IsInherited(ISymbol member) =>
        member.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal;
}
