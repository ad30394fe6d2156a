using System.Collections.Generic;
using Dsl.Generator.Declaring;

namespace Dsl.Generator.Spark;

/// <summary>Where a marked method stands, and what stands beside it.</summary>
/// <param name="Method">The method's name.</param>
/// <param name="Class">The class's keyword and name.</param>
/// <param name="Namespace">Its namespace with dots, empty in the global one.</param>
/// <param name="ContainingTypes">The types the class is nested in, outermost first.</param>
/// <param name="FunctionClass">The name of the nested class that runs in executors.</param>
/// <param name="Accessibility">The method's, in C#'s words.</param>
internal sealed record FunctionPlace(
    string Method, ContainingType Class, string Namespace, EquatableArray<ContainingType> ContainingTypes, string FunctionClass, string Accessibility)
{
    /// <summary>Namespace, types and the function's class: what its file is called after.</summary>
    public string FullName => new Declaration { Name = FunctionClass, Namespace = Namespace, ContainingTypes = new([.. ContainingTypes, Class]) }.FullName;

    /// <summary>The class and the method, as messages have them.</summary>
    public string ShortName => $"{Class.Name}.{Method}";
}

/// <summary>All that the generated part of a method marked <c>[SparkUdf]</c> is made of, as plain values.</summary>
/// <param name="Place">Where the method stands.</param>
/// <param name="Parameters">The columns.</param>
/// <param name="Result">What it gives; of a vectorised one, an element. Null where it is wrong.</param>
/// <param name="IsVectorised">It takes whole columns.</param>
/// <param name="IsWrong">The method cannot be called, so that what calls it throws.</param>
/// <param name="Options">What the attribute says.</param>
internal sealed record UdfPart(FunctionPlace Place, EquatableArray<FunctionParameter> Parameters, ColumnValue? Result, bool IsVectorised, bool IsWrong, FunctionOptions Options);

/// <summary>A marked method, read and checked.</summary>
/// <param name="Part">What is generated, a <see cref="UdfPart"/> or a <see cref="MapPart"/>; null where C# would take none.</param>
/// <param name="Flaws">All that is wrong.</param>
internal sealed record FunctionReading<TPart>(TPart? Part, IReadOnlyList<SparkFlaw> Flaws)
    where TPart : class;
