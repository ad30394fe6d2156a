using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using Dsl.Pipelines;
using Dsl.Pipelines.Running;

namespace Dsl;

/// <summary>Shows how far <c>Tune</c> is: a table with a line a point of the grid and a cell a fold, which is blank before its fit, … during it, and its score after it.</summary>
/// <example><c>SpeciesPipeline.Tune(rows, progress: new TuningTable())</c></example>
public sealed class TuningTable : IProgress<PipelineProgress>
{
    private readonly TextWriter output;
    private readonly bool rewrites;
    private readonly Lock one = new();
    private readonly SortedDictionary<int, Line> lines = [];
    private int linesShown;

    /// <summary>A table on the console, rewritten in place; where the output goes into a file or a pipe, a line for each point when all its folds are scored.</summary>
    public TuningTable()
        : this(Console.Out, !Console.IsOutputRedirected)
    {
    }

    /// <summary>A line for each point when all its folds are scored.</summary>
    /// <param name="output">Where to; nothing but whole lines is written.</param>
    public TuningTable(TextWriter output)
        : this(output, false)
    {
    }

    internal TuningTable(TextWriter output, bool rewrites)
    {
        ArgumentNullException.ThrowIfNull(output);
        this.output = output;
        this.rewrites = rewrites;
    }

    /// <summary>Takes what <c>Tune</c> tells; what happens inside of a fit is passed over.</summary>
    /// <param name="value">How far it is.</param>
    public void Report(PipelineProgress value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value is not { Tuning: { } fold, Stage: TuningRun.Stage })
            return;
        lock (one)
        {
            if (!lines.TryGetValue(fold.Point, out Line? line))
                lines.Add(fold.Point, line = new Line(fold));
            line.Cells[fold.Fold] = fold.Score is { } score ? TuningPoint.TextOf(score) : "…";
            line.Scores[fold.Fold] = fold.Score;
            if (rewrites)
                Rewrite();
            else if (line.Done is { } done)
                output.WriteLine(line.Text(done));
        }
    }

    /// <summary>The table as it stands.</summary>
    public override string ToString()
    {
        lock (one)
        {
            if (lines.Count == 0)
                return "";
            Line first = lines.First().Value;
            List<string[]> rows = [[.. first.Parameters.Keys, .. Enumerable.Range(1, first.Cells.Length).Select(fold => string.Create(CultureInfo.InvariantCulture, $"fold {fold}")), "mean"]];
            rows.AddRange(lines.Values.Select(line => (string[])[.. line.Parameters.Values.Select(GridPoint.TextOf), .. line.Cells, line.Done is { } done ? TuningPoint.TextOf(done.Mean) : ""]));
            return TextTable.Of(rows);
        }
    }

    /// <summary>Goes up over what it wrote, in the terminal's own language (ECMA-48: cursor up, erase to the end of the screen).</summary>
    private void Rewrite()
    {
        string text = ToString();
        output.Write(linesShown > 0 ? string.Create(CultureInfo.InvariantCulture, $"\e[{linesShown}A\e[J{text}") : text);
        linesShown = text.Count(character => character == '\n');
    }

    private sealed class Line(TuningProgress first)
    {
        public IReadOnlyDictionary<string, object> Parameters { get; } = first.Parameters;

        public string[] Cells { get; } = [.. Enumerable.Repeat("", first.Folds)];

        public double?[] Scores { get; } = new double?[first.Folds];

        /// <summary>The point when all its folds are scored; else null.</summary>
        public TuningPoint? Done => Scores.All(score => score is not null) ? new TuningPoint(Parameters, [.. Scores.OfType<double>()]) : null;

        public string Text(TuningPoint done) => $"{(Parameters.Count == 0 ? "" : GridPoint.TextOf(Parameters) + ": ")}{string.Join(" ", Cells)}, mean {TuningPoint.TextOf(done.Mean)}";
    }
}
