using System;
using System.Linq;
using System.Reflection;
using Dsl.Tests;
using Xunit;

namespace Dsl.Pipelines.Tests;

/// <summary>Everything public of the pipelines' assembly, as it stands in <c>PublicSurface.verified.txt</c>: what users see apart from what only generated code calls.</summary>
public sealed class PublicSurfaceTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    [Fact]
    public void The_public_surface_is_as_verified() => PublicSurface.Verify(
    [
        ("What users call", Types().Where(type => type.Namespace == "Dsl")),
        ("What a fitted stage or model tells", Types().Where(type => type.Namespace != "Dsl" && !PublicSurface.IsHidden(type))),
        ("What only generated code calls", Types().Where(type => type.Namespace != "Dsl" && PublicSurface.IsHidden(type))),
    ]);

    [Fact]
    public void What_only_generated_code_calls_is_hidden_from_editors()
    {
        Type[] open = [.. Types().Where(type => type.Namespace != "Dsl" && !PublicSurface.IsHidden(type))];
        Type[] wrong = [.. open.Where(type => !IsModel(type) && type != typeof(IStageModel<>) && !Array.Exists(open, IsModelOf(type)))];
        Assert.True(wrong.Length == 0, "neither what a fitted stage or model is, nor [EditorBrowsable(Never)]: " + string.Join(", ", wrong.Select(type => type.Name)));
        MethodInfo[] calls = [.. open.SelectMany(type => type.GetMethods(Declared)).Where(method => !method.IsSpecialName && method.Name is not ("Describe" or "ToDebugString") && !PublicSurface.IsHidden(method))];
        Assert.True(calls.Length == 0, "fits, transforms and files are for generated code: " + string.Join(", ", calls.Select(method => $"{method.DeclaringType!.Name}.{method.Name}")));
    }

    private static bool IsModel(Type type) => type.GetInterfaces().Any(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IStageModel<>));

    private static Predicate<Type> IsModelOf(Type ancestor) => type => type.BaseType == ancestor && IsModel(type);

    private static Type[] Types() => typeof(ColumnBatch).Assembly.GetExportedTypes();
}
