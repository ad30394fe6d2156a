using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using Dsl.Generator.Declaring;
using Dsl.Generator.Declaring.Writing;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Emitting;

/// <summary>Options of attributes as C#.</summary>
internal static class Values
{
    // Reflection makes its list anew for whoever asks.
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Properties = new();

    /// <summary>Whether a stage has an option.</summary>
    public static bool Has(Entry entry, string option) => PropertyOf(entry, option) is not null;

    /// <summary>An option: as written, else the attribute's default.</summary>
    public static object? Of(Entry entry, string option)
    {
        PropertyInfo property = PropertyOf(entry, option) ?? throw new InvalidOperationException($"{entry.Construct.Name} has no {option}.");
        return property.GetValue(entry.Options<Attribute>());
    }

    /// <summary>An option's type.</summary>
    public static string TypeOf(Entry entry, string option) => PropertyOf(entry, option)!.PropertyType is var type && type.IsEnum ? "global::" + type.FullName
        : type == typeof(double) ? "double"
        : type == typeof(int) ? "int"
        : type == typeof(long) ? "long"
        : type == typeof(ulong) ? "ulong"
        : type == typeof(bool) ? "bool"
        : "string";

    /// <summary>What a point of a grid calls an option of that type.</summary>
    public static string GridKind(Entry entry, string option) => TypeOf(entry, option) switch
    {
        "double" => "Number",
        "int" or "long" => "Whole",
        "ulong" => "Unsigned",
        "bool" => "Flag",
        "string" => "Text",
        _ => "Enum",
    };

    /// <summary>A value as a literal.</summary>
    public static string Text(object? value) => value switch
    {
        null => "null",
        bool flag => Literal.Bool(flag),
        double number => double.IsNaN(number) ? "double.NaN" : double.IsInfinity(number) ? number > 0 ? "double.PositiveInfinity" : "double.NegativeInfinity" : Literal.Double(number),
        int number => Literal.Int(number),
        long number => number == long.MaxValue ? "long.MaxValue" : Literal.Int(number) + "L",
        ulong number => number == 0 ? "0" : number.ToString(CultureInfo.InvariantCulture) + "UL",
        string text => Literal.Quoted(text),
        Enum member => Enum.IsDefined(member.GetType(), member) ? $"global::{member.GetType().FullName}.{member}" : $"(global::{member.GetType().FullName})({Convert.ToInt64(member, CultureInfo.InvariantCulture)})",
        Array values => "[" + string.Join(", ", values.Cast<object?>().Select(Text)) + "]",
        _ => throw new InvalidOperationException($"{value.GetType()} is no option's type."),
    };

    /// <summary>A value as files have it, in invariant text.</summary>
    public static string Written(object? value) => value switch
    {
        null => "",
        bool flag => Literal.Bool(flag),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        Array values => string.Join(", ", values.Cast<object?>().Select(Written)),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    /// <summary>All arguments of a stage with what they are, defaults too; without its name.</summary>
    public static IEnumerable<(string Option, object? Value)> All(Entry entry) => PropertiesOf(entry)
        .Where(property => property.Name is not ("TypeId" or "Name") && property.CanRead)
        .Select(property => (property.Name, property.GetValue(entry.Options<Attribute>())))!;

    private static PropertyInfo? PropertyOf(Entry entry, string option) => Array.Find(PropertiesOf(entry), property => property.Name == option);

    /// <summary>By name.</summary>
    private static PropertyInfo[] PropertiesOf(Entry entry) =>
        Properties.GetOrAdd(((StageRule)entry.Construct).AttributeType, static type => [.. type.GetProperties().OrderBy(property => property.Name, StringComparer.Ordinal)]);
}
