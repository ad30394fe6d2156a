using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using Dsl.Pipelines.Linear;
using Xunit;

namespace Dsl.Pipelines.Tests.Linear;

/// <summary>One fit of Spark MLlib 4.3.0, as tests/fixtures/mllib/make_figures.py wrote it.</summary>
internal sealed record MLlibFigure(
    string Model, string Table, string Label, FigureOptions Options, double[][] Coefficients, double[] Intercepts, double[] History, string Features = "features", double Scale = 1,
    double Accuracy = 0, double AreaUnderRoc = 0)
{
    private static readonly Lazy<MLlibFigure[]> Read = new(() => Of("linear.json"));
    private static readonly Lazy<MLlibFigure[]> ReadOthers = new(() => Of("huber_svc.json"));

    public static MLlibFigure[] All => Read.Value;

    /// <summary>By Huber's loss, and of support vector machines; make_huber_svc.py wrote them.</summary>
    public static MLlibFigure[] HuberAndSvc => ReadOthers.Value;

    /// <summary>What a fit is to be made with.</summary>
    public LinearFitOptions FitOptions => new()
    {
        MaxIter = (int)Options.Number("maxIter", 100),
        RegParam = Options.Number("regParam", 0),
        ElasticNetParam = Options.Number("elasticNetParam", 0),
        Tol = Options.Number("tol", 1e-6),
        FitIntercept = Options.Flag("fitIntercept", true),
        Standardization = Options.Flag("standardization", true),
    };

    /// <summary>The weights that it was fitted with; null: 1 each.</summary>
    public double[]? WeightsOf(Table table) => Options.Text("weightCol") is { } column ? table.Numbers[column] : null;

    /// <summary>Relative to the largest coefficient of its kind, 1e-6 as the language promises.</summary>
    public void Equals(double[] coefficients, double[] intercepts, double tolerance = 1e-6)
    {
        double[] wanted = [.. Coefficients.SelectMany(row => row)];
        for (int i = 0; i < wanted.Length; i++)
            Close($"coefficient {i}", wanted[i], coefficients[i], tolerance);
        for (int i = 0; i < Intercepts.Length; i++)
            Close($"intercept {i}", Intercepts[i], intercepts[i], tolerance);
    }

    public override string ToString() => $"{Model} {Table} {Label} {string.Join(", ", Options.Select(o => $"{o.Key} {o.Value}"))}";

    private static MLlibFigure[] Of(string file) =>
        JsonSerializer.Deserialize<MLlibFigure[]>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "mllib", file)), JsonSerializerOptions.Web)!;

    private void Close(string what, double wanted, double got, double tolerance)
    {
        if (!(Math.Abs(wanted - got) <= tolerance * Math.Max(Math.Abs(wanted), 1e-3)))
            Assert.Fail($"{this}: {what} should be {wanted:R}, is {got:R}");
    }
}
