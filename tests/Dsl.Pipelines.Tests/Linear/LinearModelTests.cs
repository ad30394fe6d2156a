using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using Dsl.Pipelines.Columns;
using Dsl.Pipelines.Linear;
using Dsl.Pipelines.Optimizing;
using Dsl.Pipelines.Rows;
using Xunit;

namespace Dsl.Pipelines.Tests.Linear;

/// <summary>Linear models as generated code uses them: fits from columns, predictions by row and by column, files.</summary>
public sealed class LinearModelTests
{
    private const int Features = 0;
    private const int Label = 1;
    private const int Weight = 2;
    private const int Prediction = 3;
    private const int Probability = 4;
    private const int Raw = 5;

    private static readonly string[] Names = ["Measures", "Species", "Times", "Prediction", "Probability", "Raw"];
    private static readonly string[] Birds = ["Adelie", "Chinstrap", "Gentoo"];

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
        LinearRegressionModel model = Linear(batch, loss);
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
        LinearRegressionModel model = Linear(batch, RegressionLoss.SquaredError, Weight);
        Assert.Equal(2, model.Coefficients[0], 1e-9);
        Assert.Equal(0, model.Intercept, 1e-9);
    }

    [Fact]
    public void An_objective_that_is_no_number_has_no_minimum()
    {
        foreach (double[]? penalties in new double[]?[] { null, [0, 0] })
        {
            double[] found = QuasiNewton.Minimize(new Overflowing(), [1, 2], penalties, 10, 1e-6, null, CancellationToken.None);
            Assert.Equal([double.NaN, double.NaN], found);
            Assert.Contains("as large as these", Batches.Message(() => LinearFunction.Of(Batches.Step("L"), new LinearFitted(1, found, [0]), null!)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_column_whose_squares_leave_the_range_is_refused_and_not_passed_over()
    {
        // By its deviation, infinity, the column would count 0, and a model of the other one be found.
        double[][] rows = [.. Enumerable.Range(0, 40).Select(i => new[] { (i % 7 - 3) * 1e200, i % 5 })];
        double[] labels = [.. rows.Select(row => row[0] > 0 ? 1.0 : 0)];
        const string Message = "L cannot learn from features or labels as large as these: squares of them leave a double's range; scale them before it";
        Refused(Message, () => Svc(Of(rows, labels)));
        Refused(Message, () => Logistic(Of(rows, labels), 0));
        Refused(Message, () => Linear(Of(rows, [.. rows.Select(row => row[1])]), RegressionLoss.SquaredError));
        Refused(Message, () => Linear(Of(rows, [.. rows.Select(row => row[1])]), RegressionLoss.Huber));
        Refused(Message, () => Linear(Of([.. rows.Select(row => new[] { row[1], 1 })], [.. rows.Select(row => row[0])]), RegressionLoss.SquaredError));
        Refused(Message, () => Linear(Of([.. rows.Select(row => new[] { row[1], 1 })], [.. rows.Select(row => row[0])]), RegressionLoss.Huber));
    }

    [Fact]
    public void What_cannot_be_learnt_or_predicted_is_refused()
    {
        Refused("Row 1: L needs finite features, but element 0 (Measures_0) of Measures is NaN", () => Logistic(Of([[1], [double.NaN]], [0, 1]), 0));
        Refused(
            "Row 2: L needs finite features, but element 0 (Measures_0) of Measures is -Infinity",
            () => Linear(Of([[1], [2], [double.NegativeInfinity]], [0, 1, 2]), RegressionLoss.SquaredError, -1));
        Refused("Row 2: L needs classes from 0 on, but Species is 1.5", () => Logistic(Of([[1], [2], [3]], [0, 1, 1.5]), 0));
        Refused("Row 0: L needs classes from 0 on, but Species is -1", () => Logistic(Of([[1], [2]], [-1, 1]), 0));
        Refused("Row 1: L needs classes from 0 to 1, but Species is 2", () => Logistic(Of([[1], [2]], [0, 2]), 0, classes: 2));
        Refused("L is of the binomial family, which has two classes, but Species has 3", () => Logistic(Of([[1], [2]], [0, 2]), 0, family: LogisticFamily.Binomial));
        Refused("L has nothing to learn from: none of 1 rows has a Species", () => Logistic(Of([[1]], [double.NaN]), 0));
        Refused("L has nothing to learn from: every Times is 0", () => Linear(Of([[1], [2]], [0, 2], [0, 0]), RegressionLoss.SquaredError, Weight));
        Refused("Row 1: L needs weights that are finite and at least 0, but Times is -1", () => Linear(Of([[1], [2]], [0, 2], [0, -1]), RegressionLoss.SquaredError, Weight));
        Refused("L grew beyond all bounds in pass 1: smaller steps", () => Sgd(Of([[1e300], [1e300]], [0, 1]), SgdLoss.SquaredHinge));
        Refused("L takes two classes, but Species has 3", () => Svc(Of([[1], [2]], [0, 2])));
        LogisticRegressionModel model = Logistic(Of([[1, 0], [2, 1]], [0, 1]), 0);
        Refused("L needs vectors of 2 elements, but its features have 3", () => model.Predict([1.0, 2, 3], default));
        Refused("Row 0: L needs vectors of 2 elements, but Measures have 1", () => model.Transform(Of([[1]], [0]), Features, Prediction, -1, -1));
        LinearRegressionModel linear = Linear(Of([[1, 0], [2, 1]], [0, 1]), RegressionLoss.SquaredError);
        Refused("L needs vectors of 2 elements, but its features have 1", () => linear.Predict([1.0]));
        Refused("Row 0: L needs vectors of 2 elements, but Measures have 1", () => linear.Transform(Of([[1]], [0]), Features, Prediction));
    }

    [Fact]
    public void A_broken_file_is_one_error()
    {
        StageWriter sets = Sets(2, 3);
        Assert.Contains("L.NumClasses is 3, but there are 2 sets", Assert.Throws<InvalidDataException>(() => LogisticRegressionModel.Read(new StageReader(sets))).Message, StringComparison.Ordinal);
        Assert.Contains("L.NumClasses is 3, but there are 1 sets", Assert.Throws<InvalidDataException>(() => LinearSVCModel.Read(new StageReader(Sets(3, 3)))).Message, StringComparison.Ordinal);
        Assert.Contains("L.Loss is no loss", Assert.Throws<InvalidDataException>(() => SGDClassifierModel.Read(new StageReader(Sets(3, 3)))).Message, StringComparison.Ordinal);
        Assert.Contains("L.Coefficients is missing", Assert.Throws<InvalidDataException>(() => LinearRegressionModel.Read(new StageReader(new StageWriter("L")))).Message, StringComparison.Ordinal);
        StageWriter names = new("L");
        names.Numbers("Coefficients", [1, 2, 3, 4]);
        names.Number("Intercept", 1);
        new ElementNames([new ElementRun("A", 2, true)]).Write(names);
        Assert.Contains("has 2 elements, and wanted are 4", Assert.Throws<InvalidDataException>(() => LinearRegressionModel.Read(new StageReader(names))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_of_elements_come_back_from_a_file()
    {
        ElementNames all = new([
            new ElementRun("Bill", 1, false), new ElementRun("Island", 3, true, Labels: ["Biscoe", "Dream", "Torgersen"]), new ElementRun("Kind", 1, false, Categories: 4), new ElementRun("S", 5, true, First: 2)]);
        foreach (ElementNames names in new[] { all, all.Select([6, 2, 0, 4]), all.AsNumbers() })
        {
            StageWriter writer = new("L");
            names.Write(writer);
            ElementNames read = ElementNames.Read(new StageReader(writer), names.Size);
            for (int i = 0; i < names.Size; i++)
            {
                Assert.Equal(names[i], read[i]);
                Assert.Equal(names.CategoriesOf(i), read.CategoriesOf(i));
            }
        }
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

    private static LogisticRegressionModel Logistic(ColumnBatch batch, double regParam, int classes = 0, double threshold = 0.5, LogisticFamily family = LogisticFamily.Auto) =>
        LogisticRegressionModel.Fit(Step(), batch, Features, Label, -1, classes, 100, regParam, 0, 1e-6, true, true, threshold, family);

    private static LinearRegressionModel Linear(ColumnBatch batch, RegressionLoss loss, int weight = -1) =>
        LinearRegressionModel.Fit(Step(), batch, Features, Label, weight, 100, 0, 0, 1e-6, true, true, loss, 1.35);

    private static LinearSVCModel Svc(ColumnBatch batch, double threshold = 0) =>
        LinearSVCModel.Fit(Step(), batch, Features, Label, -1, 0, 100, 0.1, 1e-6, true, true, threshold);

    private static SGDClassifierModel Sgd(ColumnBatch batch, SgdLoss loss) => SGDClassifierModel.Fit(
        Step(), batch, Features, Label, -1, 0, loss, SgdPenalty.L2, 1e-4, 0.15, true, 5, 1e-3, 5, true, SgdLearningRate.Optimal, 0.01, 0.5);

    private static StageWriter Sets(int sets, int classes)
    {
        StageWriter writer = new("L");
        writer.Numbers("CoefficientMatrix", new double[2 * sets], sets, 2);
        writer.Numbers("InterceptVector", new double[sets]);
        writer.Numbers("Coefficients", new double[2]);
        writer.Number("Intercept", 0);
        new ElementNames([new ElementRun("A", 2, true)]).Write(writer);
        writer.Number("NumClasses", classes);
        writer.Texts("ClassLabels", []);
        writer.Number("Threshold", 0.5);
        writer.Number("Scale", 1);
        writer.Texts("Loss", ["12"]);
        return writer;
    }

    private static FitStep Step() => new("L", 0, 1, 0, null, CancellationToken.None);

    private static T Written<T>(T model, string stage)
        where T : IStageModel<T>
    {
        StageWriter writer = new(stage);
        model.Write(writer);
        return T.Read(new StageReader(writer));
    }

    private static void Refused(string message, Func<object> action) => Assert.StartsWith(message, Assert.Throws<PipelineException>(action).Message, StringComparison.Ordinal);

    private static void Refused(string message, Action action) => Assert.StartsWith(message, Assert.Throws<PipelineException>(action).Message, StringComparison.Ordinal);

    private static ColumnBatch Penguins(bool twoClasses, bool sparse = false)
    {
        ColumnBatch batch = Batch(Tables.Named("penguins")!, "features", twoClasses ? "chinstrap" : "species", sparse);
        if (!twoClasses)
            batch.SetClasses(Label, 3, Birds);
        return batch;
    }

    private static ColumnBatch Batch(Table table, string features, string label, bool sparse = false)
    {
        ColumnBatch batch = new(Names, table.Numbers[label].Length, 0);
        batch.Set(Features, table.Features(features, sparse));
        batch.Set(Label, table.Numbers[label]);
        return batch;
    }

    private static ColumnBatch Of(double[][] features, double[] labels, double[]? weights = null)
    {
        ColumnBatch batch = Batch(new Table(new() { ["x"] = features }, new() { ["y"] = labels }), "x", "y");
        if (weights is not null)
            batch.Set(Weight, weights);
        return batch;
    }

    private sealed class Listener(Action<PipelineProgress> told) : IProgress<PipelineProgress>
    {
        public void Report(PipelineProgress value) => told(value);
    }

    private sealed class Overflowing : IObjective
    {
        public double Evaluate(ReadOnlySpan<double> point, Span<double> gradient)
        {
            gradient.Fill(double.NaN);
            return double.PositiveInfinity;
        }
    }
}
