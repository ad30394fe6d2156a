using System;
using System.Collections.Generic;
using System.IO.Compression;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace Dsl.Package.Tests;

/// <summary>One package reference brings attributes, generator, analyzer, code fixes, runtime, pipelines and pages.</summary>
public sealed class PackageTests(PackedFeed feed) : IClassFixture<PackedFeed>
{
    [Fact]
    public void The_package_holds_the_runtime_and_the_compilers_parts_and_no_more()
    {
        using ZipArchive package = ZipFile.OpenRead(feed.Package);
        List<string> all = [.. package.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal)];
        string[] ofEveryPackage = ["_rels/", "package/", "[Content_Types].xml", "docs/"];
        IEnumerable<string> files = all.Where(name => !ofEveryPackage.Any(start => name.StartsWith(start, StringComparison.Ordinal)));
        Assert.Contains("docs/diagnostics/DSL201.md", all);
        Assert.Equal(
            [
                "Dsl.nuspec", "README.md", "analyzers/dotnet/cs/Dsl.CodeFixes.dll", "analyzers/dotnet/cs/Dsl.Generator.dll",
                "lib/net10.0/Dsl.Attributes.dll", "lib/net10.0/Dsl.Attributes.xml", "lib/net10.0/Dsl.Pipelines.dll", "lib/net10.0/Dsl.Pipelines.xml",
                "lib/net10.0/Dsl.Report.dll", "lib/net10.0/Dsl.Report.xml", "lib/net10.0/Dsl.Runtime.dll",
                "lib/net10.0/Dsl.Runtime.xml",
            ],
            files);
    }

    [Fact]
    public async Task A_fresh_project_trains_a_network()
    {
        DotNet run = await feed.Run(
            "Fresh",
            "<ImplicitUsings>enable</ImplicitUsings><Nullable>enable</Nullable><TreatWarningsAsErrors>true</TreatWarningsAsErrors><CheckForOverflowUnderflow>true</CheckForOverflowUnderflow><GenerateDocumentationFile>true</GenerateDocumentationFile>",
            """
            using Dsl;
            using Dsl.Report;

            // Two inputs, labelled by the larger one.
            var random = new System.Random(1);
            var inputs = new float[512];
            var labels = new int[256];
            for (int i = 0; i < labels.Length; i++)
            {
                inputs[2 * i] = random.NextSingle();
                inputs[2 * i + 1] = random.NextSingle();
                labels[i] = inputs[2 * i] < inputs[2 * i + 1] ? 1 : 0;
            }

            using var net = new Larger(seed: 3);
            float first = net.Loss(inputs, labels);
            for (int step = 0; step < 200; step++)
                net.TrainStep(inputs, labels);
            var predicted = new int[labels.Length];
            net.Classify(inputs, predicted);
            int right = predicted.Zip(labels).Count(pair => pair.First == pair.Second);
            Console.WriteLine(net.Summary());
            new ReportPage("Larger").Figures(new Figure($"{right} of {labels.Length}", "right")).Network(net).Save("page.html");
            Console.WriteLine(File.ReadAllText("page.html").Contains("Linear2") ? "shown" : "not shown");
            Console.WriteLine(net.Loss(inputs, labels) < first / 2 && right > 240 ? "learned" : $"not learned: {right} right");

            [Model]
            [Input(2)]
            [Linear(16), ReLU, Linear(2)]
            [CrossEntropy, Adam(1e-2)]
            internal partial class Larger;
            """,
            "run", "-c", "Release");
        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Contains("learned", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("not learned", run.Output, StringComparison.Ordinal);
        Assert.Contains("shown", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("not shown", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("warning", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_declaration_fails_the_build_with_its_id_and_place_and_nothing_else()
    {
        DotNet build = await feed.Run(
            "Wrong",
            "",
            """
            using Dsl;

            using var net = new Picture();
            net.Linear1.Weight.Values.Clear();

            [Model]
            [Input(1, 8, 8)]
            [Conv2d(16, 3, Padding = 1), ReLU, Linear(10)]
            [CrossEntropy, Adam]
            partial class Picture;
            """,
            "build");
        Assert.NotEqual(0, build.ExitCode);
        IEnumerable<string> errors = build.Output.Split('\n').Where(line => line.Contains("error", StringComparison.Ordinal) && line.Contains("Program.cs", StringComparison.Ordinal)).Distinct();
        Assert.All(errors, line => Assert.Contains("Program.cs(8,36): error DSL201: Linear1 needs features or steps × features, but receives 16×8×8", line, StringComparison.Ordinal));
        Assert.NotEmpty(errors);
        Assert.DoesNotContain("error CS", build.Output, StringComparison.Ordinal);
    }
}
