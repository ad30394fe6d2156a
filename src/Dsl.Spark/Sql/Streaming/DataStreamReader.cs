using System.Collections.Generic;
using Dsl.Spark.Types;

namespace Dsl.Spark.Sql.Streaming;

/// <summary>
/// Tables that go on growing: <c>spark.ReadStream.Schema("id BIGINT, pixels ARRAY&lt;FLOAT&gt;").Parquet("arriving")</c>. Their rows come when a stream over them is started
/// (<see cref="DataFrame.WriteStream"/>). Paths are the cluster's.
/// </summary>
public sealed class DataStreamReader
{
    private readonly DataFrameReader reader;

    internal DataStreamReader(SparkSession session) => reader = new DataFrameReader(session, isStreaming: true);

    /// <inheritdoc cref="DataFrameReader.Format"/>
    /// <param name="source">Such as <c>parquet</c>, <c>kafka</c>, or <c>rate</c>, which makes rows by itself.</param>
    public DataStreamReader Format(string source)
    {
        reader.Format(source);
        return this;
    }

    /// <summary>What the files have; files want it, because those that arrive later are not known yet.</summary>
    /// <param name="type">Names and types.</param>
    public DataStreamReader Schema(StructType type)
    {
        reader.Schema(type);
        return this;
    }

    /// <inheritdoc cref="Schema(StructType)"/>
    /// <param name="ddl">Names and types as SQL has them: <c>id BIGINT, name STRING</c>.</param>
    public DataStreamReader Schema(string ddl)
    {
        reader.Schema(ddl);
        return this;
    }

    /// <summary>An option of the source (https://spark.apache.org/docs/latest/streaming/apis-on-dataframes-and-datasets.html#input-sources).</summary>
    /// <param name="key">Its name, such as <c>maxFilesPerTrigger</c>.</param>
    /// <param name="value">Its value.</param>
    public DataStreamReader Option(string key, string value)
    {
        reader.Option(key, value);
        return this;
    }

    /// <inheritdoc cref="Option(string, string)"/>
    public DataStreamReader Option(string key, bool value)
    {
        reader.Option(key, value);
        return this;
    }

    /// <inheritdoc cref="Option(string, string)"/>
    public DataStreamReader Option(string key, long value)
    {
        reader.Option(key, value);
        return this;
    }

    /// <inheritdoc cref="Option(string, string)"/>
    public DataStreamReader Option(string key, double value)
    {
        reader.Option(key, value);
        return this;
    }

    /// <summary>Options of the source.</summary>
    /// <param name="values">Their values by name.</param>
    public DataStreamReader Options(IReadOnlyDictionary<string, string> values)
    {
        reader.Options(values);
        return this;
    }

    /// <summary>The rows of a source that says otherwise where they come from.</summary>
    public DataFrame Load() => reader.Load();

    /// <summary>The rows of the files in a folder, and of those that arrive there. A file must arrive whole, by being moved into the folder.</summary>
    /// <param name="path">The folder.</param>
    public DataFrame Load(string path) => reader.Load(path);

    /// <summary>Files of Parquet.</summary>
    /// <inheritdoc cref="Load(string)"/>
    public DataFrame Parquet(string path) => Format("parquet").Load(path);

    /// <summary>Files of values behind commas.</summary>
    /// <inheritdoc cref="Load(string)"/>
    public DataFrame Csv(string path) => Format("csv").Load(path);

    /// <summary>Files with an object of JSON a line.</summary>
    /// <inheritdoc cref="Load(string)"/>
    public DataFrame Json(string path) => Format("json").Load(path);

    /// <summary>Files of ORC.</summary>
    /// <inheritdoc cref="Load(string)"/>
    public DataFrame Orc(string path) => Format("orc").Load(path);

    /// <summary>The lines of files, as <c>value</c>; these need no schema.</summary>
    /// <inheritdoc cref="Load(string)"/>
    public DataFrame Text(string path) => Format("text").Load(path);

    /// <summary>What is added to a table of the catalog.</summary>
    /// <param name="tableName">Its name.</param>
    public DataFrame Table(string tableName) => reader.Table(tableName);
}
