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

    /// <inheritdoc cref="CurrentDatabaseAsync"/>
    public string CurrentDatabase() => SparkSession.Wait(CurrentDatabaseAsync());

    /// <summary>Changes the database that names without one are looked for in.</summary>
    /// <param name="dbName">Its name.</param>
    /// <param name="cancellation">Ends the call.</param>
    public Task SetCurrentDatabaseAsync(string dbName, CancellationToken cancellation = default) =>
        RunAsync(new() { SetCurrentDatabase = new() { DbName = dbName } }, cancellation);

    /// <inheritdoc cref="SetCurrentDatabaseAsync"/>
    public void SetCurrentDatabase(string dbName) => SparkSession.Wait(SetCurrentDatabaseAsync(dbName));

    /// <summary>The catalog that names without one are looked for in.</summary>
    /// <param name="cancellation">Ends the call.</param>
    public Task<string> CurrentCatalogAsync(CancellationToken cancellation = default) => ValueAsync<string>(new() { CurrentCatalog = new() }, cancellation);

    /// <inheritdoc cref="CurrentCatalogAsync"/>
    public string CurrentCatalog() => SparkSession.Wait(CurrentCatalogAsync());

    /// <summary>Changes the catalog that names without one are looked for in.</summary>
    /// <param name="catalogName">Its name.</param>
    /// <param name="cancellation">Ends the call.</param>
    public Task SetCurrentCatalogAsync(string catalogName, CancellationToken cancellation = default) =>
        RunAsync(new() { SetCurrentCatalog = new() { CatalogName = catalogName } }, cancellation);

    /// <inheritdoc cref="SetCurrentCatalogAsync"/>
    public void SetCurrentCatalog(string catalogName) => SparkSession.Wait(SetCurrentCatalogAsync(catalogName));

    /// <summary>The catalogs that were used: name, description.</summary>
    public DataFrame ListCatalogs() => Ask(new() { ListCatalogs = new() });

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

    /// <summary>A database: name, catalog, description, locationUri.</summary>
    /// <param name="dbName">Its name.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="Connect.SparkException">There is none of that name.</exception>
    public Task<Row> GetDatabaseAsync(string dbName, CancellationToken cancellation = default) => OneAsync(new() { GetDatabase = new() { DbName = dbName } }, cancellation);

    /// <inheritdoc cref="GetDatabaseAsync"/>
    public Row GetDatabase(string dbName) => SparkSession.Wait(GetDatabaseAsync(dbName));

    /// <summary>A table or view: name, catalog, namespace, description, tableType, isTemporary.</summary>
    /// <param name="tableName">Its name.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="Connect.SparkException">There is none of that name.</exception>
    public Task<Row> GetTableAsync(string tableName, CancellationToken cancellation = default) => OneAsync(new() { GetTable = new() { TableName = tableName } }, cancellation);

    /// <inheritdoc cref="GetTableAsync"/>
    public Row GetTable(string tableName) => SparkSession.Wait(GetTableAsync(tableName));

    /// <summary>A function: name, catalog, namespace, description, className, isTemporary.</summary>
    /// <param name="functionName">Its name.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="Connect.SparkException">There is none of that name.</exception>
    public Task<Row> GetFunctionAsync(string functionName, CancellationToken cancellation = default) =>
        OneAsync(new() { GetFunction = new() { FunctionName = functionName } }, cancellation);

    /// <inheritdoc cref="GetFunctionAsync"/>
    public Row GetFunction(string functionName) => SparkSession.Wait(GetFunctionAsync(functionName));

    /// <summary>Whether there is a database of that name.</summary>
    /// <param name="dbName">The name.</param>
    /// <param name="cancellation">Ends the call.</param>
    public Task<bool> DatabaseExistsAsync(string dbName, CancellationToken cancellation = default) =>
        ValueAsync<bool>(new() { DatabaseExists = new() { DbName = dbName } }, cancellation);

    /// <inheritdoc cref="DatabaseExistsAsync"/>
    public bool DatabaseExists(string dbName) => SparkSession.Wait(DatabaseExistsAsync(dbName));

    /// <summary>Whether there is a table or view of that name.</summary>
    /// <param name="tableName">The name.</param>
    /// <param name="cancellation">Ends the call.</param>
    public Task<bool> TableExistsAsync(string tableName, CancellationToken cancellation = default) =>
        ValueAsync<bool>(new() { TableExists = new() { TableName = tableName } }, cancellation);

    /// <inheritdoc cref="TableExistsAsync"/>
    public bool TableExists(string tableName) => SparkSession.Wait(TableExistsAsync(tableName));

    /// <summary>Whether there is a function of that name.</summary>
    /// <param name="functionName">The name.</param>
    /// <param name="cancellation">Ends the call.</param>
    public Task<bool> FunctionExistsAsync(string functionName, CancellationToken cancellation = default) =>
        ValueAsync<bool>(new() { FunctionExists = new() { FunctionName = functionName } }, cancellation);

    /// <inheritdoc cref="FunctionExistsAsync"/>
    public bool FunctionExists(string functionName) => SparkSession.Wait(FunctionExistsAsync(functionName));

    /// <summary>Drops a view of this session.</summary>
    /// <param name="viewName">Its name.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <returns>Whether there was one.</returns>
    public Task<bool> DropTempViewAsync(string viewName, CancellationToken cancellation = default) =>
        ValueAsync<bool>(new() { DropTempView = new() { ViewName = viewName } }, cancellation);

    /// <inheritdoc cref="DropTempViewAsync"/>
    public bool DropTempView(string viewName) => SparkSession.Wait(DropTempViewAsync(viewName));

    /// <summary>Drops a view of all sessions.</summary>
    /// <param name="viewName">Its name.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <returns>Whether there was one.</returns>
    public Task<bool> DropGlobalTempViewAsync(string viewName, CancellationToken cancellation = default) =>
        ValueAsync<bool>(new() { DropGlobalTempView = new() { ViewName = viewName } }, cancellation);

    /// <inheritdoc cref="DropGlobalTempViewAsync"/>
    public bool DropGlobalTempView(string viewName) => SparkSession.Wait(DropGlobalTempViewAsync(viewName));

    /// <summary>Has Spark keep a table's rows in memory once they are read.</summary>
    /// <param name="tableName">Its name.</param>
    /// <param name="cancellation">Ends the call.</param>
    public Task CacheTableAsync(string tableName, CancellationToken cancellation = default) =>
        RunAsync(new() { CacheTable = new() { TableName = tableName } }, cancellation);

    /// <inheritdoc cref="CacheTableAsync"/>
    public void CacheTable(string tableName) => SparkSession.Wait(CacheTableAsync(tableName));

    /// <summary>Whether Spark keeps a table's rows.</summary>
    /// <param name="tableName">Its name.</param>
    /// <param name="cancellation">Ends the call.</param>
    public Task<bool> IsCachedAsync(string tableName, CancellationToken cancellation = default) =>
        ValueAsync<bool>(new() { IsCached = new() { TableName = tableName } }, cancellation);

    /// <inheritdoc cref="IsCachedAsync"/>
    public bool IsCached(string tableName) => SparkSession.Wait(IsCachedAsync(tableName));

    /// <summary>Ends what <see cref="CacheTableAsync"/> began.</summary>
    /// <param name="tableName">Its name.</param>
    /// <param name="cancellation">Ends the call.</param>
    public Task UncacheTableAsync(string tableName, CancellationToken cancellation = default) =>
        RunAsync(new() { UncacheTable = new() { TableName = tableName } }, cancellation);

    /// <inheritdoc cref="UncacheTableAsync"/>
    public void UncacheTable(string tableName) => SparkSession.Wait(UncacheTableAsync(tableName));

    /// <summary>Drops all rows that Spark keeps.</summary>
    /// <param name="cancellation">Ends the call.</param>
    public Task ClearCacheAsync(CancellationToken cancellation = default) => RunAsync(new() { ClearCache = new() }, cancellation);

    /// <inheritdoc cref="ClearCacheAsync"/>
    public void ClearCache() => SparkSession.Wait(ClearCacheAsync());

    /// <summary>Has Spark look again for a table's files.</summary>
    /// <param name="tableName">Its name.</param>
    /// <param name="cancellation">Ends the call.</param>
    public Task RefreshTableAsync(string tableName, CancellationToken cancellation = default) =>
        RunAsync(new() { RefreshTable = new() { TableName = tableName } }, cancellation);

    /// <inheritdoc cref="RefreshTableAsync"/>
    public void RefreshTable(string tableName) => SparkSession.Wait(RefreshTableAsync(tableName));

    /// <summary>Has Spark look again for the files of all tables that lie under a path.</summary>
    /// <param name="path">The path.</param>
    /// <param name="cancellation">Ends the call.</param>
    public Task RefreshByPathAsync(string path, CancellationToken cancellation = default) => RunAsync(new() { RefreshByPath = new() { Path = path } }, cancellation);

    /// <inheritdoc cref="RefreshByPathAsync"/>
    public void RefreshByPath(string path) => SparkSession.Wait(RefreshByPathAsync(path));

    /// <summary>Has Spark look for partitions of a table that were put into its folder by others.</summary>
    /// <param name="tableName">Its name.</param>
    /// <param name="cancellation">Ends the call.</param>
    public Task RecoverPartitionsAsync(string tableName, CancellationToken cancellation = default) =>
        RunAsync(new() { RecoverPartitions = new() { TableName = tableName } }, cancellation);

    /// <inheritdoc cref="RecoverPartitionsAsync"/>
    public void RecoverPartitions(string tableName) => SparkSession.Wait(RecoverPartitionsAsync(tableName));

    /// <summary>Makes a table: of files that are there, where a path is given, else an empty one that Spark keeps.</summary>
    /// <param name="tableName">Its name, which must be free.</param>
    /// <param name="path">The files; null for a table of Spark's own, which wants a schema.</param>
    /// <param name="source">Their format, such as <c>parquet</c>; null for that of spark.sql.sources.default.</param>
    /// <param name="schema">Names and types; null where the files say them.</param>
    /// <param name="description">What it is about.</param>
    /// <param name="options">The format's options.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <returns>The table.</returns>
    public async Task<DataFrame> CreateTableAsync(
        string tableName,
        string? path = null,
        string? source = null,
        Types.StructType? schema = null,
        string description = "",
        IReadOnlyDictionary<string, string>? options = null,
        CancellationToken cancellation = default)
    {
        CreateTable table = new() { TableName = tableName, Description = description };
        if (path is not null)
            table.Path = path;
        if (source is not null)
            table.Source = source;
        if (schema is not null)
            table.Schema = schema.ToProtocol();
        foreach ((string key, string value) in options ?? new Dictionary<string, string>())
            table.Options.Add(key, value);
        await RunAsync(new() { CreateTable = table }, cancellation).ConfigureAwait(false);
        return session.Table(tableName);
    }

    /// <inheritdoc cref="CreateTableAsync"/>
    public DataFrame CreateTable(
        string tableName,
        string? path = null,
        string? source = null,
        Types.StructType? schema = null,
        string description = "",
        IReadOnlyDictionary<string, string>? options = null) => SparkSession.Wait(CreateTableAsync(tableName, path, source, schema, description, options));

    private DataFrame Ask(Protocol.Catalog question) => new(session, new Relation { Catalog = question }, []);

    private Task<IReadOnlyList<Row>> RunAsync(Protocol.Catalog question, CancellationToken cancellation) => Ask(question).CollectAsync(cancellation);

    private async Task<T> ValueAsync<T>(Protocol.Catalog question, CancellationToken cancellation) =>
        (await OneAsync(question, cancellation).ConfigureAwait(false)).Get<T>(0);

    private async Task<Row> OneAsync(Protocol.Catalog question, CancellationToken cancellation) => (await Ask(question).CollectAsync(cancellation).ConfigureAwait(false))[0];
}
