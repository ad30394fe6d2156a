using Dsl.Generator.Declaring.Writing;

namespace Dsl.Generator.Spark;

/// <summary>
/// How a partition goes through code that takes and gives rows of C#: Spark's batches are taken into the field <c>taken</c>, row by row handed on, and what comes back is put together to batches.
/// </summary>
internal static class PartitionCode
{
    // Rows of a batch that goes back to Spark: as many as Spark itself puts into one.
    private const int BatchRows = 10_000;

    /// <summary>Sends a full batch back; <c>count</c> is how many rows it has.</summary>
    public static void FlushFull(CodeWriter writer)
    {
        writer.Open($"if (++count == {Literal.Int(BatchRows)})");
        writer.Line("output.Flush();");
        writer.Line("count = 0;");
        writer.Close();
    }

    /// <summary>The member <c>Rows</c>, which goes over the rows of all batches.</summary>
    /// <param name="writer">Takes the text.</param>
    /// <param name="row">The row's type.</param>
    /// <param name="why">Why each batch is taken at once.</param>
    /// <param name="asks">Statements before every 256th row; null: none.</param>
    public static void Rows(CodeWriter writer, string row, string why, string? asks = null)
    {
        writer.Open($"private global::System.Collections.Generic.IEnumerable<{row}> Rows({SeamNames.Executors}IBatchSource batches)");
        writer.Open("while (batches.Next() is { } batch)");
        writer.Line($"// {why}");
        writer.Line("Take(batch);");
        writer.Open("for (int row = 0; row < batch.Count; row++)");
        if (asks is not null)
        {
            writer.Open("if (row % 256 == 0)");
            writer.Line(asks);
            writer.Close();
        }

        writer.Line("yield return taken[row];");
        writer.Close();
        writer.Close();
        writer.Close();
    }

    /// <summary>The begin of the member <c>Take</c>, which makes rows of a batch: there is room for them.</summary>
    public static void OpenTake(CodeWriter writer, string row)
    {
        writer.Open("private void Take(global::Dsl.Spark.Arrow.RecordBatch batch)");
        writer.Open("if (taken.Length < batch.Count)");
        writer.Line($"taken = new {row}[batch.Count];");
        writer.Close();
        writer.Line();
    }

    /// <summary>Refuses null in a row.</summary>
    /// <param name="writer">Takes the text.</param>
    /// <param name="missing">When it is null.</param>
    /// <param name="owner">Who wants a value, as a literal.</param>
    /// <param name="column">The column.</param>
    public static void RefuseNull(CodeWriter writer, string missing, string owner, string column)
    {
        writer.Open($"if ({missing})");
        writer.Line($"throw {SeamNames.Types}NullIn({owner}, {Literal.Text(column)});");
        writer.Close();
        writer.Line();
    }
}
