using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using Xunit;

namespace Dsl.Pipelines.Tests.Linear;

/// <summary>One fit of Spark MLlib 4.3.0, as tests/fixtures/mllib/make_figures.py wrote it.</summary>
internal sealed record MLlibFigure(
    string Model, string Table, string Label, Dictionary<string, JsonElement> Options, double[][] Coefficients, double[] Intercepts, double[] History, string Features = "features")
{
    private static readonly Lazy<MLlibFigure[]> Read = new(() =>
        JsonSerializer.Deserialize<MLlibFigure[]>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "mllib", "linear.json")), JsonSerializerOptions.Web)!);

    public static MLlibFigure[] All => Read.Value;

    public double Number(string option, double otherwise) => Options.TryGetValue(option, out JsonElement value) ? value.GetDouble() : otherwise;

    public bool Flag(string option, bool otherwise) => Options.TryGetValue(option, out JsonElement value) ? value.GetBoolean() : otherwise;

    public string? Text(string option) => Options.TryGetValue(option, out JsonElement value) ? value.GetString() : null;

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
