using System.Collections.Generic;
using System.Globalization;
using Dsl.Spark.Protocol;
using Dsl.Spark.Types;

namespace Dsl.Spark.Sql;

/// <summary>Tables from files and from the catalog: <c>spark.Read.Option("header", true).Csv("people.csv")</c>. Paths are the cluster's.</summary>
public sealed class DataFrameReader
{
    private readonly SparkSession session;
    private readonly bool isStreaming;
    private readonly Dictionary<string, string> options = [];
    private string? format;
    private string? schema;

    internal DataFrameReader(SparkSession session, bool isStreaming = false)
    {
        this.session = session;
        this.isStreaming = isStreaming;
    }

    /// <summary>The form of the files.</summary>
    /// <param name="source">Such as <c>parquet</c>.</param>
    public DataFrameReader Format(string source)
    {
        format = source;
        return this;
    }

    /// <summary>What the files have; without it Spark looks into them.</summary>
    /// <param name="type">Names and types.</param>
    public DataFrameReader Schema(StructType type)
    {
        schema = SchemaJson.Write(type);
        return this;
    }

    /// <inheritdoc cref="Schema(StructType)"/>
    /// <param name="ddl">Names and types as SQL has them: <c>id BIGINT, name STRING</c>.</param>
    public DataFrameReader Schema(string ddl)
    {
        schema = ddl;
        return this;
    }

    /// <summary>An option of the form (https://spark.apache.org/docs/latest/sql-data-sources.html).</summary>
    /// <param name="key">Its name.</param>
    /// <param name="value">Its value.</param>
    public DataFrameReader Option(string key, string value)
    {
        options[key] = value;
        return this;
    }

    /// <inheritdoc cref="Option(string, string)"/>
    public DataFrameReader Option(string key, bool value) => Option(key, value ? "true" : "false");

    /// <inheritdoc cref="Option(string, string)"/>
    public DataFrameReader Option(string key, long value) => Option(key, value.ToString(CultureInfo.InvariantCulture));

    /// <inheritdoc cref="Option(string, string)"/>
    public DataFrameReader Option(string key, double value) => Option(key, value.ToString("R", CultureInfo.InvariantCulture));

    /// <summary>Options of the form.</summary>
    /// <param name="values">Their values by name.</param>
    public DataFrameReader Options(IReadOnlyDictionary<string, string> values)
    {
        foreach ((string key, string value) in values)
            options[key] = value;
        return this;
    }

    /// <summary>The files.</summary>
    /// <param name="paths">Files or folders; none where the form has its own way to say where.</param>
    public DataFrame Load(params string[] paths)
    {
        Read.Types.DataSource source = new();
        if (format is not null)
            source.Format = format;
        if (schema is not null)
            source.Schema = schema;
        source.Options.Add(options);
        source.Paths.AddRange(paths);
        return new DataFrame(session, new Relation { Read = new Read { DataSource = source, IsStreaming = isStreaming } }, []);
    }

    /// <summary>Files of Parquet.</summary>
    /// <param name="paths">Files or folders.</param>
    public DataFrame Parquet(params string[] paths) => Format("parquet").Load(paths);

    /// <summary>Files of values behind commas.</summary>
    /// <param name="paths">Files or folders.</param>
    public DataFrame Csv(params string[] paths) => Format("csv").Load(paths);

    /// <summary>Files with an object of JSON a line.</summary>
    /// <param name="paths">Files or folders.</param>
    public DataFrame Json(params string[] paths) => Format("json").Load(paths);

    /// <summary>Files of ORC.</summary>
    /// <param name="paths">Files or folders.</param>
    public DataFrame Orc(params string[] paths) => Format("orc").Load(paths);

    /// <summary>The lines of files, as <c>value</c>.</summary>
    /// <param name="paths">Files or folders.</param>
    public DataFrame Text(params string[] paths) => Format("text").Load(paths);

    /// <summary>A table or view of the catalog.</summary>
    /// <param name="tableName">Its name.</param>
    public DataFrame Table(string tableName)
    {
        Read.Types.NamedTable table = new() { UnparsedIdentifier = tableName };
        table.Options.Add(options);
        return new DataFrame(session, new Relation { Read = new Read { NamedTable = table, IsStreaming = isStreaming } }, []);
    }
}
