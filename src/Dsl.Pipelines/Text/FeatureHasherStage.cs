using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Globalization;
using System.Linq;
using Dsl.Pipelines.Numerics;
using Dsl.Pipelines.Text;

namespace Dsl.Pipelines;

/// <summary>Hashes columns of several kinds into one sparse vector, as Spark MLlib's FeatureHasher does: numbers count at their name's place, others 1 at that of <c>name=value</c>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class FeatureHasherStage
{
    private readonly string stage;
    private readonly int numFeatures;
    private readonly HashedKind[] kinds;

    // Of each column the UTF-8 of "name=", and of a number's the place of its name.
    private readonly byte[][] prefixes;
    private readonly int[] places;

    /// <summary>A hasher.</summary>
    /// <param name="stage">The stage's name, for messages.</param>
    /// <param name="numFeatures">Elements of the vector, at least 1.</param>
    /// <param name="columns">The columns' names.</param>
    /// <param name="kinds">As many kinds.</param>
    /// <exception cref="ArgumentException">They are not as many.</exception>
    public FeatureHasherStage(string stage, int numFeatures, string[] columns, HashedKind[] kinds)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(kinds);
        if (columns.Length != kinds.Length)
            throw new ArgumentException($"{stage} has {columns.Length} columns, but {kinds.Length} kinds.", nameof(kinds));
        this.stage = stage;
        this.numFeatures = numFeatures;
        this.kinds = kinds;
        prefixes = [.. columns.Select(column => TokenHash.Bytes(column + "="))];
        places = [.. columns.Select(column => TokenHash.Bucket(column, numFeatures))];
    }

    /// <summary>Every row of a batch.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="inputs">The columns, as many as the stage has.</param>
    /// <param name="output">The column that gets vectors.</param>
    public void Transform(ColumnBatch batch, int[] inputs, int output)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(inputs);
        TextColumns.ToVectors(batch, output, numFeatures, null, (row, elements) => elements.Take(Hash(batch, inputs, row)));
    }

    /// <summary>Begins a row; its values are added one by one.</summary>
    /// <param name="rowPlaces">Room for a place a column.</param>
    /// <param name="rowValues">Room for a value a column.</param>
    public HashedRow Begin(Span<int> rowPlaces, Span<double> rowValues) => new(this, rowPlaces, rowValues);

    private Vector Hash(ColumnBatch batch, int[] inputs, int row)
    {
        HashedRow hashed = Begin(stackalloc int[inputs.Length], stackalloc double[inputs.Length]);
        for (int i = 0; i < inputs.Length; i++)
        {
            ReadOnlySpan<bool> nulls = batch.Nulls(inputs[i]);
            if (!nulls.IsEmpty && nulls[row])
                continue;
            if (kinds[i] == HashedKind.Text)
                hashed.Add(i, batch.Texts(inputs[i])[row]);
            else
                hashed.Add(i, batch.Numbers(inputs[i])[row]);
        }

        return hashed.End();
    }

    private int PlaceOf(int column, double value)
    {
        string text = kinds[column] switch
        {
            HashedKind.WholeCategory => value.ToString("F0", CultureInfo.InvariantCulture),
            HashedKind.SingleCategory => JavaText.Of((float)value),
            HashedKind.Flag => value == 0 ? "false" : "true",
            HashedKind.Category => JavaText.Of(value),
            _ => throw new InvalidOperationException($"{stage}: column {column} is a text, but got a number."),
        };
        return TokenHash.Bucket(prefixes[column], text, numFeatures);
    }

    /// <summary>A row that is being hashed.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public ref struct HashedRow
    {
        private readonly FeatureHasherStage hasher;
        private readonly Span<int> places;
        private readonly Span<double> values;
        private int count;

        internal HashedRow(FeatureHasherStage hasher, Span<int> places, Span<double> values)
        {
            this.hasher = hasher;
            this.places = places;
            this.values = values;
        }

        /// <summary>Adds a number, or a flag as 0 or 1; null adds nothing.</summary>
        /// <param name="column">Which of the stage's columns, from 0.</param>
        /// <param name="value">What it has.</param>
        public void Add(int column, double? value)
        {
            if (value is not { } number)
                return;
            if (hasher.kinds[column] == HashedKind.Number)
                Insert(hasher.places[column], number);
            else
                Insert(hasher.PlaceOf(column, number), 1);
        }

        /// <summary>Adds a flag; null adds nothing.</summary>
        /// <param name="column">Which of the stage's columns, from 0.</param>
        /// <param name="value">What it has.</param>
        public void Add(int column, bool? value) => Add(column, value is { } flag ? (flag ? 1.0 : 0.0) : null);

        /// <summary>Adds a text; null adds nothing.</summary>
        /// <param name="column">Which of the stage's columns, from 0.</param>
        /// <param name="value">What it has.</param>
        public void Add(int column, string? value)
        {
            if (value is not null)
                Insert(TokenHash.Bucket(hasher.prefixes[column], value, hasher.numFeatures), 1);
        }

        /// <summary>The vector; what fell on one place is added up, in the order of the columns.</summary>
        public readonly Vector End()
        {
            int different = 0;
            for (int i = 0; i < count; i++)
                different += i == 0 || places[i] != places[i - 1] ? 1 : 0;
            int[] indices = new int[different];
            double[] sums = new double[different];
            int at = -1;
            for (int i = 0; i < count; i++)
            {
                if (i == 0 || places[i] != places[i - 1])
                    indices[++at] = places[i];
                sums[at] += values[i];
            }

            return Vector.Sparse(hasher.numFeatures, indices, sums);
        }

        // Behind those of the same place, so that sums run in the order of the columns.
        private void Insert(int place, double value)
        {
            int at = count++;
            for (; at > 0 && places[at - 1] > place; at--)
            {
                places[at] = places[at - 1];
                values[at] = values[at - 1];
            }

            places[at] = place;
            values[at] = value;
        }
    }
}
