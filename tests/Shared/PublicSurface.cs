using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using Xunit;

namespace Dsl.Tests;

/// <summary>What of an assembly is public, as text: a header a type, a line a member, both in ordinal order.</summary>
internal static class PublicSurface
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    /// <summary>Whether editors do not offer it.</summary>
    public static bool IsHidden(MemberInfo member) => member.GetCustomAttribute<EditorBrowsableAttribute>(inherit: false)?.State == EditorBrowsableState.Never;

    /// <summary>Compares with <c>PublicSurface.verified.txt</c> beside the calling test, or writes it where DSL_UPDATE=1 is in the environment.</summary>
    /// <param name="parts">What the text says, part by part.</param>
    /// <param name="test">The calling source.</param>
    public static void Verify(IEnumerable<(string Title, IEnumerable<Type> Types)> parts, [CallerFilePath] string test = "")
    {
        string folder = Path.GetDirectoryName(test)!;
        string verified = Path.Combine(folder, "PublicSurface.verified.txt");
        string received = Path.Combine(folder, "PublicSurface.received.txt");
        string surface = string.Concat(parts.Select(part => Part(part.Title, part.Types)));
        File.Delete(received);
        if (Environment.GetEnvironmentVariable("DSL_UPDATE") == "1")
            File.WriteAllText(verified, surface);
        if (File.Exists(verified) && File.ReadAllText(verified).Replace("\r\n", "\n", StringComparison.Ordinal) == surface)
            return;
        File.WriteAllText(received, surface);
        Assert.Fail($"The public surface differs from its verified text; see {received}, and run with DSL_UPDATE=1 to take it over.");
    }

    private static string Part(string title, IEnumerable<Type> types)
    {
        StringBuilder text = new();
        text.Append("# ").Append(title).Append('\n');
        foreach (Type type in types.OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append('\n').Append(Header(type)).Append('\n');
            foreach (string line in Members(type).Order(StringComparer.Ordinal))
                text.Append("    ").Append(line).Append('\n');
        }

        return text.Append('\n').ToString();
    }

    private static string Header(Type type)
    {
        string kind = type.IsEnum ? "enum" : IsDelegate(type) ? "delegate" : type.IsInterface ? "interface" : type.IsValueType ? (type.IsByRefLike ? "ref struct" : "struct")
            : type.IsAbstract && type.IsSealed ? "static class" : type.IsAbstract ? "abstract class" : type.IsSealed ? "sealed class" : "class";
        IEnumerable<Type> bases = type.BaseType is { } ancestor && ancestor != typeof(object) && ancestor != typeof(ValueType) && ancestor != typeof(Enum) && !IsDelegate(type) ? [ancestor] : [];
        string[] above = [.. bases.Concat(type.IsEnum || IsDelegate(type) ? [] : type.GetInterfaces().Where(one => one.IsVisible).Except(type.BaseType?.GetInterfaces() ?? []).OrderBy(one => one.Name, StringComparer.Ordinal)).Select(Name)];
        return $"{kind} {(type.DeclaringType is { } outer ? Name(outer) + "." : "")}{Name(type)}{(above.Length > 0 ? " : " + string.Join(", ", above) : "")}";
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
            return Enum.GetNames(type).Select(name => $"{name} = {Convert.ToInt64(Enum.Parse(type, name), null)}");
        if (IsDelegate(type))
            return [Line(type.GetMethod("Invoke")!)!];
        return type.GetMembers(Declared).Where(member => !member.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)).Select(Line).OfType<string>();
    }

    private static bool IsDelegate(Type type) => type.IsSubclassOf(typeof(Delegate));

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
            return $"{Name(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        if (Nullable.GetUnderlyingType(type) is { } value)
            return Name(value) + "?";
        string plain = type.Name.Split('`')[0] switch
        {
            "Byte" => "byte",
            "Char" => "char",
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
