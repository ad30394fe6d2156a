using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Dsl.Report;
using Dsl.Tests;
using Xunit;

namespace Dsl.Runtime.Tests;

/// <summary>
/// Everything public of the attributes, the runtime and the pages, as it stands in <c>PublicSurface.verified.txt</c>: what users see apart from what backends and tools see and from
/// what only generated code calls.
/// </summary>
public sealed class PublicSurfaceTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    // Of namespace Dsl.Runtime: what is written by hand against, in a backend of another device or a program that looks into a file of weights.
    private static readonly Type[] ForAuthors =
    [
        typeof(IBackend), typeof(IStartingBackend<>), typeof(IComposingBackend<>), typeof(CpuBackend), typeof(FloatBuffer), typeof(IntBuffer), typeof(TensorLayout), typeof(TensorView), typeof(DropoutKey), typeof(RowLayer),
        typeof(Conv2dShape), typeof(ConvAlgorithm), typeof(LinearShape), typeof(RecurrentCell), typeof(RecurrentShape), typeof(AttentionShape), typeof(AttentionStepShape), typeof(PoolShape), typeof(Permutation), typeof(Epilogue), typeof(UnaryFunction), typeof(ElementLoss), typeof(Regularization),
        typeof(Safetensors), typeof(SafetensorsHeader), typeof(SafetensorsEntry), typeof(INamedTensor), typeof(ArrayTensor),
        typeof(LayerRow), typeof(PortInfo), typeof(ElementType), typeof(LengthMap),
    ];

    [Fact]
    public void The_public_surface_is_as_verified() => PublicSurface.Verify(
    [
        ("What users write: the attributes", Types().Where(type => type.Assembly == typeof(ModelAttribute).Assembly)),
        ("What users call", Types().Where(type => type.Assembly != typeof(ModelAttribute).Assembly && type.Namespace == "Dsl")),
        ("What users call to show it", Types().Where(type => type.Namespace == "Dsl.Report")),
        ("What authors of backends and tools see", Types().Where(type => type.Namespace == "Dsl.Runtime" && !PublicSurface.IsHidden(type))),
        ("What only generated code calls", Types().Where(type => type.Namespace == "Dsl.Runtime" && PublicSurface.IsHidden(type))),
    ]);

    [Fact]
    public void What_only_generated_code_calls_is_hidden_from_editors()
    {
        Type[] runtime = [.. Types().Where(type => type.Namespace == "Dsl.Runtime" && !type.IsNested)];
        Type[] wrong = [.. runtime.Where(type => PublicSurface.IsHidden(type) == ForAuthors.Contains(type))];
        Assert.True(wrong.Length == 0, "either for authors of backends and tools, or [EditorBrowsable(Never)]: " + string.Join(", ", wrong.Select(type => type.Name)));
        MemberInfo[] open = [.. typeof(Network).GetMembers(Declared).Where(member => IsProtected(member) && !PublicSurface.IsHidden(member))];
        Assert.True(open.Length == 0, "a network's protected members are for generated code: " + string.Join(", ", open.Select(member => member.Name)));
    }

    private static IEnumerable<Type> Types() => new[] { typeof(ModelAttribute), typeof(IBackend), typeof(ReportPage) }.SelectMany(one => one.Assembly.GetExportedTypes());

    private static bool IsProtected(MemberInfo member) => member is MethodBase { IsFamily: true, IsSpecialName: false } or ConstructorInfo { IsFamily: true } or PropertyInfo { GetMethod.IsFamily: true };
}
