using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Dsl.Pipelines.Tests.Stages;
using Dsl.Pipelines.Tests.Trees;
using Xunit;
using Xunit.Sdk;

namespace Dsl.Pipelines.Tests.Corners;

/// <summary>Models beside Spark MLlib's with every option off its default, and on rows that tell little: one row, one class, constant columns, no weight, more columns than rows.</summary>
public sealed class CornerTests
{
    private const double Tolerance = 1e-6;

    [Theory]
    [InlineData("LinearRegression")]
    [InlineData("LogisticRegression")]
    [InlineData("LinearSVC")]
    [InlineData("DecisionTreeClassifier")]
    [InlineData("DecisionTreeRegressor")]
    [InlineData("RandomForestClassifier")]
    [InlineData("RandomForestRegressor")]
    [InlineData("GBTClassifier")]
    [InlineData("GBTRegressor")]
    [InlineData("NaiveBayes")]
    [InlineData("KMeans")]
    public void Fits_are_those_of_MLlib(string model)
    {
        List<string> differing = [];
        foreach (CornerFigure figure in CornerFigure.All.Where(figure => figure.Model == model))
        {
            foreach (bool sparse in (bool[])[false, true])
            {
                if (Difference(figure, sparse) is { } difference)
                    differing.Add($"{figure}{(sparse ? " sparse" : "")}: {difference}");
            }
        }

        Assert.True(differing.Count == 0, $"{differing.Count} differ:\n{string.Join('\n', differing)}");
    }

    /// <summary>What differs from MLlib's; null: nothing.</summary>
    private static string? Difference(CornerFigure figure, bool sparse)
    {
        try
        {
            ColumnBatch batch = figure.Batch(sparse);
            Fitted fitted = Fit(figure, batch);
            if (figure.Error is not null)
                return $"is refused with \"{figure.Error}\", was fitted";
            fitted.Compare(figure);
            CompareRows(figure, fitted, batch);
            return null;
        }
        catch (PipelineException refused)
        {
            return figure.Error is null ? $"was refused: {refused.Message}" : null;
        }
        catch (XunitException error)
        {
            return error.Message;
        }
        catch (Exception error) when (error is ArithmeticException or SystemException)
        {
            return $"ends by a {error.GetType().Name}: {error.Message}";
        }
    }

    private static void CompareRows(CornerFigure figure, Fitted fitted, ColumnBatch batch)
    {
        foreach ((int row, JsonElement[] made) in figure.Shown(batch.Count))
        {
            double[] raw = made.Length > 1 ? StageFigure.Flat(made[^1]) : [];
            double[] probability = made.Length > 2 ? StageFigure.Flat(made[1]) : [];
            double[] ourProbability = new double[probability.Length == 0 ? 0 : Math.Max(probability.Length, figure.Classes)];
            double[] ourRaw = new double[raw.Length == 0 ? 0 : Math.Max(raw.Length, figure.Classes)];
            double prediction = fitted.Predict(batch.VectorAt(0, row), ourProbability, ourRaw);

            // Of classes that were never seen naive Bayes in MLlib says nothing.
            CornerFigure.Close($"row {row}'s raw prediction", raw, ourRaw[..raw.Length], Tolerance);
            CornerFigure.Close($"row {row}'s probability", probability, ourProbability[..probability.Length], Tolerance);
            CornerFigure.Close($"row {row}'s prediction", made[0], [prediction], Tolerance);
        }
    }

    private static Fitted Fit(CornerFigure figure, ColumnBatch batch)
    {
        FigureOptions options = figure.Options;
        FitStep step = TreeModels.Step((ulong)options.Number("seed", 0));
        int weight = figure.Weight ? 2 : -1;
        int maxIter = (int)options.Number("maxIter", 100);
        double regParam = options.Number("regParam", 0);
        double elasticNetParam = options.Number("elasticNetParam", 0);
        double tol = options.Number("tol", 1e-6);
        bool fitIntercept = options.Flag("fitIntercept", true);
        bool standardization = options.Flag("standardization", true);
        switch (figure.Model)
        {
            case "LinearRegression":
                RegressionLoss loss = options.Text("loss") == "huber" ? RegressionLoss.Huber : RegressionLoss.SquaredError;
                LinearRegressionModel line = LinearRegressionModel.Fit(
                    step, batch, 0, 1, weight, maxIter, regParam, elasticNetParam, tol, fitIntercept, standardization, loss, options.Number("epsilon", 1.35));
                return new((f) => Linear(f, line.Coefficients.ToArray(), [line.Intercept], line.Scale), (row, _, _) => line.Predict(row));
            case "LogisticRegression":
                LogisticFamily family = Enum.Parse<LogisticFamily>(options.Text("family") ?? "auto", ignoreCase: true);
                LogisticRegressionModel logistic = LogisticRegressionModel.Fit(
                    step, batch, 0, 1, weight, 0, maxIter, regParam, elasticNetParam, tol, fitIntercept, standardization, options.Number("threshold", 0.5), family);
                return new(f => Linear(f, logistic.CoefficientMatrix.Cast<double>(), logistic.InterceptVector.ToArray()), (row, p, raw) => logistic.Predict(row, p, raw));
            case "LinearSVC":
                LinearSVCModel machine = LinearSVCModel.Fit(step, batch, 0, 1, weight, 0, maxIter, regParam, tol, fitIntercept, standardization, options.Number("threshold", 0));
                return new(f => Linear(f, machine.Coefficients.ToArray(), [machine.Intercept]), (row, p, raw) => machine.Predict(row, p, raw));
            case "NaiveBayes":
                NaiveBayesModel bayes = NaiveBayesModel.Fit(
                    step, batch, 0, 1, weight, 0, Enum.Parse<NaiveBayesType>(options.Text("modelType")!, ignoreCase: true), options.Number("smoothing", 1));
                return new(f => Bayes(f, bayes), (row, p, raw) => bayes.Predict(row, p, raw));
            case "KMeans":
                KMeansModel clusters = KMeansModel.Fit(
                    step, batch, 0, weight, (int)options.Number("k", 2), (int)options.Number("maxIter", 20), options.Number("tol", 1e-4),
                    options.Text("initMode") == "random" ? KMeansInit.Random : KMeansInit.KMeansParallel, (int)options.Number("initSteps", 2),
                    options.Text("distanceMeasure") == "cosine" ? KMeansDistance.Cosine : KMeansDistance.Euclidean);
                return new(f => Clusters(f, clusters), (row, _, _) => clusters.Predict(row));
            default:
                string kind = figure.Model[0] switch { 'D' => "tree", 'R' => "forest", _ => "boosting" };
                TreeModelForms trees = TreeModels.Fit(kind, figure.Model.EndsWith("Classifier", StringComparison.Ordinal), options, step, batch, figure.Weight);
                return new(f => Trees(f, trees), trees.Predict);
        }
    }

    private static void Linear(CornerFigure figure, IEnumerable<double> coefficients, double[] intercepts, double scale = 1)
    {
        // Without figures any coefficients do that predict the same.
        if (figure.Coefficients.ValueKind == JsonValueKind.Undefined)
            return;
        // Of very many columns there are pairs of place and coefficient.
        if (figure.Coefficients[0][0].ValueKind == JsonValueKind.Array)
            coefficients = coefficients.SelectMany((coefficient, i) => coefficient == 0 ? [] : (double[])[i, coefficient]);
        CornerFigure.Close("coefficients", figure.Coefficients, coefficients, Tolerance);
        CornerFigure.Close("intercepts", figure.Intercepts, intercepts, Tolerance);
        if (figure.Scale.ValueKind != JsonValueKind.Undefined)
            CornerFigure.Close("scale", figure.Scale, [scale], Tolerance);
    }

    private static void Bayes(CornerFigure figure, NaiveBayesModel model)
    {
        CornerFigure.Close("pi", figure.Pi, model.Pi.ToArray(), Tolerance);
        CornerFigure.Close("theta", figure.Theta, model.Theta.Cast<double>(), Tolerance);
        if (figure.Options.Text("modelType") == "gaussian")
            CornerFigure.Close("sigma", figure.Sigma, model.Sigma.Cast<double>(), Tolerance);
    }

    private static void Clusters(CornerFigure figure, KMeansModel model)
    {
        CornerFigure.Close("centers", figure.Centers, model.ClusterCenters.SelectMany(center => center.ToArray()), Tolerance);
        CornerFigure.Close("cost", figure.Cost, [model.TrainingCost], Tolerance);
    }

    private static void Trees(CornerFigure figure, TreeModelForms model)
    {
        Assert.Equal(figure.Trees!.Length, model.Ensemble.Count);
        for (int i = 0; i < model.Ensemble.Count; i++)
            TreeTests.Compare($"tree {i}", figure.Trees[i], model.Ensemble, model.Ensemble.Starts[i]);
        CornerFigure.Close("importances", figure.Importances, model.Importances.ToArray(), Tolerance);
    }

    /// <summary>A fitted model: holds what it learnt to a figure's, and predicts.</summary>
    private sealed record Fitted(Action<CornerFigure> Compare, Func<Vector, double[], double[], double> Predict);
}
