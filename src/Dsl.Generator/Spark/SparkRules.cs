using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Dsl.Generator.Declaring;
using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Spark;

/// <summary>What must hold of a class with methods that Spark's executors are to call (DSL401-405).</summary>
internal static class SparkRules
{
    /// <summary>Every diagnostic of this folder that is no network's too.</summary>
    public static ImmutableArray<DiagnosticDescriptor> Diagnostics { get; } =
        [Descriptors.NoColumn, Descriptors.WrongFunction, Descriptors.NullableMismatch, Descriptors.WrongFunctionClass, Descriptors.NoSpark];

    /// <summary>All that is wrong with a type's marked methods, and with the type because of them.</summary>
    /// <param name="symbol">Any type.</param>
    /// <param name="compilation">Where it stands.</param>
    public static IReadOnlyList<SparkFlaw> Check(INamedTypeSymbol symbol, Compilation compilation)
    {
        List<SparkFlaw>? flaws = null;
        foreach ((IMethodSymbol method, AttributeData mark) in SparkClass.MarkedMethods(symbol))
        {
            if (flaws is null)
            {
                flaws = [];
                if (SparkClass.ProblemOf(symbol, compilation) is { } problem)
                    flaws.Add(new SparkFlaw(Descriptors.WrongFunctionClass, symbol.Locations[0], $"{symbol.Name} {problem}"));
            }

            if (!SparkClass.HasSpark(compilation))
            {
                Location? place = mark.ApplicationSyntaxReference?.GetSyntax().GetLocation();
                flaws.Add(new SparkFlaw(Descriptors.NoSpark, place ?? method.Locations[0], $"{symbol.Name}.{method.Name} is marked for Spark, but the project does not reference Dsl.Spark"));
                continue;
            }

            IReadOnlyList<SparkFlaw> own = mark.AttributeClass is { Name: nameof(SparkMapAttribute) }
                ? MapReader.Read(method, mark, compilation).Flaws
                : UdfReader.Read(method, mark, compilation).Flaws;
            flaws.AddRange(own.Where(flaw => flaw.Message.Length > 0));
        }

        return flaws ?? [];
    }
}
