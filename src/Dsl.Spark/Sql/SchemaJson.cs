using System.IO;
using System.Text;
using System.Text.Json;
using Dsl.Spark.Types;

namespace Dsl.Spark.Sql;

/// <summary>A schema in Spark's own JSON, which says of every part whether it may be null, as its DDL does not.</summary>
internal static class SchemaJson
{
    public static string Write(StructType schema)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream))
            Write(json, schema);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Write(Utf8JsonWriter json, DataType type)
    {
        switch (type)
        {
            case StructType fields:
                json.WriteStartObject();
                json.WriteString("type", "struct");
                json.WriteStartArray("fields");
                foreach (StructField field in fields.Fields)
                {
                    json.WriteStartObject();
                    json.WriteString("name", field.Name);
                    Write(json, "type", field.DataType);
                    json.WriteBoolean("nullable", field.IsNullable);
                    json.WriteStartObject("metadata");
                    json.WriteEndObject();
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteEndObject();
                break;
            case ArrayType array:
                json.WriteStartObject();
                json.WriteString("type", "array");
                Write(json, "elementType", array.ElementType);
                json.WriteBoolean("containsNull", array.ContainsNull);
                json.WriteEndObject();
                break;
            case MapType map:
                json.WriteStartObject();
                json.WriteString("type", "map");
                Write(json, "keyType", map.KeyType);
                Write(json, "valueType", map.ValueType);
                json.WriteBoolean("valueContainsNull", map.ValueContainsNull);
                json.WriteEndObject();
                break;
            case VectorType:
                json.WriteStartObject();
                json.WriteString("type", "udt");
                json.WriteString("class", ProtocolTypes.VectorClass);
                json.WriteString("pyClass", ProtocolTypes.PythonVectorClass);
                Write(json, "sqlType", VectorType.Storage);
                json.WriteEndObject();
                break;
            default:
                // Numbers have other names here than in SQL.
                json.WriteStringValue(type switch
                {
                    ByteType => "byte",
                    ShortType => "short",
                    IntegerType => "integer",
                    LongType => "long",
                    _ => type.SimpleString,
                });
                break;
        }
    }

    private static void Write(Utf8JsonWriter json, string name, DataType type)
    {
        json.WritePropertyName(name);
        Write(json, type);
    }
}
