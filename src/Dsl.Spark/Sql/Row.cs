using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Dsl.Spark.Types;

namespace Dsl.Spark.Sql;

/// <summary>
/// A row. Its values are <c>bool</c>, <c>sbyte</c>, <c>short</c>, <c>int</c>, <c>long</c>, <c>float</c>, <c>double</c>, <c>decimal</c>, <c>string</c>, <c>byte[]</c>, <c>DateOnly</c>,
/// <c>DateTime</c> (of kind Utc for timestamp, Unspecified for timestamp_ntz), arrays of these (of nullable ones where an element is null), <see cref="Row"/> for structs,
/// <c>IReadOnlyDictionary&lt;object, object?&gt;</c> for maps, <c>double[]</c> for vectors, or null.
/// </summary>
public sealed class Row : IEquatable<Row>
{
    private readonly object?[] values;

    /// <summary>A row of these values.</summary>
    /// <param name="schema">Names and types.</param>
    /// <param name="values">A value for each field.</param>
    /// <exception cref="ArgumentException">There are more or fewer values than fields.</exception>
    public Row(StructType schema, params object?[] values)
    {
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(values);
        if (values.Length != schema.Fields.Length)
            throw new ArgumentException($"{values.Length} values are given; the schema has {schema.Fields.Length} fields: {schema}.", nameof(values));
        Schema = schema;
        this.values = values;
    }

    /// <summary>Names and types.</summary>
    public StructType Schema { get; }

    /// <summary>The values in the schema's order.</summary>
    public IReadOnlyList<object?> Values => values;

    /// <summary>How many values there are.</summary>
    public int Count => values.Length;

    /// <summary>A value.</summary>
    /// <param name="index">Its place, from 0.</param>
    public object? this[int index] => index >= 0 && index < values.Length ? values[index] : throw new ArgumentOutOfRangeException(nameof(index), $"There is no value {index}: {Schema} has {Count}.");

    /// <summary>A value.</summary>
    /// <param name="name">The name of its field; the first of that name.</param>
    public object? this[string name] => values[IndexOf(name)];

    /// <summary>Whether a value is null.</summary>
    /// <param name="index">Its place, from 0.</param>
    public bool IsNullAt(int index) => this[index] is null;

    /// <summary>A value as a type.</summary>
    /// <typeparam name="T">Its type; a wider number, or a nullable type, will do. Null where the value is, which a type that cannot be null refuses.</typeparam>
    /// <param name="index">Its place, from 0.</param>
    /// <exception cref="InvalidCastException">The value is of another type.</exception>
    public T Get<T>(int index) => Convert<T>(this[index], index);

    /// <inheritdoc cref="Get{T}(int)"/>
    /// <param name="name">The name of its field; the first of that name.</param>
    public T Get<T>(string name)
    {
        int index = IndexOf(name);
        return Convert<T>(values[index], index);
    }

    /// <inheritdoc/>
    public bool Equals(Row? other) => other is not null && Schema.Equals(other.Schema) && AreEqual(values, other.values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Row);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Schema, values.Length > 0 && values[0] is not Array ? values[0] : null);

    /// <summary>The values as Spark shows them: <c>[1, Ada, null]</c>.</summary>
    public override string ToString() => Show(values);

    private int IndexOf(string name)
    {
        int index = Schema.IndexOf(name);
        return index >= 0 ? index : throw new ArgumentException($"There is no field '{name}'; there are {string.Join(", ", Schema.Names)}.", nameof(name));
    }

    private T Convert<T>(object? value, int index)
    {
        if (value is T wanted)
            return wanted;
        Type type = Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T);
        if (value is null)
            return default(T) is null ? default! : throw Wrong("null", index, typeof(T));
        return Widen(value, type) is T widened ? widened : throw Wrong($"of {value.GetType()}", index, typeof(T));
    }

    /// <summary>The value as a wider type, where nothing is lost by it; else null.</summary>
    private static object? Widen(object value, Type type) => value switch
    {
        sbyte or short or int or long when type == typeof(long) || type == typeof(double) || type == typeof(decimal) => System.Convert.ChangeType(value, type, CultureInfo.InvariantCulture),
        sbyte or short when type == typeof(int) || type == typeof(float) => System.Convert.ChangeType(value, type, CultureInfo.InvariantCulture),
        sbyte small when type == typeof(short) => (short)small,
        float number when type == typeof(double) => (double)number,
        DateTime { Kind: DateTimeKind.Utc } time when type == typeof(DateTimeOffset) => new DateTimeOffset(time),
        float[] numbers when type == typeof(float?[]) => Array.ConvertAll(numbers, one => (float?)one),
        double[] numbers when type == typeof(double?[]) => Array.ConvertAll(numbers, one => (double?)one),
        int[] numbers when type == typeof(int?[]) => Array.ConvertAll(numbers, one => (int?)one),
        long[] numbers when type == typeof(long?[]) => Array.ConvertAll(numbers, one => (long?)one),
        _ => null,
    };

    private InvalidCastException Wrong(string given, int index, Type wanted) => new($"Field '{Schema.Fields[index].Name}' ({Schema.Fields[index].DataType}) is {given} here; {wanted} is wanted.");

    private static bool AreEqual(object? one, object? other) => (one, other) switch
    {
        (Array left, Array right) => left.Length == right.Length && left.Cast<object?>().Zip(right.Cast<object?>()).All(pair => AreEqual(pair.First, pair.Second)),
        (IReadOnlyDictionary<object, object?> left, IReadOnlyDictionary<object, object?> right) =>
            left.Count == right.Count && left.All(pair => right.TryGetValue(pair.Key, out object? value) && AreEqual(pair.Value, value)),
        _ => Equals(one, other),
    };

    private static string Show(object? value) => value switch
    {
        null => "null",
        byte[] bytes => "0x" + System.Convert.ToHexString(bytes),
        Array list => $"[{string.Join(", ", list.Cast<object?>().Select(Show))}]",
        IReadOnlyDictionary<object, object?> map => $"{{{string.Join(", ", map.Select(pair => $"{Show(pair.Key)} -> {Show(pair.Value)}"))}}}",
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
