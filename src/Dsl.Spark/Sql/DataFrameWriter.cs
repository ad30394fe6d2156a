using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using Dsl.Spark.Protocol;
using Method = Dsl.Spark.Protocol.WriteOperation.Types.SaveTable.Types.TableSaveMethod;

namespace Dsl.Spark.Sql;

/// <summary>What happens where there is something already.</summary>
public enum SaveMode
{
    /// <summary>An error.</summary>
    ErrorIfExists,

    /// <summary>Rows are added.</summary>
    Append,

    /// <summary>What was there goes.</summary>
    Overwrite,

    /// <summary>Nothing is written.</summary>
    Ignore,
}

/// <summary>Writes a table into files or into the catalog: <c>table.Write.Mode(SaveMode.Overwrite).Parquet("people.parquet")</c>. Paths are the cluster's.</summary>
public sealed class DataFrameWriter
{
    private readonly DataFrame table;
    private readonly WriteOperation operation;

    internal DataFrameWriter(DataFrame table)
    {
        this.table = table;
        operation = new WriteOperation { Input = table.Relation };
    }

    /// <summary>What happens where there is something already; an error unless told otherwise.</summary>
    /// <param name="mode">What.</param>
    public DataFrameWriter Mode(SaveMode mode)
    {
        operation.Mode = mode switch
        {
            SaveMode.Append => WriteOperation.Types.SaveMode.Append,
            SaveMode.Overwrite => WriteOperation.Types.SaveMode.Overwrite,
            SaveMode.Ignore => WriteOperation.Types.SaveMode.Ignore,
            _ => WriteOperation.Types.SaveMode.ErrorIfExists,
        };
        return this;
    }

    /// <inheritdoc cref="Mode(SaveMode)"/>
    /// <param name="mode"><c>error</c>, <c>append</c>, <c>overwrite</c> or <c>ignore</c>.</param>
    public DataFrameWriter Mode(string mode) => Mode(mode switch
    {
        "append" => SaveMode.Append,
        "overwrite" => SaveMode.Overwrite,
        "ignore" => SaveMode.Ignore,
        "error" or "errorifexists" or "default" => SaveMode.ErrorIfExists,
        _ => throw new ArgumentException($"There is no mode '{mode}'; there are error, append, overwrite and ignore.", nameof(mode)),
    });

    /// <summary>The form of the files.</summary>
    /// <param name="source">Such as <c>parquet</c>.</param>
    public DataFrameWriter Format(string source)
    {
        operation.Source = source;
        return this;
    }

    /// <summary>An option of the form (https://spark.apache.org/docs/latest/sql-data-sources.html).</summary>
    /// <param name="key">Its name.</param>
    /// <param name="value">Its value.</param>
    public DataFrameWriter Option(string key, string value)
    {
        operation.Options[key] = value;
        return this;
    }

    /// <inheritdoc cref="Option(string, string)"/>
    public DataFrameWriter Option(string key, bool value) => Option(key, value ? "true" : "false");

    /// <inheritdoc cref="Option(string, string)"/>
    public DataFrameWriter Option(string key, long value) => Option(key, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Options of the form.</summary>
    /// <param name="values">Their values by name.</param>
    public DataFrameWriter Options(IReadOnlyDictionary<string, string> values)
    {
        operation.Options.Add(new Dictionary<string, string>(values));
        return this;
    }

    /// <summary>A folder for each value of these columns.</summary>
    /// <param name="colNames">The columns.</param>
    public DataFrameWriter PartitionBy(params string[] colNames)
    {
        operation.PartitioningColumns.AddRange(colNames);
        return this;
    }

    /// <summary>Files by a hash of these columns; for tables.</summary>
    /// <param name="numBuckets">How many.</param>
    /// <param name="colName">The first column.</param>
    /// <param name="colNames">Further ones.</param>
    public DataFrameWriter BucketBy(int numBuckets, string colName, params string[] colNames)
    {
        operation.BucketBy = new WriteOperation.Types.BucketBy { NumBuckets = numBuckets };
        operation.BucketBy.BucketColumnNames.Add(colName);
        operation.BucketBy.BucketColumnNames.AddRange(colNames);
        return this;
    }

    /// <summary>The order within each bucket.</summary>
    /// <param name="colName">The first column.</param>
    /// <param name="colNames">Further ones.</param>
    public DataFrameWriter SortBy(string colName, params string[] colNames)
    {
        operation.SortColumnNames.Add(colName);
        operation.SortColumnNames.AddRange(colNames);
        return this;
    }

    /// <summary>Writes files.</summary>
    /// <param name="path">The folder; null where the form has its own way to say where.</param>
    /// <param name="cancellation">Ends the call and interrupts the writing.</param>
    public Task SaveAsync(string? path = null, CancellationToken cancellation = default)
    {
        if (path is not null)
            operation.Path = path;
        return RunAsync(cancellation);
    }

    /// <inheritdoc cref="SaveAsync"/>
    public void Save(string? path = null) => SparkSession.Wait(SaveAsync(path));

    /// <summary>Writes files of Parquet.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="cancellation">Ends the call and interrupts the writing.</param>
    public Task ParquetAsync(string path, CancellationToken cancellation = default) => Format("parquet").SaveAsync(path, cancellation);

    /// <inheritdoc cref="ParquetAsync"/>
    public void Parquet(string path) => SparkSession.Wait(ParquetAsync(path));

    /// <summary>Writes files of values behind commas.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="cancellation">Ends the call and interrupts the writing.</param>
    public Task CsvAsync(string path, CancellationToken cancellation = default) => Format("csv").SaveAsync(path, cancellation);

    /// <inheritdoc cref="CsvAsync"/>
    public void Csv(string path) => SparkSession.Wait(CsvAsync(path));

    /// <summary>Writes files with an object of JSON a line.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="cancellation">Ends the call and interrupts the writing.</param>
    public Task JsonAsync(string path, CancellationToken cancellation = default) => Format("json").SaveAsync(path, cancellation);

    /// <inheritdoc cref="JsonAsync"/>
    public void Json(string path) => SparkSession.Wait(JsonAsync(path));

    /// <summary>Writes files of ORC.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="cancellation">Ends the call and interrupts the writing.</param>
    public Task OrcAsync(string path, CancellationToken cancellation = default) => Format("orc").SaveAsync(path, cancellation);

    /// <inheritdoc cref="OrcAsync"/>
    public void Orc(string path) => SparkSession.Wait(OrcAsync(path));

    /// <summary>Writes lines: the table has one column of text.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="cancellation">Ends the call and interrupts the writing.</param>
    public Task TextAsync(string path, CancellationToken cancellation = default) => Format("text").SaveAsync(path, cancellation);

    /// <inheritdoc cref="TextAsync"/>
    public void Text(string path) => SparkSession.Wait(TextAsync(path));

    /// <summary>Writes a table of the catalog.</summary>
    /// <param name="tableName">Its name.</param>
    /// <param name="cancellation">Ends the call and interrupts the writing.</param>
    public Task SaveAsTableAsync(string tableName, CancellationToken cancellation = default) => IntoAsync(tableName, Method.SaveAsTable, cancellation);

    /// <inheritdoc cref="SaveAsTableAsync"/>
    public void SaveAsTable(string tableName) => SparkSession.Wait(SaveAsTableAsync(tableName));

    /// <summary>Adds rows to a table of the catalog, column by column as they stand.</summary>
    /// <param name="tableName">Its name.</param>
    /// <param name="cancellation">Ends the call and interrupts the writing.</param>
    public Task InsertIntoAsync(string tableName, CancellationToken cancellation = default) => IntoAsync(tableName, Method.InsertInto, cancellation);

    /// <inheritdoc cref="InsertIntoAsync"/>
    public void InsertInto(string tableName) => SparkSession.Wait(InsertIntoAsync(tableName));

    private Task IntoAsync(string name, Method method, CancellationToken cancellation)
    {
        operation.Table = new WriteOperation.Types.SaveTable { TableName = name, SaveMethod = method };
        return RunAsync(cancellation);
    }

    private Task RunAsync(CancellationToken cancellation) => table.ExecuteAsync(new Command { WriteOperation = operation }, cancellation);
}
