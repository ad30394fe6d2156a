using System.Collections.Generic;
using Dsl.Generator.Declaring;
using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Spark;

/// <summary>What a class must be like to get generated members beside its marked methods (DSL404).</summary>
internal static class SparkClass
{
    /// <summary>What generated code derives from: without it nothing is generated (DSL405).</summary>
    private const string Seam = "Dsl.Spark.Executors.ColumnFunction";

    /// <summary>Whether the compilation has the library that executors work with.</summary>
    public static bool HasSpark(Compilation compilation) => compilation.GetTypeByMetadataName(Seam) is not null;

    /// <summary>Why C# would reject a generated part of the class, in words that follow its name; or null.</summary>
    public static string? ProblemOf(INamedTypeSymbol symbol, Compilation compilation)
    {
        if (!ClassShape.IsPartial(symbol, isMerged: true))
            return "must be partial, so that a method over columns can be generated beside the marked one";
        string? own = symbol.TypeKind == TypeKind.Interface ? "must be a class or a struct"
            : HasMark(symbol) ? "is a network: put the method into a class of its own"
            : null;
        return ClassShape.PartProblemOf(symbol, compilation, "must not be generic: Spark's executors could not make it", own);
    }

    /// <summary>The marked methods of a class, in the order in which they stand.</summary>
    public static IEnumerable<(IMethodSymbol Method, AttributeData Mark)> MarkedMethods(INamedTypeSymbol symbol)
    {
        foreach (ISymbol member in symbol.GetMembers())
        {
            if (member is IMethodSymbol method && FunctionReader.MarkOf(method) is { } mark)
                yield return (method, mark);
        }
    }

    private static bool HasMark(INamedTypeSymbol symbol)
    {
        foreach (AttributeData attribute in symbol.GetAttributes())
        {
            if (DeclarationKinds.Own.IsMark(attribute))
                return true;
        }

        return false;
    }
}
