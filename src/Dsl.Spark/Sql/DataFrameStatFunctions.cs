using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Dsl.Spark.Protocol;

namespace Dsl.Spark.Sql;

/// <summary>Statistics of columns. Those that are one number, or a few, run at once.</summary>
public sealed class DataFrameStatFunctions
{
    private readonly DataFrame table;

    internal DataFrameStatFunctions(DataFrame table) => this.table = table;

    /// <summary>Pearson's correlation of two columns of numbers, -1 to 1; NaN where one of them does not vary.</summary>
    /// <param name="column1">The one.</param>
    /// <param name="column2">The other.</param>
    /// <param name="method"><c>pearson</c>; Spark has no other.</param>
    /// <param name="cancellation">Ends the call and interrupts the query.</param>
    public Task<double> CorrAsync(string column1, string column2, string method = "pearson", CancellationToken cancellation = default) =>
        NumberAsync(new Relation { Corr = new StatCorr { Input = table.Relation, Col1 = column1, Col2 = column2, Method = method } }, cancellation);

    /// <inheritdoc cref="CorrAsync"/>
    public double Corr(string column1, string column2, string method = "pearson") => SparkSession.Wait(CorrAsync(column1, column2, method));

    /// <summary>The covariance of two columns of numbers, of a sample (n - 1).</summary>
    /// <param name="column1">The one.</param>
    /// <param name="column2">The other.</param>
    /// <param name="cancellation">Ends the call and interrupts the query.</param>
    public Task<double> CovAsync(string column1, string column2, CancellationToken cancellation = default) =>
        NumberAsync(new Relation { Cov = new StatCov { Input = table.Relation, Col1 = column1, Col2 = column2 } }, cancellation);

    /// <inheritdoc cref="CovAsync"/>
    public double Cov(string column1, string column2) => SparkSession.Wait(CovAsync(column1, column2));

    /// <summary>About the quantiles of a column of numbers, null and NaN aside; none where nothing else is in it.</summary>
    /// <param name="columnName">The column.</param>
    /// <param name="probabilities">Which: 0 is the least value, 0.5 the median, 1 the greatest.</param>
    /// <param name="relativeError">How far a quantile's rank may be off, of all rows: 0 for the exact one, which costs most.</param>
    /// <param name="cancellation">Ends the call and interrupts the query.</param>
    /// <exception cref="ArgumentException">A probability is not between 0 and 1, or the error is negative.</exception>
    public async Task<double[]> ApproxQuantileAsync(string columnName, IEnumerable<double> probabilities, double relativeError, CancellationToken cancellation = default) =>
        (await ApproxQuantileAsync([columnName], probabilities, relativeError, cancellation).ConfigureAwait(false))[0];

    /// <inheritdoc cref="ApproxQuantileAsync(string, IEnumerable{double}, double, CancellationToken)"/>
    public double[] ApproxQuantile(string columnName, IEnumerable<double> probabilities, double relativeError) =>
        SparkSession.Wait(ApproxQuantileAsync(columnName, probabilities, relativeError));

    /// <summary>As <see cref="ApproxQuantileAsync(string, IEnumerable{double}, double, CancellationToken)"/>, of several columns in one pass.</summary>
    /// <param name="columnNames">The columns.</param>
    /// <param name="probabilities">Which quantiles.</param>
    /// <param name="relativeError">How far a quantile's rank may be off, of all rows.</param>
    /// <param name="cancellation">Ends the call and interrupts the query.</param>
    /// <returns>The quantiles of each column.</returns>
    /// <exception cref="ArgumentException">A probability is not between 0 and 1, or the error is negative.</exception>
    public async Task<double[][]> ApproxQuantileAsync(
        IEnumerable<string> columnNames,
        IEnumerable<double> probabilities,
        double relativeError,
        CancellationToken cancellation = default)
    {
        StatApproxQuantile quantiles = new() { Input = table.Relation, RelativeError = relativeError };
        quantiles.Cols.AddRange(columnNames);
        quantiles.Probabilities.AddRange(probabilities);
        if (!quantiles.Probabilities.All(one => one is >= 0 and <= 1))
            throw new ArgumentException($"Probabilities are numbers from 0 to 1; given are [{string.Join(", ", quantiles.Probabilities)}].", nameof(probabilities));
        if (!(relativeError >= 0))
            throw new ArgumentException($"The relative error is {relativeError}; 0 or more is wanted.", nameof(relativeError));
        Row row = (await table.Derive(_ => new Relation { ApproxQuantile = quantiles }).CollectAsync(cancellation).ConfigureAwait(false))[0];

        // A column in which nothing is to be ranked has none of them.
        return [.. row.Get<object?[]>(0).Select(one => one as double[] ?? [])];
    }

    /// <inheritdoc cref="ApproxQuantileAsync(IEnumerable{string}, IEnumerable{double}, double, CancellationToken)"/>
    public double[][] ApproxQuantile(IEnumerable<string> columnNames, IEnumerable<double> probabilities, double relativeError) =>
        SparkSession.Wait(ApproxQuantileAsync(columnNames, probabilities, relativeError));

    /// <summary>How often the values of two columns meet: a row for each value of the one, as <c>one_other</c>, and a column for each of the other.</summary>
    /// <param name="column1">The one.</param>
    /// <param name="column2">The other.</param>
    public DataFrame Crosstab(string column1, string column2) =>
        table.Derive(_ => new Relation { Crosstab = new StatCrosstab { Input = table.Relation, Col1 = column1, Col2 = column2 } });

    /// <summary>Values that come often, maybe with some that do not: a row of arrays, <c>name_freqItems</c>.</summary>
    /// <param name="columns">Of which columns.</param>
    /// <param name="support">In how many of all rows at least, above 0.0001.</param>
    public DataFrame FreqItems(IEnumerable<string> columns, double support = 0.01) => table.Derive(_ =>
    {
        StatFreqItems items = new() { Input = table.Relation, Support = support };
        items.Cols.AddRange(columns);
        return new Relation { FreqItems = items };
    });

    /// <summary>A random part of the rows, another one for each value of a column.</summary>
    /// <param name="columnName">The column.</param>
    /// <param name="fractions">About how many, of one, for each value; none of those that are not given.</param>
    /// <param name="seed">As for <see cref="DataFrame.Sample"/>.</param>
    public DataFrame SampleBy<T>(string columnName, IEnumerable<KeyValuePair<T, double>> fractions, long? seed = null) => SampleBy(Functions.Col(columnName), fractions, seed);

    /// <inheritdoc cref="SampleBy{T}(string, IEnumerable{KeyValuePair{T, double}}, long?)"/>
    /// <param name="column">The column.</param>
    /// <param name="fractions">About how many, of one, for each value; none of those that are not given.</param>
    /// <param name="seed">As for <see cref="DataFrame.Sample"/>.</param>
    public DataFrame SampleBy<T>(Column column, IEnumerable<KeyValuePair<T, double>> fractions, long? seed = null) => table.Derive(context =>
    {
        StatSampleBy sample = new() { Input = table.Relation, Col = context.Build(column), Seed = seed ?? Random.Shared.NextInt64() };
        foreach ((T value, double fraction) in fractions)
        {
            if (fraction is not (>= 0 and <= 1))
                throw new ArgumentException($"The fraction of {value} is {fraction}; a number from 0 to 1 is wanted.", nameof(fractions));
            sample.Fractions.Add(new StatSampleBy.Types.Fraction { Stratum = Literals.From(value), Fraction_ = fraction });
        }

        return new Relation { SampleBy = sample };
    });

    private async Task<double> NumberAsync(Relation question, CancellationToken cancellation) =>
        (await table.Derive(_ => question).CollectAsync(cancellation).ConfigureAwait(false))[0].Get<double>(0);
}
