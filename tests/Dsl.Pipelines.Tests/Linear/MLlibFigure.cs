using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using Xunit;

namespace Dsl.Pipelines.Tests.Linear;

/// <summary>One fit of Spark MLlib 4.3.0, as tests/fixtures/mllib/make_figures.py wrote it.</summary>
internal sealed record MLlibFigure(
    string Model, string Table, string Label, FigureOptions Options, double[][] Coefficients, double[] Intercepts, double[] History, string Features = "features")
{
    private static readonly Lazy<MLlibFigure[]> Read = new(() =>
        JsonSerializer.Deserialize<MLlibFigure[]>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "mllib", "linear.json")), JsonSerializerOptions.Web)!);

    public static MLlibFigure[] All => Read.Value;

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

    private void Close(string what, double wanted, double got, double tolerance)
    {
        if (!(Math.Abs(wanted - got) <= tolerance * Math.Max(Math.Abs(wanted), 1e-3)))
            Assert.Fail($"{this}: {what} should be {wanted:R}, is {got:R}");
    }
}
