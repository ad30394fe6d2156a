using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using Dsl.Report;
using Xunit;

namespace Dsl.Runtime.Tests;

using ParameterInfo = System.Reflection.ParameterInfo; // nearer than the runtime's

/// <summary>
/// Everything public of the attributes, the runtime and the pages, as it stands in <c>PublicSurface.verified.txt</c>: what users see apart from what backends and tools see and from
/// what only generated code calls. DSL_UPDATE=1 in the environment writes it anew.
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
    public void The_public_surface_is_as_verified()
    {
        string folder = Path.GetDirectoryName(SourceFile())!;
        string verified = Path.Combine(folder, "PublicSurface.verified.txt");
        string received = Path.Combine(folder, "PublicSurface.received.txt");
        string surface = Describe();
        File.Delete(received);
        if (Environment.GetEnvironmentVariable("DSL_UPDATE") == "1")
            File.WriteAllText(verified, surface);
        if (File.Exists(verified) && File.ReadAllText(verified).Replace("\r\n", "\n", StringComparison.Ordinal) == surface)
            return;
        File.WriteAllText(received, surface);
        Assert.Fail($"The public surface differs from its verified text; see {received}, and run with DSL_UPDATE=1 to take it over.");
    }

    [Fact]
    public void What_only_generated_code_calls_is_hidden_from_editors()
    {
        Type[] runtime = [.. Types().Where(type => type.Namespace == "Dsl.Runtime" && !type.IsNested)];
        Type[] wrong = [.. runtime.Where(type => IsHidden(type) == ForAuthors.Contains(type))];
        Assert.True(wrong.Length == 0, "either for authors of backends and tools, or [EditorBrowsable(Never)]: " + string.Join(", ", wrong.Select(type => type.Name)));
        MemberInfo[] open = [.. typeof(Network).GetMembers(Declared).Where(member => IsProtected(member) && !IsHidden(member))];
        Assert.True(open.Length == 0, "a network's protected members are for generated code: " + string.Join(", ", open.Select(member => member.Name)));
    }

    private static string SourceFile([CallerFilePath] string path = "") => path;

    private static IEnumerable<Type> Types() => new[] { typeof(ModelAttribute), typeof(IBackend), typeof(ReportPage) }.SelectMany(one => one.Assembly.GetExportedTypes());

    private static bool IsHidden(MemberInfo member) => member.GetCustomAttribute<EditorBrowsableAttribute>(inherit: false)?.State == EditorBrowsableState.Never;

    private static bool IsProtected(MemberInfo member) => member is MethodBase { IsFamily: true, IsSpecialName: false } or ConstructorInfo { IsFamily: true } or PropertyInfo { GetMethod.IsFamily: true };

    private static string Describe()
    {
        StringBuilder text = new();
        Append("What users write: the attributes", type => type.Assembly == typeof(ModelAttribute).Assembly);
        Append("What users call", type => type.Assembly != typeof(ModelAttribute).Assembly && type.Namespace == "Dsl");
        Append("What users call to show it", type => type.Namespace == "Dsl.Report");
        Append("What authors of backends and tools see", type => type.Namespace == "Dsl.Runtime" && !IsHidden(type));
        Append("What only generated code calls", type => type.Namespace == "Dsl.Runtime" && IsHidden(type));
        return text.ToString();

        void Append(string title, Func<Type, bool> belongs)
        {
            text.Append("# ").Append(title).Append('\n');
            foreach (Type type in Types().Where(type => belongs(type)).OrderBy(type => type.FullName, StringComparer.Ordinal))
            {
                text.Append('\n').Append(Header(type)).Append('\n');
                foreach (string line in Members(type).Order(StringComparer.Ordinal))
                    text.Append("    ").Append(line).Append('\n');
            }

            text.Append('\n');
        }
    }

    private static string Header(Type type)
    {
        string kind = type.IsEnum ? "enum" : type.IsInterface ? "interface" : type.IsValueType ? (type.IsByRefLike ? "ref struct" : "struct")
            : type.IsAbstract && type.IsSealed ? "static class" : type.IsAbstract ? "abstract class" : type.IsSealed ? "sealed class" : "class";
        IEnumerable<Type> bases = type.BaseType is { } ancestor && ancestor != typeof(object) && ancestor != typeof(ValueType) && ancestor != typeof(Enum) ? [ancestor] : [];
        string[] above = [.. bases.Concat(type.IsEnum ? [] : type.GetInterfaces().Except(type.BaseType?.GetInterfaces() ?? []).OrderBy(one => one.Name, StringComparer.Ordinal)).Select(Name)];
        return $"{kind} {(type.DeclaringType is { } outer ? Name(outer) + "." : "")}{Name(type)}{(above.Length > 0 ? " : " + string.Join(", ", above) : "")}";
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
            return Enum.GetNames(type).Select(name => $"{name} = {Convert.ToInt64(Enum.Parse(type, name), null)}");
        return type.GetMembers(Declared).Where(member => !member.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)).Select(Line).OfType<string>();
    }

    private static string? Line(MemberInfo member) => member switch
    {
        FieldInfo { IsPublic: true } or FieldInfo { IsFamily: true } => Line((FieldInfo)member),
        ConstructorInfo constructor when Access(constructor) is { } access => $"{access}new({Parameters(constructor)})",
        MethodInfo method when Access(method) is { } access && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal)) =>
            $"{access}{(method.IsStatic ? "static " : "")}{(method.IsAbstract && !method.DeclaringType!.IsInterface ? "abstract " : "")}{Name(method.ReturnType)} {method.Name}"
            + $"{(method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "")}({Parameters(method)})",
        PropertyInfo property when property.GetAccessors(nonPublic: true).Select(Access).OfType<string>().FirstOrDefault() is { } access =>
            $"{access}{(property.GetAccessors(true)[0].IsStatic ? "static " : "")}{Name(property.PropertyType)} {property.Name}"
            + $"{(property.GetIndexParameters() is { Length: > 0 } index ? $"[{string.Join(", ", index.Select(Parameter))}]" : "")} {{ {Accessor(property.GetMethod, "get")}{Accessor(property.SetMethod, "set")}}}",
        _ => null,
    };

    private static string Line(FieldInfo field) =>
        $"{(field.IsLiteral ? "const " : field.IsStatic ? "static " : "")}{Name(field.FieldType)} {field.Name}{(field.IsLiteral ? $" = {field.GetRawConstantValue()}" : "")}";

    private static string Accessor(MethodInfo? accessor, string name) => accessor is null || Access(accessor) is not { } access ? ""
        : $"{access}{(accessor.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? "init" : name)}; ";

    private static string? Access(MethodBase method) => method.IsPublic ? "" : method.IsFamily || method.IsFamilyOrAssembly ? "protected " : null;

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter) =>
        $"{(parameter.IsIn ? "in " : parameter.IsOut ? "out " : parameter.ParameterType.IsByRef ? "ref " : "")}{Name(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? $" = {parameter.DefaultValue ?? "null"}" : "")}";

    private static string Name(Type type)
    {
        if (type.IsByRef)
            return Name(type.GetElementType()!);
        if (type.IsArray)
            return Name(type.GetElementType()!) + "[]";
        if (Nullable.GetUnderlyingType(type) is { } value)
            return Name(value) + "?";
        string plain = type.Name.Split('`')[0] switch
        {
            "Single" => "float",
            "Double" => "double",
            "Int32" => "int",
            "Int64" => "long",
            "UInt32" => "uint",
            "UInt64" => "ulong",
            "Boolean" => "bool",
            "String" => "string",
            "Object" => "object",
            "Void" => "void",
            string other => other,
        };
        return type.IsGenericType ? $"{plain}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : plain;
    }
}
