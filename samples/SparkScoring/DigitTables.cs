using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Dsl.Spark.Sql;
using Dsl.Spark.Sql.Streaming;
using static Dsl.Spark.Sql.Functions;

namespace SparkScoring;

/// <summary>The digits and their scores on the cluster.</summary>
/// <param name="session">The cluster.</param>
/// <param name="network">Reads digits.</param>
/// <param name="folder">Where the tables are.</param>
internal sealed class DigitTables(SparkSession session, DigitNet network, string folder)
{
    private const string Schema = "Id INT, Label INT, HeldOut BOOLEAN, Pixels ARRAY<FLOAT>";

    /// <summary>Digits that nobody has read yet.</summary>
    public string Digits => folder + "/digits";

    /// <summary>What the batch has read.</summary>
    public string Scored => folder + "/scored";

    /// <summary>What the stream has read.</summary>
    public string Streamed => folder + "/streamed";

    private string Arriving => folder + "/arriving";

    /// <summary>Writes all digits.</summary>
    public Task WriteAsync(IEnumerable<Digit> digits, CancellationToken cancellation) =>
        session.CreateDataFrame(digits).Repartition(4).Write.Mode(SaveMode.Overwrite).ParquetAsync(Digits, cancellation);

    /// <summary>Reads all digits at once.</summary>
    public Task ScoreAsync(CancellationToken cancellation) =>
        Read(session.Read.Parquet(Digits)).Write.Mode(SaveMode.Overwrite).ParquetAsync(Scored, cancellation);

    /// <summary>Lets a part of the digits arrive where the stream looks, as one file.</summary>
    /// <param name="part">Which part.</param>
    /// <param name="parts">Of how many.</param>
    /// <param name="cancellation">Ends the call.</param>
    public Task ArriveAsync(int part, int parts, CancellationToken cancellation) =>
        session.Read.Parquet(Digits).Where((Col("Id") % parts) == part).Coalesce(1).Write.Mode(SaveMode.Append).ParquetAsync(Arriving, cancellation);

    /// <summary>Starts the stream, anew or where its checkpoint says that it was: a file is a batch.</summary>
    /// <param name="trigger">When it looks for files.</param>
    /// <param name="cancellation">Ends the call.</param>
    public Task<StreamingQuery> StartAsync(Trigger trigger, CancellationToken cancellation) =>
        Read(session.ReadStream.Schema(Schema).Option("maxFilesPerTrigger", 1).Parquet(Arriving))
            .WriteStream.Format("parquet").Trigger(trigger).Option("checkpointLocation", folder + "/checkpoint").StartAsync(Streamed, cancellation);

    /// <summary>How many of the digits in a table were read rightly: a row for those of training, and one for those held out.</summary>
    public Task<IReadOnlyList<Row>> AccuracyAsync(string table, CancellationToken cancellation) =>
        session.Read.Parquet(table)
            .GroupBy("HeldOut")
            .Agg(Count(Lit(1)).As("digits"), CountDistinct(Col("Id")).As("distinct"), Avg((Col("read.label") == Col("Label")).Cast("double")).As("accuracy"), Avg(Col("ink")).As("ink"))
            .OrderBy("HeldOut")
            .CollectAsync(cancellation);

    // The same for a table that is there and for one that goes on growing.
    private DataFrame Read(DataFrame digits) =>
        digits.Select(Col("Id"), Col("Label"), Col("HeldOut"), network.Classify(Col("Pixels")).As("read"), Readings.Ink(Col("Pixels")).As("ink"));
}
