using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using Dsl.Spark.Arrow;
using Dsl.Spark.Connect;
using Dsl.Spark.Protocol;
using Dsl.Spark.Types;

namespace Dsl.Spark.Sql;

/// <summary>
/// A table that Spark would compute: a plan, not data. Its methods make further plans; those that give rows or write them run the plan on the cluster.
/// </summary>
public sealed partial class DataFrame
{
    private readonly SessionResource[] resources;

    /// <summary>A plan.</summary>
    /// <param name="session">Where it would run.</param>
    /// <param name="relation">The plan; it gets a number here, by which columns refer to it.</param>
    /// <param name="resources">What must be on the cluster before it runs.</param>
    internal DataFrame(SparkSession session, Relation relation, IEnumerable<SessionResource> resources)
    {
        SparkSession = session;
        Relation = relation;
        this.resources = [.. resources];
        relation.Common = new RelationCommon { PlanId = session.NextPlanId() };
    }

    /// <summary>The session that it belongs to.</summary>
    public SparkSession SparkSession { get; }

    internal Relation Relation { get; }

    internal IReadOnlyCollection<SessionResource> Resources => resources;

    /// <summary>A column of this table, also where another table of a join has one of that name.</summary>
    /// <param name="columnName">The name.</param>
    public Column this[string columnName] => Col(columnName);

    /// <inheritdoc cref="this"/>
    public Column Col(string columnName) => new(Functions.Attribute(columnName, Relation.Common.PlanId));

    /// <summary>Names and types of the columns, as Spark finds them.</summary>
    /// <param name="cancellation">Ends the call.</param>
    public async Task<StructType> SchemaAsync(CancellationToken cancellation = default)
    {
        AnalyzePlanResponse answer = await AnalyzeAsync(plan => new AnalyzePlanRequest { Schema = new AnalyzePlanRequest.Types.Schema { Plan = plan } }, cancellation).ConfigureAwait(false);
        return answer.Schema.Schema_.ToDataType() as StructType ?? throw new InvalidDataException("Spark gave a schema that is no struct.");
    }

    /// <inheritdoc cref="SchemaAsync"/>
    public StructType Schema() => SparkSession.Wait(SchemaAsync());

    /// <summary>All rows, in memory.</summary>
    /// <param name="cancellation">Ends the call at once and interrupts the query on the cluster.</param>
    /// <exception cref="SparkException">The query failed.</exception>
    public async Task<IReadOnlyList<Row>> CollectAsync(CancellationToken cancellation = default)
    {
        List<Row> rows = [];
        await foreach (Row row in ToLocalIteratorAsync(cancellation).ConfigureAwait(false))
            rows.Add(row);
        return rows;
    }

    /// <inheritdoc cref="CollectAsync"/>
    public IReadOnlyList<Row> Collect() => SparkSession.Wait(CollectAsync());

    /// <summary>All rows as they arrive. Memory is bounded: no more than a batch is here, and Spark waits for who reads slowly.</summary>
    /// <param name="cancellation">Ends the loop at once and interrupts the query on the cluster; so does leaving the loop.</param>
    /// <exception cref="SparkException">The query failed.</exception>
    public async IAsyncEnumerable<Row> ToLocalIteratorAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        StructType? schema = null;
        await foreach ((RecordBatch batch, StructType? known) in RunAsync(cancellation).ConfigureAwait(false))
        {
            schema ??= known ?? batch.Schema;
            foreach (Row row in RowReader.Read(batch, schema))
                yield return row;
        }
    }

    /// <summary>All rows as they arrive, column by column, without a copy: the fastest way to read numbers. A batch stays good.</summary>
    /// <inheritdoc cref="ToLocalIteratorAsync"/>
    public async IAsyncEnumerable<RecordBatch> ToBatchesAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach ((RecordBatch batch, _) in RunAsync(cancellation).ConfigureAwait(false))
            yield return batch;
    }

    /// <summary>A plan over this one.</summary>
    /// <param name="make">Makes it; its expressions are built in the context that is given.</param>
    /// <param name="others">Further tables that the plan reads.</param>
    internal DataFrame Derive(Func<PlanContext, Relation> make, params ReadOnlySpan<DataFrame> others)
    {
        PlanContext context = new(SparkSession);
        context.Resources.UnionWith(resources);
        foreach (DataFrame other in others)
        {
            if (other.SparkSession != SparkSession)
                throw new ArgumentException("Tables of different sessions cannot meet in one query: write one of them where the other's session can read it.");
            context.Resources.UnionWith(other.resources);
        }

        Relation relation = make(context);
        return new DataFrame(SparkSession, relation, context.Resources);
    }

    /// <summary>Asks about this plan.</summary>
    internal async Task<AnalyzePlanResponse> AnalyzeAsync(Func<Plan, AnalyzePlanRequest> question, CancellationToken cancellation)
    {
        await SparkSession.ProvideAsync(resources, cancellation).ConfigureAwait(false);
        return await SparkSession.Client.AnalyzeAsync(question(new Plan { Root = Relation }), cancellation).ConfigureAwait(false);
    }

    /// <summary>Runs a command that has this plan in it.</summary>
    internal async Task ExecuteAsync(Command command, CancellationToken cancellation)
    {
        await SparkSession.ProvideAsync(resources, cancellation).ConfigureAwait(false);
        await foreach (ExecutePlanResponse _ in SparkSession.Client.ExecuteAsync(new Plan { Command = command }, cancellation).ConfigureAwait(false))
        {
            // Done when all has been said.
        }
    }

    private async IAsyncEnumerable<(RecordBatch Batch, StructType? Schema)> RunAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await SparkSession.ProvideAsync(resources, cancellation).ConfigureAwait(false);
        StructType? schema = null;
        await foreach (ExecutePlanResponse response in SparkSession.Client.ExecuteAsync(new Plan { Root = Relation }, cancellation).ConfigureAwait(false))
        {
            if (response.Schema is not null)
                schema = response.Schema.ToDataType() as StructType;
            if (response.ArrowBatch is not { } message)
                continue;
            ArrowStreamReader reader = new(message.Data.Memory);
            reader.ReadSchema();
            long rows = 0;
            while (reader.Read() is { } batch)
            {
                rows += batch.Count;
                yield return (batch, schema);
            }

            if (rows != message.RowCount)
                throw new InvalidDataException($"Spark announced {message.RowCount} rows and sent {rows}.");
        }
    }
}
