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
        private readonly Form[] forms;
        private readonly Dictionary<string, PropertyInfo> properties;

        public Maker(Type type)
        {
            forms = [.. type.GetConstructors().Select(constructor => new Form(
                constructor,
                [.. constructor.GetParameters().Select(parameter => new Parameter(parameter.Name, parameter.ParameterType, parameter.HasDefaultValue ? parameter.DefaultValue : ValueOf(null, parameter.ParameterType)))]))];
            properties = type.GetProperties().Where(property => property.CanWrite).ToDictionary(property => property.Name, StringComparer.Ordinal);
        }

        public object Make(Entry entry)
        {
            Form form = Array.Find(forms, one => one.Takes(entry)) ?? forms[0];
            object?[] values = new object?[form.Parameters.Length];
            for (int i = 0; i < values.Length; i++)
            {
                Parameter parameter = form.Parameters[i];
                values[i] = entry.TryGet(parameter.Name, out object? written) ? ValueOf(written, parameter.Type) : parameter.Default;
            }

            object attribute = form.Constructor.Invoke(values);
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
            EquatableArray<double> numbers => numbers.ToArray(),
            EquatableArray<string?> texts => texts.ToArray(),
            EquatableArray<AnyValue> any => any.Select(one => one.Value).ToArray(),
            null when type.IsArray => Array.CreateInstance(type.GetElementType(), 0),
            null => type.IsValueType ? Activator.CreateInstance(type) : null,
            _ when type.IsEnum => Enum.ToObject(type, value),
            _ => value,
        };

        // Read once: reflection goes to the assembly's metadata for a default each time that it is asked.
        private sealed record Form(ConstructorInfo Constructor, Parameter[] Parameters)
        {
            /// <summary>Of several constructors the one whose arrays are arrays as written.</summary>
            public bool Takes(Entry entry) => Parameters.All(parameter => !entry.TryGet(parameter.Name, out object? written) || written is null || parameter.Type.IsArray == written.GetType().IsGenericType);
        }

        private sealed record Parameter(string Name, Type Type, object? Default);
    }
}
