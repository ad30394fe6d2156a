using System;
using System.IO;
using System.Linq;
using System.Threading;
using Dsl.Pipelines.Columns;
using Dsl.Pipelines.Linear;
using Dsl.Pipelines.Optimizing;
using Xunit;
using static Dsl.Pipelines.Tests.Linear.FittedLinear;

namespace Dsl.Pipelines.Tests.Linear;

/// <summary>Rows that linear models cannot learn from or predict, and files that are none of theirs.</summary>
public sealed class LinearModelErrorTests
{
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
        Refused(Message, () => Regression(Of(rows, [.. rows.Select(row => row[1])]), RegressionLoss.SquaredError));
        Refused(Message, () => Regression(Of(rows, [.. rows.Select(row => row[1])]), RegressionLoss.Huber));
        Refused(Message, () => Regression(Of([.. rows.Select(row => new[] { row[1], 1 })], [.. rows.Select(row => row[0])]), RegressionLoss.SquaredError));
        Refused(Message, () => Regression(Of([.. rows.Select(row => new[] { row[1], 1 })], [.. rows.Select(row => row[0])]), RegressionLoss.Huber));
    }

    [Fact]
    public void What_cannot_be_learnt_or_predicted_is_refused()
    {
        Refused("Row 1: L needs finite features, but element 0 (Measures_0) of Measures is NaN", () => Logistic(Of([[1], [double.NaN]], [0, 1]), 0));
        Refused(
            "Row 2: L needs finite features, but element 0 (Measures_0) of Measures is -Infinity",
            () => Regression(Of([[1], [2], [double.NegativeInfinity]], [0, 1, 2]), RegressionLoss.SquaredError, -1));
        Refused("Row 2: L needs classes from 0 on, but Species is 1.5", () => Logistic(Of([[1], [2], [3]], [0, 1, 1.5]), 0));
        Refused("Row 0: L needs classes from 0 on, but Species is -1", () => Logistic(Of([[1], [2]], [-1, 1]), 0));
        Refused("Row 1: L needs classes from 0 to 1, but Species is 2", () => Logistic(Of([[1], [2]], [0, 2]), 0, classes: 2));
        Refused("L is of the binomial family, which has two classes, but Species has 3", () => Logistic(Of([[1], [2]], [0, 2]), 0, family: LogisticFamily.Binomial));
        Refused("L has nothing to learn from: none of 1 rows has a Species", () => Logistic(Of([[1]], [double.NaN]), 0));
        Refused("L has nothing to learn from: every Times is 0", () => Regression(Of([[1], [2]], [0, 2], [0, 0]), RegressionLoss.SquaredError, Weight));
        Refused("Row 1: L needs weights that are finite and at least 0, but Times is -1", () => Regression(Of([[1], [2]], [0, 2], [0, -1]), RegressionLoss.SquaredError, Weight));
        Refused("L grew beyond all bounds in pass 1: smaller steps", () => Sgd(Of([[1e300], [1e300]], [0, 1]), SgdLoss.SquaredHinge));
        Refused("L takes two classes, but Species has 3", () => Svc(Of([[1], [2]], [0, 2])));
        LogisticRegressionModel model = Logistic(Of([[1, 0], [2, 1]], [0, 1]), 0);
        Refused("L needs vectors of 2 elements, but its features have 3", () => model.Predict([1.0, 2, 3], default));
        Refused("Row 0: L needs vectors of 2 elements, but Measures have 1", () => model.Transform(Of([[1]], [0]), Features, Prediction, -1, -1));
        LinearRegressionModel linear = Regression(Of([[1, 0], [2, 1]], [0, 1]), RegressionLoss.SquaredError);
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

    private static void Refused(string message, Func<object> action) => Assert.StartsWith(message, Assert.Throws<PipelineException>(action).Message, StringComparison.Ordinal);

    private static void Refused(string message, Action action) => Assert.StartsWith(message, Assert.Throws<PipelineException>(action).Message, StringComparison.Ordinal);

    private sealed class Overflowing : IObjective
    {
        public double Evaluate(ReadOnlySpan<double> point, Span<double> gradient)
        {
            gradient.Fill(double.NaN);
            return double.PositiveInfinity;
        }
    }
}
