using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text;

namespace Dsl.Spark.Types;

/// <summary>A column of a schema, or a field of a struct.</summary>
/// <param name="Name">Its name.</param>
/// <param name="DataType">What its values are.</param>
/// <param name="IsNullable">Whether it may be null.</param>
public sealed record StructField(string Name, DataType DataType, bool IsNullable = true);

/// <summary>Named fields in an order: the type of a struct, and the schema of a table.</summary>
public sealed record StructType : DataType
{
    /// <summary>A type of these fields.</summary>
    /// <param name="fields">The fields in order.</param>
    public StructType(IEnumerable<StructField> fields) => Fields = [.. fields];

    /// <summary>A type of these fields.</summary>
    /// <param name="fields">The fields in order.</param>
    public StructType(params StructField[] fields)
        : this((IEnumerable<StructField>)fields)
    {
    }

    /// <summary>The fields in order.</summary>
    public ImmutableArray<StructField> Fields { get; }

    /// <summary>The names in order.</summary>
    public IEnumerable<string> Names => Fields.Select(one => one.Name);

    /// <inheritdoc/>
    public override string SimpleString => $"struct<{string.Join(",", Fields.Select(one => $"{one.Name}:{one.DataType}"))}>";

    /// <summary>The place of the first field of that name, or -1. Names differ by case.</summary>
    /// <param name="name">The name.</param>
    public int IndexOf(string name)
    {
        for (int i = 0; i < Fields.Length; i++)
        {
            if (string.Equals(Fields[i].Name, name, StringComparison.Ordinal))
                return i;
        }

        return -1;
    }

    /// <summary>The schema as <c>printSchema</c> of Spark shows it.</summary>
    public string ToTreeString()
    {
        StringBuilder text = new("root\n");
        Add(text, this, "");
        return text.ToString();
    }

    /// <inheritdoc/>
    public bool Equals(StructType? other) => other is not null && Fields.AsSpan().SequenceEqual(other.Fields.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (StructField field in Fields)
            hash.Add(field);
        return hash.ToHashCode();
    }

    private static void Add(StringBuilder text, StructType type, string indent)
    {
        foreach (StructField field in type.Fields)
        {
            text.Append(indent).Append(" |-- ").Append(field.Name).Append(": ");
            Add(text, field.DataType, field.IsNullable, "nullable", indent + " |   ");
        }
    }

    private static void Add(StringBuilder text, DataType type, bool isNullable, string word, string indent)
    {
        string name = type switch { StructType => "struct", ArrayType => "array", MapType => "map", _ => type.SimpleString };
        text.Append(name).Append(" (").Append(word).Append(" = ").Append(isNullable ? "true" : "false").Append(")\n");
        switch (type)
        {
            case StructType nested:
                Add(text, nested, indent);
                break;
            case ArrayType array:
                text.Append(indent).Append(" |-- element: ");
                Add(text, array.ElementType, array.ContainsNull, "containsNull", indent + " |   ");
                break;
            case MapType map:
                text.Append(indent).Append(" |-- key: ");
                Add(text, map.KeyType, isNullable: false, "nullable", indent + " |   ");
                text.Append(indent).Append(" |-- value: ");
                Add(text, map.ValueType, map.ValueContainsNull, "valueContainsNull", indent + " |   ");
                break;
        }
    }
}
