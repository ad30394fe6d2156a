using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Dsl.Generator.Declaring;
using Dsl.Generator.Networks;
using Dsl.Generator.Networks.Layers;
using Xunit;

namespace Dsl.Generator.Tests.Checking;

/// <summary>Arguments as records: every argument of every attribute arrives, and what is not written is what the attribute says.</summary>
public sealed class OptionsTests
{
    // What says where an attribute stands in its network, and is no option of what it computes.
    private static readonly HashSet<string> Placing = new(StringComparer.Ordinal) { "Name", "From", "Trainable", "TypeId" };

    public static TheoryData<string> Constructs => [.. new ModelKind().Constructs.All.Where(one => one is not UnknownLayer).Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Constructs))]
    public void Every_argument_changes_the_options(string name)
    {
        Type attribute = AttributeOf(name);
        Construct construct = new ModelKind().Constructs.Find(name + "Attribute")!;
        ConstructorInfo constructor = attribute.GetConstructors().Single();
        Argument[] positional = [.. constructor.GetParameters().Select(parameter => new Argument(parameter.Name!, Value(parameter.ParameterType, 3)))];
        object? plain = construct.ReadOptions(EntryOf(construct, positional));
        object made = Activator.CreateInstance(attribute, [.. positional.Select((one, i) => Plain(one.Value, constructor.GetParameters()[i].ParameterType))])!;
        for (int i = 0; i < positional.Length; i++)
        {
            Argument[] other = [.. positional];
            other[i] = new Argument(positional[i].Name, Value(constructor.GetParameters()[i].ParameterType, 5));
            Assert.NotEqual(plain, construct.ReadOptions(EntryOf(construct, other)));
        }

        foreach (PropertyInfo property in Named(attribute))
            Assert.NotEqual(plain, construct.ReadOptions(EntryOf(construct, [.. positional, new Argument(property.Name, Value(property.PropertyType, 5, property.GetValue(made)))])));
    }

    [Theory]
    [MemberData(nameof(Constructs))]
    public void What_is_not_written_is_the_attributes_default(string name)
    {
        Type attribute = AttributeOf(name);
        Construct construct = new ModelKind().Constructs.Find(name + "Attribute")!;
        ParameterInfo[] parameters = attribute.GetConstructors().Single().GetParameters();
        Argument[] positional = [.. parameters.Select(parameter => new Argument(parameter.Name!, parameter.HasDefaultValue ? parameter.DefaultValue : Value(parameter.ParameterType, 3)))];
        Argument[] required = [.. positional.Where((_, i) => !parameters[i].HasDefaultValue)];
        object made = Activator.CreateInstance(attribute, [.. positional.Select((one, i) => Plain(one.Value, parameters[i].ParameterType))])!;

        // A size or bound that is 0 stands for "not given", so written out it is another declaration.
        Argument[] named = [.. Named(attribute)
            .Where(property => property.GetValue(made) is not 0 and not 0L and not 0.0)
            .Select(property => new Argument(property.Name, property.PropertyType.IsEnum ? Convert.ToInt32(property.GetValue(made)) : property.GetValue(made)))];
        Assert.Equal(construct.ReadOptions(EntryOf(construct, [.. positional, .. named])), construct.ReadOptions(EntryOf(construct, required)));
    }

    [Fact]
    public void Options_are_made_once()
    {
        Entry entry = EntryOf(new ModelKind().Constructs.Find("LinearAttribute")!, [new Argument("features", 3)]);
        Assert.Same(entry.Options<LinearOptions>(), entry.Options<LinearOptions>());
    }

    private static Type AttributeOf(string name)
    {
        Type? attribute = typeof(Construct).Assembly.GetType($"Dsl.{name}Attribute") ?? typeof(Construct).Assembly.GetType($"Dsl.{name}Attribute`1")?.MakeGenericType(typeof(object));
        return attribute ?? throw new InvalidOperationException($"There is no attribute {name}.");
    }

    private static IEnumerable<PropertyInfo> Named(Type attribute) => attribute.GetProperties().Where(property => property.CanWrite && !Placing.Contains(property.Name));

    private static Entry EntryOf(Construct construct, Argument[] arguments) =>
        new(construct, new EquatableArray<Argument>(arguments), Entry.NoBlock, part: 0, isBroken: false);

    /// <summary>A value that differs by the number; of a bool, the other than the default.</summary>
    private static object Value(Type type, int number, object? otherwise = null) => type == typeof(int) ? number
        : type == typeof(long) ? (long)number
        : type == typeof(double) ? number / 8.0
        : type == typeof(bool) ? otherwise is not true
        : type == typeof(string) ? "n" + number
        : type == typeof(int[]) ? new EquatableArray<int>(number, 2)
        : type == typeof(string[]) ? new EquatableArray<string?>("n" + number)
        : type.IsEnum ? number
        : throw new InvalidOperationException(type.Name);

    private static object? Plain(object? value, Type type) => value switch
    {
        EquatableArray<int> numbers => numbers.ToArray(),
        EquatableArray<string?> texts => texts.ToArray(),
        _ when type.IsEnum && value is int number => Enum.ToObject(type, number),
        _ => value,
    };
}
