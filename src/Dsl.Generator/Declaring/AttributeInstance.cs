using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;

namespace Dsl.Generator.Declaring;

/// <summary>
/// Makes the attribute that was written, as C# would: the attribute classes are linked into the compiler, so what is not written has the attribute's
/// own default, and there is no second place where a default stands.
/// </summary>
internal static class AttributeInstance
{
    private static readonly ConcurrentDictionary<Type, Maker> Makers = new();

    /// <summary>The attribute with the written arguments; those that its constructor or properties do not take are passed over.</summary>
    public static T Of<T>(Entry entry)
        where T : Attribute => (T)Makers.GetOrAdd(typeof(T), type => new Maker(type)).Make(entry);

    private sealed class Maker
    {
        private readonly ConstructorInfo constructor;
        private readonly Parameter[] parameters;
        private readonly Dictionary<string, PropertyInfo> properties;

        public Maker(Type type)
        {
            constructor = type.GetConstructors().Single();
            parameters = [.. constructor.GetParameters().Select(parameter => new Parameter(parameter.Name, parameter.ParameterType, parameter.HasDefaultValue ? parameter.DefaultValue : ValueOf(null, parameter.ParameterType)))];
            properties = type.GetProperties().Where(property => property.CanWrite).ToDictionary(property => property.Name, StringComparer.Ordinal);
        }

        public object Make(Entry entry)
        {
            object?[] values = new object?[parameters.Length];
            for (int i = 0; i < values.Length; i++)
            {
                Parameter parameter = parameters[i];
                values[i] = entry.TryGet(parameter.Name, out object? written) ? ValueOf(written, parameter.Type) : parameter.Default;
            }

            object attribute = constructor.Invoke(values);
            foreach (Argument argument in entry.Arguments)
            {
                if (properties.TryGetValue(argument.Name, out PropertyInfo property))
                    property.SetValue(attribute, ValueOf(argument.Value, property.PropertyType));
            }

            return attribute;
        }

        private static object? ValueOf(object? value, Type type) => value switch
        {
            EquatableArray<int> numbers => numbers.ToArray(),
            EquatableArray<string?> texts => texts.ToArray(),
            null when type == typeof(int[]) => Array.Empty<int>(),
            null when type == typeof(string[]) => Array.Empty<string>(),
            null => type.IsValueType ? Activator.CreateInstance(type) : null,
            _ when type.IsEnum => Enum.ToObject(type, value),
            _ => value,
        };

        // Read once: reflection goes to the assembly's metadata for a default each time that it is asked.
        private sealed record Parameter(string Name, Type Type, object? Default);
    }
}
