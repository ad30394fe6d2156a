using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Dsl.Pipelines.Tuning;
using Xunit;

namespace Dsl.Pipelines.Tests.Tuning;

/// <summary>Splits, folds, grids, and the engine that puts them together.</summary>
public class TuningTests
{
    private enum Shape
    {
        Round,
        Square,
    }

    private static FitStep Step(ulong seed) => new("Split1", 0, 1, seed, null, default);

    private static int[] Colours(int rows) => Strata.Of((string?[])[.. Enumerable.Range(0, rows).Select(row => row % 10 == 0 ? null : row % 3 == 0 ? "red" : "blue")]);

    [Fact]
    public void A_split_keeps_its_share_for_every_value()
    {
        int[] strata = Colours(500);
        bool[] train = SplitStage.Train(Step(7), 500, 0.8, strata);
        Assert.Equal(2, strata.Max() + 1);
        foreach (IGrouping<int, int> group in Enumerable.Range(0, 500).GroupBy(row => strata[row]))
            Assert.Equal(group.Key < 0 ? 0 : Math.Round(group.Count() * 0.8, MidpointRounding.AwayFromZero), group.Count(row => train[row]));
        Assert.Equal(train, SplitStage.Train(Step(7), 500, 0.8, strata));
        Assert.NotEqual(train, SplitStage.Train(Step(8), 500, 0.8, strata));
    }

    [Fact]
    public void A_split_without_strata_keeps_its_share()
    {
        Assert.Equal(400, SplitStage.Train(Step(0), 500, 0.8, null).Count(isTrain => isTrain));
        Assert.Equal([true], SplitStage.Train(Step(0), 1, 0.2, null));
        Assert.Equal("Split1 has no rows to part", Assert.Throws<PipelineException>(() => SplitStage.Train(Step(0), 0, 0.2, null)).Message);
    }

    [Fact]
    public void Strata_are_equal_values()
    {
        Assert.Equal([0, 1, 0, -1, 1, -1], Strata.Of([1, 0, 1, double.NaN, -0.0, double.NaN]));
        Assert.Equal([0, -1, 0, 1], Strata.Of(new string?[] { "a", null, "a", "A" }));
    }

    [Theory]
    [InlineData(10, 3, 2)]
    [InlineData(501, 5, 3)]
    public void Folds_have_every_row_once(int rows, int folds, int repeats)
    {
        int[] strata = Colours(rows);
        int[][] drawn = Folds.Of(rows, folds, repeats, 3, strata);
        Assert.Equal(repeats, drawn.Length);
        foreach (int[] foldOf in drawn)
        {
            int[] sizes = [.. Enumerable.Range(0, folds).Select(fold => foldOf.Count(other => other == fold))];
            Assert.Equal(strata.Count(stratum => stratum >= 0), sizes.Sum());
            Assert.InRange(sizes.Max() - sizes.Min(), 0, 1);
            Assert.All(Enumerable.Range(0, rows), row => Assert.Equal(strata[row] < 0, foldOf[row] < 0));
            foreach (IGrouping<int, int> group in Enumerable.Range(0, rows).Where(row => strata[row] >= 0).GroupBy(row => strata[row]))
                Assert.All(Enumerable.Range(0, folds), fold => Assert.InRange(group.Count(row => foldOf[row] == fold), group.Count() / folds, (group.Count() / folds) + 1));
        }

        Assert.NotEqual(drawn[0], drawn[1]);
        Assert.Equal(drawn, Folds.Of(rows, folds, repeats, 3, strata));
    }

    [Fact]
    public void A_grid_has_all_combinations()
    {
        IReadOnlyList<GridPoint> points = GridPoint.All(("A.RegParam", [0.01, 1]), ("B.Depth", [3, 5, 7L]), ("C.On", [true]), ("D.Shape", [Shape.Square]), ("E.Seed", [9UL]), ("F.Part", ["sqrt"]));
        Assert.Equal(6, points.Count);
        Assert.Equal([(0.01, 3), (0.01, 5), (0.01, 7), (1, 3), (1, 5), (1, 7)], points.Select(point => (point.Number("A.RegParam", 5), point.Whole("B.Depth", 1))));
        Assert.All(points, point => Assert.Equal((true, Shape.Square, 9UL, "sqrt"), (point.Flag("C.On", false), point.Enum("D.Shape", Shape.Round), point.Unsigned("E.Seed", 0), point.Text("F.Part", "all"))));
        Assert.Equal((5, 0.1, null), (points[0].Whole("A.Other", 5), points[0].Number("Other.RegParam", 0.1), points[0].NumberOrNull("Net.LearningRate")));
        Assert.Equal("A.RegParam = 0.01, B.Depth = 3, C.On = True, D.Shape = Square, E.Seed = 9, F.Part = sqrt", points[0].ToString());
        Assert.Same(GridPoint.Declared, Assert.Single(GridPoint.All()));
    }

    private static PipelineTuning<string> Tuned(Func<TuningFold, double> score, bool lowerIsBetter = false, IProgress<PipelineProgress>? progress = null, CancellationToken cancellation = default) => TuningRun.Run(
        new TuningPlan("Rmse", lowerIsBetter, 3, 2, 5), GridPoint.All(("A.X", [1, 2, 4])), 30, null, score, point => point.ToString(), progress, cancellation);

    [Fact]
    public void The_best_point_is_found()
    {
        double Score(TuningFold fold)
        {
            Assert.Equal(30, fold.Train.Concat(fold.Held).Distinct().Count());
            Assert.Equal(10, fold.Held.Length);
            Assert.Equal(fold.Train.Order(), fold.Train);
            return Math.Abs(fold.Point.Whole("A.X", 0) - 2) + (fold.Held[0] % 2 == 0 ? 0.25 : -0.25);
        }

        PipelineTuning<string> lowest = Tuned(Score, lowerIsBetter: true);
        Assert.Equal("A.X = 2", lowest.Best);
        Assert.Same(lowest.Points[1], lowest.BestPoint);
        Assert.Equal("A.X = 4", Tuned(Score).Best);
        TuningPoint point = lowest.Points[2];
        Assert.Equal(6, point.Scores.Count);
        Assert.Equal(point.Scores.Average(), point.Mean, 1e-12);
        Assert.Equal(Math.Sqrt(point.Scores.Average(score => Math.Pow(score - point.Mean, 2))), point.Deviation, 1e-12);
        Assert.Equal([new KeyValuePair<string, object>("A.X", 4)], point.Parameters);
    }

    [Fact]
    public void A_table_shows_every_point() => Assert.Equal(
        "A.X  Rmse    deviation\n1    1.0000  0.0000\n2    2.0000  0.0000\n4    4.0000  0.0000     best\n",
        Tuned(fold => fold.Point.Whole("A.X", 0)).ToString());

    [Fact]
    public void Threads_change_nothing()
    {
        double[] Scores(int threads)
        {
            int before = Compute.Threads;
            Compute.Threads = threads;
            try
            {
                return [.. Tuned(fold => fold.Held.Sum(row => Math.Sqrt(row)) * fold.Point.Whole("A.X", 0)).Points.SelectMany(point => point.Scores)];
            }
            finally
            {
                Compute.Threads = before;
            }
        }

        Assert.Equal(Scores(1), Scores(4));
        Assert.Equal(Scores(1), Scores(64));
    }

    [Fact]
    public void Progress_tells_of_every_fit()
    {
        List<PipelineProgress> reports = [];
        Tuned(
            fold =>
            {
                fold.Progress!.Report(new PipelineProgress("Inner", 0, 1, null));
                return fold.Point.Whole("A.X", 0);
            },
            progress: new Told(reports));
        Assert.Equal(18, reports.Count(report => report.Tuning!.Score is not null));
        Assert.Equal(18, reports.Count(report => report.Stage == "Inner"));
        Assert.Equal(Enumerable.Range(1, 18), reports.Where(report => report.Tuning!.Score is not null).Select(report => report.Index));
        Assert.All(reports, report => Assert.Equal(report.Stage == "Inner" ? 1 : 18, report.Count));
        Assert.Equal(18, reports.Select(report => (report.Tuning!.Point, report.Tuning.Fold)).Distinct().Count());
    }

    [Fact]
    public void The_first_failure_is_told()
    {
        for (int i = 0; i < 20; i++)
        {
            Assert.Equal("point 2", Assert.Throws<InvalidOperationException>(() => Tuned(
                fold => fold.Point.Whole("A.X", 0) is > 1 and int x ? throw new InvalidOperationException($"point {x}") : 0)).Message);
        }

        using CancellationTokenSource source = new();
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => Tuned(_ => 0, cancellation: source.Token));
    }

    [Fact]
    public void A_point_without_a_score_is_not_the_best()
    {
        Assert.Equal("A.X = 2", Tuned(fold => fold.Point.Whole("A.X", 0) == 4 ? double.NaN : fold.Point.Whole("A.X", 0)).Best);
        Assert.Equal("CrossValidate finds no best point: Rmse is not defined on every fold of any", Assert.Throws<PipelineException>(() => Tuned(_ => double.NaN)).Message);
        Assert.Equal("CrossValidate needs a row for each of 3 folds, and there are 2", Assert.Throws<PipelineException>(() => TuningRun.Run(
            new TuningPlan("Accuracy", false, 3, 1, 0), GridPoint.All(), 2, null, _ => 0, _ => 0, null, default)).Message);
    }

    [Fact]
    public void Rows_taken_from_a_batch_are_their_own()
    {
        ColumnBatch batch = new(["A", "T", "I"], 4, 10);
        batch.Set(0, [0.0, 1, 2, 3], [false, true, false, true]);
        batch.Set(1, (string?[])["a", "b", "c", "d"]);
        batch.Set(2, [0, 0, 1, 1, 2, 2, 3, 3]);
        batch.SetClasses(0, 4, ["w", "x", "y", "z"]);
        batch.Keep([true, true, false, true]);
        ColumnBatch taken = batch.Take([2, 0]);
        Assert.Equal([3.0, 0], taken.Numbers(0).ToArray());
        Assert.Equal([true, false], taken.Nulls(0).ToArray());
        Assert.True(taken.Texts(1).ToArray() is ["d", "a"]);
        Assert.Equal([3, 3, 0, 0], taken.Ids(2, 2).ToArray());
        Assert.Equal((13, 10), (taken.RowOf(0), taken.RowOf(1)));
        Assert.Equal([3, 0], taken.Origins.ToArray());
        Assert.Equal(4, taken.ClassesOf(0));
        taken.Numbers(0)[0] = 7;
        taken.Keep([true, false]);
        Assert.Equal([0.0, 1, 3], batch.Numbers(0).ToArray());
    }

    private sealed class Told(List<PipelineProgress> reports) : IProgress<PipelineProgress>
    {
        public void Report(PipelineProgress value) => reports.Add(value);
    }
}
