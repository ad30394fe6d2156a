using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Dsl.Spark.Protocol;

namespace Dsl.Spark.Sql;

/// <summary>Databases, tables, views and functions that Spark knows by name.</summary>
public sealed class Catalog
{
    private readonly SparkSession session;

    internal Catalog(SparkSession session) => this.session = session;

    /// <summary>The database that names without one are looked for in.</summary>
    /// <param name="cancellation">Ends the call.</param>
    public Task<string> CurrentDatabaseAsync(CancellationToken cancellation = default) => ValueAsync<string>(new() { CurrentDatabase = new() }, cancellation);

    /// <summary>Changes the database that names without one are looked for in.</summary>
    /// <param name="dbName">Its name.</param>
    /// <param name="cancellation">Ends the call.</param>
    public Task SetCurrentDatabaseAsync(string dbName, CancellationToken cancellation = default) =>
        RunAsync(new() { SetCurrentDatabase = new() { DbName = dbName } }, cancellation);

    /// <summary>The databases: name, catalog, description, locationUri.</summary>
    public DataFrame ListDatabases() => Ask(new() { ListDatabases = new() });

    /// <summary>Tables and views: name, catalog, namespace, description, tableType, isTemporary.</summary>
    /// <param name="dbName">Of which database; null for the current one.</param>
    public DataFrame ListTables(string? dbName = null)
    {
        ListTables list = new();
        if (dbName is not null)
            list.DbName = dbName;
        return Ask(new() { ListTables = list });
    }

    /// <summary>The columns of a table or view: name, description, dataType, nullable, isPartition, isBucket.</summary>
    /// <param name="tableName">Its name.</param>
    public DataFrame ListColumns(string tableName) => Ask(new() { ListColumns = new() { TableName = tableName } });

    /// <summary>The functions: name, catalog, namespace, description, className, isTemporary.</summary>
    public DataFrame ListFunctions() => Ask(new() { ListFunctions = new() });

    /// <summary>Whether there is a database of that name.</summary>
    /// <param name="dbName">The name.</param>
    /// <param name="cancellation">Ends the call.</param>
    public Task<bool> DatabaseExistsAsync(string dbName, CancellationToken cancellation = default) =>
        ValueAsync<bool>(new() { DatabaseExists = new() { DbName = dbName } }, cancellation);

    /// <summary>Whether there is a table or view of that name.</summary>
    /// <param name="tableName">The name.</param>
    /// <param name="cancellation">Ends the call.</param>
    public Task<bool> TableExistsAsync(string tableName, CancellationToken cancellation = default) =>
        ValueAsync<bool>(new() { TableExists = new() { TableName = tableName } }, cancellation);

    /// <summary>Whether there is a function of that name.</summary>
    /// <param name="functionName">The name.</param>
    /// <param name="cancellation">Ends the call.</param>
    public Task<bool> FunctionExistsAsync(string functionName, CancellationToken cancellation = default) =>
        ValueAsync<bool>(new() { FunctionExists = new() { FunctionName = functionName } }, cancellation);

    /// <summary>Drops a view of this session.</summary>
    /// <param name="viewName">Its name.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <returns>Whether there was one.</returns>
    public Task<bool> DropTempViewAsync(string viewName, CancellationToken cancellation = default) =>
        ValueAsync<bool>(new() { DropTempView = new() { ViewName = viewName } }, cancellation);

    /// <summary>Drops a view of all sessions.</summary>
    /// <param name="viewName">Its name.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <returns>Whether there was one.</returns>
    public Task<bool> DropGlobalTempViewAsync(string viewName, CancellationToken cancellation = default) =>
        ValueAsync<bool>(new() { DropGlobalTempView = new() { ViewName = viewName } }, cancellation);

    /// <summary>Has Spark keep a table's rows in memory once they are read.</summary>
    /// <param name="tableName">Its name.</param>
    /// <param name="cancellation">Ends the call.</param>
    public Task CacheTableAsync(string tableName, CancellationToken cancellation = default) =>
        RunAsync(new() { CacheTable = new() { TableName = tableName } }, cancellation);

    /// <summary>Whether Spark keeps a table's rows.</summary>
    /// <param name="tableName">Its name.</param>
    /// <param name="cancellation">Ends the call.</param>
    public Task<bool> IsCachedAsync(string tableName, CancellationToken cancellation = default) =>
        ValueAsync<bool>(new() { IsCached = new() { TableName = tableName } }, cancellation);

    /// <summary>Ends what <see cref="CacheTableAsync"/> began.</summary>
    /// <param name="tableName">Its name.</param>
    /// <param name="cancellation">Ends the call.</param>
    public Task UncacheTableAsync(string tableName, CancellationToken cancellation = default) =>
        RunAsync(new() { UncacheTable = new() { TableName = tableName } }, cancellation);

    /// <summary>Drops all rows that Spark keeps.</summary>
    /// <param name="cancellation">Ends the call.</param>
    public Task ClearCacheAsync(CancellationToken cancellation = default) => RunAsync(new() { ClearCache = new() }, cancellation);

    /// <summary>Has Spark look again for a table's files.</summary>
    /// <param name="tableName">Its name.</param>
    /// <param name="cancellation">Ends the call.</param>
    public Task RefreshTableAsync(string tableName, CancellationToken cancellation = default) =>
        RunAsync(new() { RefreshTable = new() { TableName = tableName } }, cancellation);

    private DataFrame Ask(Protocol.Catalog question) => new(session, new Relation { Catalog = question }, []);

    private Task<IReadOnlyList<Row>> RunAsync(Protocol.Catalog question, CancellationToken cancellation) => Ask(question).CollectAsync(cancellation);

    private async Task<T> ValueAsync<T>(Protocol.Catalog question, CancellationToken cancellation) =>
        (await Ask(question).CollectAsync(cancellation).ConfigureAwait(false))[0].Get<T>(0);
}
