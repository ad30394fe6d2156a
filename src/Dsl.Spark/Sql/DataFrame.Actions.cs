using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Dsl.Spark.Protocol;
using Mode = Dsl.Spark.Protocol.AnalyzePlanRequest.Types.Explain.Types.ExplainMode;

namespace Dsl.Spark.Sql;

// What asks Spark: each with a form that waits.
public sealed partial class DataFrame
{
    /// <summary>Writes the table somewhere.</summary>
    public DataFrameWriter Write => new(this);

    /// <summary>The number of rows.</summary>
    /// <param name="cancellation">Ends the call and interrupts the query.</param>
    public async Task<long> CountAsync(CancellationToken cancellation = default) =>
        (await Agg(Functions.Count(Functions.Lit(1))).CollectAsync(cancellation).ConfigureAwait(false))[0].Get<long>(0);

    /// <inheritdoc cref="CountAsync"/>
    public long Count() => SparkSession.Wait(CountAsync());

    /// <summary>The first rows.</summary>
    /// <param name="n">How many at most.</param>
    /// <param name="cancellation">Ends the call and interrupts the query.</param>
    public Task<IReadOnlyList<Row>> TakeAsync(int n, CancellationToken cancellation = default) => Limit(n).CollectAsync(cancellation);

    /// <inheritdoc cref="TakeAsync"/>
    public IReadOnlyList<Row> Take(int n) => SparkSession.Wait(TakeAsync(n));

    /// <summary>The last rows.</summary>
    /// <param name="n">How many at most.</param>
    /// <param name="cancellation">Ends the call and interrupts the query.</param>
    public Task<IReadOnlyList<Row>> TailAsync(int n, CancellationToken cancellation = default) =>
        Derive(_ => new Relation { Tail = new Tail { Input = Relation, Limit = n } }).CollectAsync(cancellation);

    /// <inheritdoc cref="TailAsync"/>
    public IReadOnlyList<Row> Tail(int n) => SparkSession.Wait(TailAsync(n));

    /// <summary>The first row, or null where there is none.</summary>
    /// <param name="cancellation">Ends the call and interrupts the query.</param>
    public async Task<Row?> FirstAsync(CancellationToken cancellation = default)
    {
        IReadOnlyList<Row> rows = await TakeAsync(1, cancellation).ConfigureAwait(false);
        return rows.Count > 0 ? rows[0] : null;
    }

    /// <inheritdoc cref="FirstAsync"/>
    public Row? First() => SparkSession.Wait(FirstAsync());

    /// <summary>Whether there is no row.</summary>
    /// <param name="cancellation">Ends the call and interrupts the query.</param>
    public async Task<bool> IsEmptyAsync(CancellationToken cancellation = default) => await FirstAsync(cancellation).ConfigureAwait(false) is null;

    /// <inheritdoc cref="IsEmptyAsync"/>
    public bool IsEmpty() => SparkSession.Wait(IsEmptyAsync());

    /// <summary>The first rows as a table of text.</summary>
    /// <param name="numRows">How many at most.</param>
    /// <param name="truncate">Longer values are cut to so many characters; 0: none is.</param>
    /// <param name="vertical">Whether each value stands on a line of its own.</param>
    /// <param name="cancellation">Ends the call and interrupts the query.</param>
    public async Task<string> ShowStringAsync(int numRows = 20, int truncate = 20, bool vertical = false, CancellationToken cancellation = default)
    {
        ShowString show = new() { Input = Relation, NumRows = numRows, Truncate = truncate, Vertical = vertical };
        return (await Derive(_ => new Relation { ShowString = show }).CollectAsync(cancellation).ConfigureAwait(false))[0].Get<string>(0);
    }

    /// <summary>Writes the first rows to the console.</summary>
    /// <inheritdoc cref="ShowStringAsync"/>
    public async Task ShowAsync(int numRows = 20, int truncate = 20, bool vertical = false, CancellationToken cancellation = default) =>
        Console.WriteLine(await ShowStringAsync(numRows, truncate, vertical, cancellation).ConfigureAwait(false));

    /// <inheritdoc cref="ShowAsync"/>
    public void Show(int numRows = 20, int truncate = 20, bool vertical = false) => SparkSession.Wait(ShowAsync(numRows, truncate, vertical));

    /// <summary>Writes the schema to the console.</summary>
    public void PrintSchema() => Console.WriteLine(Schema().ToTreeString());

    /// <summary>The names of the columns.</summary>
    public IReadOnlyList<string> Columns() => [.. Schema().Names];

    /// <summary>How Spark would run the plan.</summary>
    /// <param name="mode"><c>simple</c>, <c>extended</c>, <c>codegen</c>, <c>cost</c> or <c>formatted</c>.</param>
    /// <param name="cancellation">Ends the call.</param>
    public async Task<string> ExplainStringAsync(string mode = "simple", CancellationToken cancellation = default)
    {
        if (!Enum.TryParse(mode, ignoreCase: true, out Mode known) || known == Mode.Unspecified)
            throw new ArgumentException($"There is no explanation '{mode}'; there are simple, extended, codegen, cost and formatted.", nameof(mode));
        AnalyzePlanResponse answer = await AnalyzeAsync(
            plan => new AnalyzePlanRequest { Explain = new AnalyzePlanRequest.Types.Explain { Plan = plan, ExplainMode = known } },
            cancellation).ConfigureAwait(false);
        return answer.Explain.ExplainString;
    }

    /// <summary>Writes to the console how Spark would run the plan.</summary>
    /// <param name="mode">As for <see cref="ExplainStringAsync"/>.</param>
    public void Explain(string mode = "simple") => Console.WriteLine(SparkSession.Wait(ExplainStringAsync(mode)));

    /// <summary>Has Spark keep the rows once they are computed.</summary>
    /// <param name="level">Where; in memory, and on disk what finds no room there, unless told otherwise.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <returns>This table.</returns>
    public async Task<DataFrame> PersistAsync(StorageLevel? level = null, CancellationToken cancellation = default)
    {
        AnalyzePlanRequest.Types.Persist persist = new() { Relation = Relation, StorageLevel = (level ?? StorageLevel.MemoryAndDiskDeserialized).ToProtocol() };
        await AnalyzeAsync(_ => new AnalyzePlanRequest { Persist = persist }, cancellation).ConfigureAwait(false);
        return this;
    }

    /// <inheritdoc cref="PersistAsync"/>
    public DataFrame Persist(StorageLevel? level = null) => SparkSession.Wait(PersistAsync(level));

    /// <summary>Has Spark keep the rows once they are computed, in memory or on disk.</summary>
    /// <returns>This table.</returns>
    public DataFrame Cache() => Persist();

    /// <summary>Ends what <see cref="PersistAsync"/> began.</summary>
    /// <param name="blocking">Whether to wait until the memory is free.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <returns>This table.</returns>
    public async Task<DataFrame> UnpersistAsync(bool blocking = false, CancellationToken cancellation = default)
    {
        AnalyzePlanRequest.Types.Unpersist unpersist = new() { Relation = Relation, Blocking = blocking };
        await AnalyzeAsync(_ => new AnalyzePlanRequest { Unpersist = unpersist }, cancellation).ConfigureAwait(false);
        return this;
    }

    /// <inheritdoc cref="UnpersistAsync"/>
    public DataFrame Unpersist(bool blocking = false) => SparkSession.Wait(UnpersistAsync(blocking));

    /// <summary>Where Spark keeps the rows.</summary>
    /// <param name="cancellation">Ends the call.</param>
    public async Task<StorageLevel> StorageLevelAsync(CancellationToken cancellation = default)
    {
        AnalyzePlanRequest.Types.GetStorageLevel question = new() { Relation = Relation };
        return StorageLevel.From((await AnalyzeAsync(_ => new AnalyzePlanRequest { GetStorageLevel = question }, cancellation).ConfigureAwait(false)).GetStorageLevel.StorageLevel);
    }

    /// <summary>Gives the table a name in SQL, for this session.</summary>
    /// <param name="viewName">The name.</param>
    /// <param name="cancellation">Ends the call.</param>
    public Task CreateOrReplaceTempViewAsync(string viewName, CancellationToken cancellation = default) =>
        CreateViewAsync(viewName, isGlobal: false, isReplacing: true, cancellation);

    /// <inheritdoc cref="CreateOrReplaceTempViewAsync"/>
    public void CreateOrReplaceTempView(string viewName) => SparkSession.Wait(CreateOrReplaceTempViewAsync(viewName));

    /// <summary>As <see cref="CreateOrReplaceTempView"/>; the name must be free.</summary>
    /// <param name="viewName">The name.</param>
    public void CreateTempView(string viewName) => SparkSession.Wait(CreateViewAsync(viewName, isGlobal: false, isReplacing: false, CancellationToken.None));

    /// <summary>Gives the table a name in SQL for all sessions: <c>global_temp.name</c>.</summary>
    /// <param name="viewName">The name.</param>
    public void CreateOrReplaceGlobalTempView(string viewName) =>
        SparkSession.Wait(CreateViewAsync(viewName, isGlobal: true, isReplacing: true, CancellationToken.None));

    /// <summary>As <see cref="CreateOrReplaceGlobalTempView"/>; the name must be free.</summary>
    /// <param name="viewName">The name.</param>
    public void CreateGlobalTempView(string viewName) =>
        SparkSession.Wait(CreateViewAsync(viewName, isGlobal: true, isReplacing: false, CancellationToken.None));

    private Task CreateViewAsync(string name, bool isGlobal, bool isReplacing, CancellationToken cancellation) => ExecuteAsync(
        new Command { CreateDataframeView = new CreateDataFrameViewCommand { Input = Relation, Name = name, IsGlobal = isGlobal, Replace = isReplacing } },
        cancellation);
}
