using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Dsl.Generator.Pipelines;
using Dsl.Generator.Pipelines.Checking;
using Dsl.Generator.Pipelines.Emitting;
using Graph = Dsl.Generator.Pipelines.Graph;
using Xunit;

namespace Dsl.Generator.Tests.Pipelines;

/// <summary>No stage is forgotten by the pipelines that are compiled and run, and none of its options by what is generated.</summary>
public sealed class CompletenessTests
{
    // Columns, and what the beginning of a fit takes.
    private static readonly string[] NoSettings = ["TypeId", "Name", "Input", "Output", "Features", "Label", "Prediction", "Probability", "RawPrediction", "Weight", "Seed"];

    public static TheoryData<string> Stages => [.. All.Select(stage => stage.Name)];

    private static IEnumerable<Stage> All => new PipelineKind().Constructs.All.OfType<Stage>().Where(stage => stage.Name != "?");

    [Theory]
    [MemberData(nameof(Stages))]
    public void A_stage_is_in_a_pipeline_that_is_run(string stage) => Assert.True(
        Directory.GetFiles(Running(), "*.cs").Select(File.ReadAllText).Append(SpeciesTests.Source).Any(text => Regex.IsMatch(text, $@"[\[ ]{stage}[<(\],]")), $"no pipeline of {Running()} has {stage}");

    [Theory]
    [MemberData(nameof(Stages))]
    public void An_option_that_the_usual_code_does_not_pass_on_is_written_by_the_stage(string stage)
    {
        Stage one = All.Single(all => all.Name == stage);
        string[] options = [.. one.AttributeType.GetProperties().Select(property => property.Name).Except(NoSettings)];
        if (one.Settings.Count == 0 && (IsOwn(one, nameof(Stage.EmitFit)) || IsOwn(one, nameof(Stage.EmitTransform)) || stage is "Select" or "DropColumns"))
            return;
        Assert.Equal(options.Order(StringComparer.Ordinal), one.Settings.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Stages))]
    public void An_option_that_a_check_reads_is_checked_at_every_point_of_a_grid(string stage)
    {
        Stage one = All.Single(all => all.Name == stage);
        List<string> varied = GridRules.OptionsOf(one);
        Assert.Empty(one.Sizing.Concat(one.Checked).Except(varied));
        HashSet<string> read = [];
        for (Type rule = one.GetType(); rule != typeof(Stage); rule = rule.BaseType!)
        {
            string file = Directory.GetFiles(Rules(), rule.Name.Split('`')[0] + ".cs", SearchOption.AllDirectories).FirstOrDefault() ?? Path.Combine(Rules(), "StageOf.cs");
            read.UnionWith(Regex.Matches(File.ReadAllText(file), """(?:\boptions|\bOptionsOf\([\w.]+\))\.(\w+)|\bHas\("(\w+)"\)""").Select(match => match.Groups[1].Value + match.Groups[2].Value));
        }

        Assert.Empty(read.Intersect(varied).Except(one.Sizing).Except(one.Checked));
    }

    // NaN and infinities are values that a table may have for what is missing.
    [Theory]
    [MemberData(nameof(Stages))]
    public void A_number_and_an_enum_have_a_range_of_finite_values(string stage)
    {
        Stage one = All.Single(all => all.Name == stage);
        foreach (PropertyInfo property in one.AttributeType.GetProperties().Where(property => property.Name != "MissingValue" && (property.PropertyType.IsEnum || property.PropertyType == typeof(int) || property.PropertyType == typeof(double))))
        {
            Graph.Range? range = one.Ranges.FirstOrDefault(range => range.Argument.Equals(property.Name, StringComparison.OrdinalIgnoreCase)).Range;
            Assert.True(range is not null, $"{stage}.{property.Name}");
            Assert.True(!property.PropertyType.IsEnum || (!range!.Holds(-1) && !range.Holds(99)), $"{stage}.{property.Name}: {range!.Wanted}");
            Assert.True(property.PropertyType != typeof(double) || (!range.Holds(double.NaN) && !range.Holds(double.NegativeInfinity) && (!range.Holds(double.PositiveInfinity) || property.Name == "P")), $"{stage}.{property.Name}: {range.Wanted}");
        }
    }

    private static bool IsOwn(Stage stage, string method) => stage.GetType().GetMethod(method, BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly) is not null;

    // Where stages stand.
    private static string Rules([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../src/Dsl.Generator/Pipelines/Stages"));

    // Where pipelines are compiled and run; the example of the page beside them.
    private static string Running([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Running");
}
