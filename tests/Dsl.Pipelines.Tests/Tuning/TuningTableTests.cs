using System.Collections.Generic;
using System.IO;
using System.Linq;
using Dsl.Pipelines.Tuning;
using Xunit;

namespace Dsl.Pipelines.Tests.Tuning;

/// <summary>How far a tuning is, as a table.</summary>
public class TuningTableTests
{
    private static PipelineProgress Told(int point, int fold, double? score) => new("CrossValidate", 0, 4, null)
    {
        Tuning = new TuningProgress(point, fold, score) { Parameters = new Dictionary<string, object> { ["A.X"] = point == 0 ? 0.5 : 10 }, Folds = 2 },
    };

    [Fact]
    public void Cells_fill_as_folds_are_scored()
    {
        TuningTable table = new(new StringWriter());
        Assert.Equal("", table.ToString());
        table.Report(Told(1, 0, null));
        table.Report(Told(0, 1, null));
        table.Report(new PipelineProgress("Inner", 0, 1, null) { Tuning = new TuningProgress(0, 0, null) });
        table.Report(new PipelineProgress("Inner", 0, 1, null));
        table.Report(Told(0, 1, 0.5));
        Assert.Equal("A.X  fold 1  fold 2  mean\n0.5          0.5000\n10   …\n", table.ToString());
        table.Report(Told(0, 0, 1));
        Assert.Equal("A.X  fold 1  fold 2  mean\n0.5  1.0000  0.5000  0.7500\n10   …\n", table.ToString());
    }

    [Fact]
    public void A_file_gets_a_line_a_point()
    {
        StringWriter output = new() { NewLine = "\n" };
        TuningTable table = new(output);
        TuningRun.Run(new TuningPlan("Rmse", true, 2, 1, 5), GridPoint.All(("A.X", [1, 2])), 30, null, fold => fold.Point.Whole("A.X", 0), _ => 0, table, default);
        Assert.Equal(["A.X = 1: 1.0000 1.0000, mean 1.0000", "A.X = 2: 2.0000 2.0000, mean 2.0000"], output.ToString().Split('\n', System.StringSplitOptions.RemoveEmptyEntries).Order());
        StringWriter single = new() { NewLine = "\n" };
        TuningRun.Run(new TuningPlan("Rmse", true, 2, 1, 5), GridPoint.All(), 30, null, _ => 3, _ => 0, new TuningTable(single), default);
        Assert.Equal("3.0000 3.0000, mean 3.0000\n", single.ToString());
    }

    [Fact]
    public void A_terminal_is_rewritten_in_place()
    {
        StringWriter output = new();
        TuningTable table = new(output, rewrites: true);
        table.Report(Told(0, 0, null));
        table.Report(Told(1, 0, null));
        table.Report(Told(0, 0, 2));
        Assert.Equal(
            "A.X  fold 1  fold 2  mean\n0.5  …\n" +
            "\e[2A\e[JA.X  fold 1  fold 2  mean\n0.5  …\n10   …\n" +
            "\e[3A\e[JA.X  fold 1  fold 2  mean\n0.5  2.0000\n10   …\n",
            output.ToString());
    }
}
