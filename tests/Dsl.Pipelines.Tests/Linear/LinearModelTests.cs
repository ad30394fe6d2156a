using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Xunit;
using static Dsl.Pipelines.Tests.Linear.FittedLinear;

namespace Dsl.Pipelines.Tests.Linear;

/// <summary>Linear models as generated code uses them: fits from columns, predictions by row and by column, files.</summary>
public sealed class LinearModelTests
{
    [Theory]
    [InlineData(true, LogisticFamily.Auto)]
    [InlineData(true, LogisticFamily.Multinomial)]
    [InlineData(false, LogisticFamily.Auto)]
    public void Coefficients_of_a_logistic_regression_are_those_of_MLlib(bool twoClasses, LogisticFamily family)
    {
        MLlibFigure figure = MLlibFigure.All.First(f => f.Model == "logistic" && f.Table == "penguins" && f.Label == (twoClasses ? "chinstrap" : "species")
            && f.Options.Text("family") == (family == LogisticFamily.Multinomial ? "multinomial" : null) && f.Options.Number("regParam", 0) > 0 && f.Options.Count == (family == LogisticFamily.Multinomial ? 2 : 1));
        LogisticRegressionModel model = Logistic(Penguins(twoClasses), figure.Options.Number("regParam", 0), family: family);
        figure.Equals([.. model.CoefficientMatrix.Cast<double>()], model.InterceptVector.ToArray());
        Assert.Equal(twoClasses ? 2 : 3, model.NumClasses);
        Assert.Equal(4, model.NumFeatures);
        if (!twoClasses)
        {
            Assert.Contains("3 classes", Assert.Throws<InvalidOperationException>(() => model.Coefficients).Message, StringComparison.Ordinal);
            Assert.Contains("3 classes", Assert.Throws<InvalidOperationException>(() => model.Intercept).Message, StringComparison.Ordinal);
        }
        else if (family == LogisticFamily.Auto)
        {
            Assert.Equal(figure.Intercepts[0], model.Intercept, 1e-6);
            Assert.Equal(model.CoefficientMatrix.Cast<double>(), model.Coefficients.ToArray());
        }
        else
        {
            Assert.Equal(model.CoefficientMatrix[1, 2] - model.CoefficientMatrix[0, 2], model.Coefficients[2], 1e-12);
            Assert.Equal(model.InterceptVector[1] - model.InterceptVector[0], model.Intercept, 1e-12);
        }
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void Columns_rows_and_files_give_the_same_classes(bool twoClasses, bool sparse)
    {
        ColumnBatch batch = Penguins(twoClasses, sparse);
        LogisticRegressionModel model = Logistic(batch, 0.01);
        model.Transform(batch, Features, Prediction, Probability, Raw);
        LogisticRegressionModel read = Written(model, "LogisticRegression1");
        double[] probability = new double[model.NumClasses];
        double[] raw = new double[model.NumClasses];
        int right = 0;
        for (int row = 0; row < batch.Count; row++)
        {
            Vector features = batch.VectorAt(Features, row);
            double[] dense = features.ToArray();
            foreach (LogisticRegressionModel either in new[] { model, read })
            {
                Assert.Equal(batch.Numbers(Prediction)[row], either.Predict(dense, probability, raw));
                Assert.Equal(batch.VectorAt(Probability, row).ToArray(), probability);
                Assert.Equal(batch.VectorAt(Raw, row).ToArray(), raw);
                Assert.Equal(batch.Numbers(Prediction)[row], either.Predict(features, probability, raw));
                Assert.Equal(batch.VectorAt(Probability, row).ToArray(), probability);
                Assert.Equal(batch.Numbers(Prediction)[row], either.Predict(dense, default));
            }

            Assert.Equal(1, probability.Sum(), 1e-12);
            Assert.Equal(Array.IndexOf(probability, probability.Max()), batch.Numbers(Prediction)[row]);
            Assert.Equal(Array.IndexOf(raw, raw.Max()), batch.Numbers(Prediction)[row]);
            right += batch.Numbers(Prediction)[row] == batch.Numbers(Label)[row] ? 1 : 0;
        }

        Assert.True(right > 0.9 * batch.Count);
        Assert.Equal(model.NumClasses, batch.ClassesOf(Prediction));
        Assert.Equal(twoClasses ? null : Birds, batch.LabelsOf(Prediction));
        Assert.Equal(twoClasses ? "Probability_1" : "Probability_Chinstrap", batch.ElementsOf(Probability)[1]);
        Assert.Equal(model.Describe(), read.Describe());
        Assert.StartsWith(twoClasses ? "Measures_0 " : "Adelie: Measures_0 ", model.Describe(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RegressionLoss.SquaredError)]
    [InlineData(RegressionLoss.Huber)]
    public void Columns_rows_and_files_give_the_same_numbers(RegressionLoss loss)
    {
        ColumnBatch batch = Batch(Tables.Named("penguins")!, "bill", "mass");
        LinearRegressionModel model = Regression(batch, loss);
        model.Transform(batch, Features, Prediction);
        LinearRegressionModel read = Written(model, "LinearRegression1");
        for (int row = 0; row < batch.Count; row++)
        {
            Vector features = batch.VectorAt(Features, row);
            Assert.Equal(batch.Numbers(Prediction)[row], model.Predict(features));
            Assert.Equal(batch.Numbers(Prediction)[row], read.Predict(features.AsSpan()));
            Assert.Equal(batch.Numbers(Prediction)[row], model.Intercept + features.ToArray().Select((x, i) => x * model.Coefficients[i]).Sum(), 1e-9);
        }

        Assert.Equal(0, batch.ClassesOf(Prediction));
        Assert.Equal(model.Describe(), read.Describe());
        Assert.Equal(model.Scale, read.Scale);
        Assert.Equal(loss == RegressionLoss.Huber, model.Scale < 0.5);
        Assert.Equal(3, read.NumFeatures);
    }

    [Fact]
    public void Columns_rows_and_files_give_the_same_sides()
    {
        ColumnBatch batch = Penguins(twoClasses: true);
        LinearSVCModel model = Svc(batch, threshold: 0.25);
        model.Transform(batch, Features, Prediction, -1, Raw);
        LinearSVCModel read = Written(model, "LinearSVC1");
        double[] raw = new double[2];
        for (int row = 0; row < batch.Count; row++)
        {
            Vector features = batch.VectorAt(Features, row);
            double margin = batch.VectorAt(Raw, row)[1];
            Assert.Equal(batch.Numbers(Prediction)[row], model.Predict(features, default, raw));
            Assert.Equal([-margin, margin], raw);
            Assert.Equal(margin > 0.25 ? 1 : 0, read.Predict(features.AsSpan()));
            Assert.Equal(margin, model.Intercept + features.ToArray().Select((x, i) => x * model.Coefficients[i]).Sum(), 1e-9);
        }

        Assert.Equal(2, batch.ClassesOf(Prediction));
        Assert.Equal(model.Describe(), read.Describe());
        Assert.Equal((2, 4, 0.25), (read.NumClasses, read.NumFeatures, read.Threshold));
        Assert.Contains("no probabilities", Assert.Throws<ArgumentException>(() => model.Predict(new double[4], new double[2])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, SgdLoss.LogLoss)]
    [InlineData(false, SgdLoss.LogLoss)]
    [InlineData(true, SgdLoss.ModifiedHuber)]
    [InlineData(false, SgdLoss.ModifiedHuber)]
    [InlineData(false, SgdLoss.Hinge)]
    public void A_classifier_by_stochastic_descent_is_the_same_by_columns_rows_and_files(bool twoClasses, SgdLoss loss)
    {
        ColumnBatch batch = Penguins(twoClasses);
        bool hasProbability = loss != SgdLoss.Hinge;
        SGDClassifierModel model = Sgd(batch, loss);
        model.Transform(batch, Features, Prediction, hasProbability ? Probability : -1, Raw);
        SGDClassifierModel read = Written(model, "SGDClassifier1");
        double[] raw = new double[model.NumClasses];
        double[] probability = new double[hasProbability ? model.NumClasses : 0];
        for (int row = 0; row < batch.Count; row++)
        {
            Vector features = batch.VectorAt(Features, row);
            Assert.Equal(batch.Numbers(Prediction)[row], model.Predict(features, probability, raw));
            Assert.Equal(batch.VectorAt(Raw, row).ToArray(), raw);
            Assert.Equal(batch.Numbers(Prediction)[row], read.Predict(features.AsSpan(), probability, raw));
            Assert.Equal(Array.IndexOf(raw, raw.Max()), batch.Numbers(Prediction)[row]);
            if (!hasProbability)
                continue;
            Assert.Equal(batch.VectorAt(Probability, row).ToArray(), probability);
            Assert.Equal(1, probability.Sum(), 1e-12);
        }

        Assert.Equal(model.NumClasses, batch.ClassesOf(Prediction));
        Assert.Equal(model.Describe(), read.Describe());
        Assert.Equal((twoClasses ? 1 : 3, 4), (read.CoefficientMatrix.GetLength(0), read.NumFeatures));
        Assert.Equal(model.InterceptVector, read.InterceptVector);
        if (twoClasses)
            Assert.Equal((model.CoefficientMatrix[0, 1], model.InterceptVector[0]), (read.Coefficients[1], read.Intercept));
        else
            Assert.Throws<InvalidOperationException>(() => model.Coefficients);
        if (!hasProbability)
            Assert.Contains("Hinge there are no probabilities", Assert.Throws<ArgumentException>(() => model.Predict(new double[4], raw)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Dense_and_sparse_rows_give_the_same_bits()
    {
        Random random = new(5);
        for (int size = 1; size < 90; size += 1 + (size / 16))
        {
            double[] w = [.. Enumerable.Range(0, size).Select(_ => random.NextDouble() - 0.5)];
            double[] x = [.. w.Select(_ => random.Next(3) == 0 ? random.NextDouble() : 0)];
            int[] places = [.. Enumerable.Range(0, size).Where(i => x[i] != 0)];
            Assert.Equal(Numerics.Doubles.Dot(x, w), Numerics.Doubles.SparseDot(places, [.. places.Select(i => x[i])], w));
        }
    }

    [Theory]
    [InlineData(0.0, 1)]
    [InlineData(0.5, 0)]
    [InlineData(1.0, 0)]
    public void Above_the_threshold_is_class_1(double threshold, double wanted)
    {
        // Without a slope and as many of each: the probability is 0.5 everywhere.
        ColumnBatch batch = Of([[0], [0]], [0, 1]);
        LogisticRegressionModel model = Logistic(batch, 0, threshold: threshold);
        double[] probability = new double[2];
        Assert.Equal(wanted, model.Predict([7.0], probability));
        Assert.Equal([0.5, 0.5], probability);
        Assert.Equal(threshold, Written(model, "L").Threshold);
    }

    [Fact]
    public void Margins_of_any_size_have_a_probability()
    {
        ColumnBatch batch = Of([[-1], [0], [0.5], [1]], [0, 0, 1, 1]);
        LogisticRegressionModel model = Logistic(batch, 0);
        double[] probability = new double[2];
        foreach (double x in new[] { -1e300, -1e3, 1e3, 1e300 })
        {
            Assert.Equal(x > 0 ? 1 : 0, model.Predict([x], probability));
            Assert.Equal(1, probability.Sum());
        }

        LogisticRegressionModel several = Logistic(Of([[0], [1], [2]], [0, 1, 2]), 0);
        double[] of3 = new double[3];
        Assert.Equal(2, several.Predict([1e300], of3));
        Assert.Equal([0.0, 0, 1], of3);
    }

    [Theory]
    [InlineData(LogisticFamily.Auto)]
    [InlineData(LogisticFamily.Multinomial)]
    public void A_label_that_is_alone_is_certain(LogisticFamily family)
    {
        LogisticRegressionModel model = Logistic(Of([[1], [2]], [1, 1]), 0, family: family);
        double[] probability = new double[2];
        Assert.Equal(1, model.Predict([5.0], probability));
        Assert.Equal([0.0, 1], probability);
        Assert.Equal(double.PositiveInfinity, Written(model, "L").Intercept);
    }

    [Fact]
    public void Rows_without_label_or_weight_are_left_out()
    {
        ColumnBatch batch = Of([[1], [2], [3], [9], [8]], [2, 4, 6, 100, double.NaN], [1, 1, 1, 0, 1]);
        LinearRegressionModel model = Regression(batch, RegressionLoss.SquaredError, Weight);
        Assert.Equal(2, model.Coefficients[0], 1e-9);
        Assert.Equal(0, model.Intercept, 1e-9);
    }

    [Fact]
    public void A_row_is_predicted_without_allocation()
    {
        LogisticRegressionModel model = Logistic(Penguins(twoClasses: false), 0.01);
        double[] features = new double[4];
        double[] probability = new double[3];
        double sum = 0;
        for (int i = 0; i < 3; i++)
            sum += model.Predict(features, probability, probability);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
            sum += model.Predict(features, probability, probability);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.True(sum >= 0);
    }

    [Fact]
    public void A_fit_tells_of_its_steps_and_can_be_stopped()
    {
        List<PipelineProgress> told = [];
        ColumnBatch batch = Penguins(twoClasses: true);
        FitStep step = new("L", 2, 5, 0, new Listener(told.Add), CancellationToken.None);
        LogisticRegressionModel.Fit(step, batch, Features, Label, -1, 0, 7, 0, 0, 1e-6, true, true, 0.5, LogisticFamily.Auto);
        Assert.Equal(new int?[] { null, 1, 2, 3, 4, 5, 6, 7 }, told.Select(p => p.Iteration));
        Assert.All(told, p => Assert.Equal(("L", 2, 5), (p.Stage, p.Index, p.Count)));
        Assert.Equal(told.Skip(1).Select(p => p.Objective).OrderDescending(), told.Skip(1).Select(p => p.Objective));
        using CancellationTokenSource stop = new();
        FitStep stopped = new("L", 0, 1, 0, new Listener(p => stop.Cancel()), stop.Token);
        Assert.Throws<OperationCanceledException>(() => LogisticRegressionModel.Fit(stopped, batch, Features, Label, -1, 0, 7, 0, 0, 1e-6, true, true, 0.5, LogisticFamily.Auto));
    }

    private sealed class Listener(Action<PipelineProgress> told) : IProgress<PipelineProgress>
    {
        public void Report(PipelineProgress value) => told(value);
    }
}
