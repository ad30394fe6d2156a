using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Dsl.Spark.Arrow;
using Dsl.Spark.Protocol;
using Dsl.Spark.Rows;
using Dsl.Spark.Types;
using Google.Protobuf;

namespace Dsl.Spark.Sql;

/// <summary>
/// A table whose rows are records: <c>await foreach (Penguin one in df.As&lt;Penguin&gt;())</c>. Columns are found by the members' names; those that no member is called like are not read. Each enumeration
/// runs the query, after it has checked the schema.
/// </summary>
/// <typeparam name="TRow">The record, marked <c>[SparkRow]</c>.</typeparam>
public sealed class Dataset<TRow> : IAsyncEnumerable<TRow>
    where TRow : ISparkRow<TRow>
{
    private readonly DataFrame table;

    internal Dataset(DataFrame table) => this.table = table;

    /// <summary>The table.</summary>
    public DataFrame ToDF() => table;

    /// <summary>The rows as they arrive; no more than a batch is in memory.</summary>
    /// <param name="cancellationToken">Ends the loop and interrupts the query on the cluster.</param>
    /// <exception cref="InvalidOperationException">A column is missing or of another type, which is found out before the query runs; or null stands where the record has none.</exception>
    /// <exception cref="Connect.SparkException">The query failed.</exception>
    public async IAsyncEnumerator<TRow> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        StructType schema = await table.SchemaAsync(cancellationToken).ConfigureAwait(false);
        MemberReader<TRow> reader = TRow.Mapper.ReaderOf(schema);
        await foreach (RecordBatch batch in table.ToBatchesAsync(cancellationToken).ConfigureAwait(false))
        {
            foreach (TRow row in RowMapper<TRow>.Read(reader, batch))
                yield return row;
        }
    }

    /// <summary>All rows, in memory.</summary>
    /// <inheritdoc cref="GetAsyncEnumerator"/>
    public async Task<IReadOnlyList<TRow>> CollectAsync(CancellationToken cancellationToken = default)
    {
        List<TRow> rows = [];
        await foreach (TRow row in this.WithCancellation(cancellationToken).ConfigureAwait(false))
            rows.Add(row);
        return rows;
    }

    /// <inheritdoc cref="CollectAsync"/>
    public IReadOnlyList<TRow> Collect() => SparkSession.Wait(CollectAsync());
}

/// <content>Records for rows.</content>
public sealed partial class DataFrame
{
    /// <summary>The table with records for rows.</summary>
    /// <typeparam name="TRow">The record, marked <c>[SparkRow]</c>.</typeparam>
    public Dataset<TRow> As<TRow>()
        where TRow : ISparkRow<TRow> => new(this);
}

/// <content>Tables of records.</content>
public sealed partial class SparkSession
{
    /// <summary>A table of records, which travel with each plan that it is in: for small tables.</summary>
    /// <typeparam name="TRow">The record, marked <c>[SparkRow]</c>.</typeparam>
    /// <param name="rows">The records; read once, at the call.</param>
    /// <exception cref="InvalidOperationException">A member is null that is declared never to be.</exception>
    public DataFrame CreateDataFrame<TRow>(IEnumerable<TRow> rows)
        where TRow : ISparkRow<TRow>
    {
        ArgumentNullException.ThrowIfNull(rows);
        RowMapper<TRow> mapper = TRow.Mapper;
        ColumnBuilder[] builders = mapper.NewBuilders();
        int count = 0;
        foreach (TRow row in rows)
        {
            mapper.Append(builders, row);
            count++;
        }

        MemoryStream stream = new();
        ArrowStreamWriter writer = new(stream, mapper.Schema);
        writer.Write([.. builders.Select(builder => builder.View())], count);
        writer.Finish();
        return new DataFrame(this, new Relation { LocalRelation = new LocalRelation { Data = ByteString.CopyFrom(stream.GetBuffer().AsSpan(0, (int)stream.Length)) } }, []);
    }
}
