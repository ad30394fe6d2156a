using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Xunit;

namespace Dsl.Generator.Tests.Pipelines;

/// <summary>From where the pipeline's class, its row and its networks can be seen: what is generated names each only where C# lets it.</summary>
public sealed class VisibilityTests
{
    private const string Rows = "public record Row(double A, bool Good);\n";

    private static readonly string[] Accesses = ["public", "protected internal", "internal", "protected", "private protected", "private"];

    [Theory]
    [InlineData("public", "")]
    [InlineData("public", ", Trained = true")]
    [InlineData("internal", ", Trained = true")]
    public void A_network_beside_the_pipeline(string outer, string trained)
    {
        StringBuilder source = new(Rows);
        List<string> wanted = [];
        foreach (string pipeline in Accesses)
        {
            foreach (string network in Accesses)
            {
                string name = $"{network.Replace(' ', '_')}_in_{pipeline.Replace(' ', '_')}";
                source.Append($$"""
                    {{outer}} partial class O_{{name}}
                    {
                        [Model, Input(1), Linear(2), CrossEntropy, Adam] {{network}} partial class {{name}};
                        [Pipeline<Row>, VectorAssembler("V", "A"), Network<{{name}}>("V", "Good"{{trained}})] {{pipeline}} partial class P
                        {
                            public static void Use(Row[] rows) { using P made = Fit(rows{{(trained.Length > 0 ? $", new {name}(1)" : "")}}); using {{name}} copy = made.{{name}}; OutputRow one = made.Predict(rows[0]); }
                        }
                    }

                    """);
                if (trained.Length > 0 && IsBeyondReach(pipeline, network))
                    wanted.Add($"DSL509 {name}");
            }
        }

        Check(wanted, source.ToString());
    }

    [Theory]
    [InlineData("public")]
    [InlineData("internal")]
    public void A_row_beside_the_pipeline(string outer)
    {
        StringBuilder source = new();
        List<string> wanted = [];
        foreach (string pipeline in Accesses)
        {
            foreach (string row in Accesses)
            {
                string name = $"{row.Replace(' ', '_')}_in_{pipeline.Replace(' ', '_')}";
                bool isWrong = IsBeyondReach(pipeline, row);
                source.Append($$"""
                    {{outer}} partial class O_{{name}}
                    {
                        {{row}} record {{name}}(double A, bool Good);
                        [Pipeline<{{name}}>, VectorAssembler("V", "A"), LogisticRegression("V", "Good"), Evaluate(Metric.Accuracy)] {{pipeline}} partial class P
                        {
                    {{(isWrong ? "" : $"        internal static void Use({name}[] rows) {{ using P made = Fit(rows); IPipeline<{name}, OutputRow> face = made; OutputRow one = face.Predict(rows[0]); made.Evaluate(rows); }}")}}
                        }
                    }

                    """.Replace("internal static void Use", "private static void Use", StringComparison.Ordinal));
                if (isWrong)
                    wanted.Add($"DSL505 {name}");
            }
        }

        Check(wanted, source.ToString());
    }

    [Theory]
    [InlineData("public class Base { protected record R(double A, bool Good); } public partial class Derived : Base { [Pipeline<R>, VectorAssembler(\"V\", \"A\"), LogisticRegression(\"V\", \"Good\")] protected partial class P; }", "")]
    [InlineData("public class Base { protected record R(double A, bool Good); } public partial class Derived : Base { [Pipeline<R>, VectorAssembler(\"V\", \"A\"), LogisticRegression(\"V\", \"Good\")] private partial class P; }", "")]
    [InlineData("public class Base { protected record R(double A, bool Good); } public partial class Derived : Base { [Pipeline<R>, VectorAssembler(\"V\", \"A\"), LogisticRegression(\"V\", \"Good\")] internal partial class P; }", "DSL505 R")]
    [InlineData("partial class Y { private partial class X { private record R(double A, bool Good); [Pipeline<R>, VectorAssembler(\"V\", \"A\"), LogisticRegression(\"V\", \"Good\")] internal partial class P; } }", "DSL505 R")]
    [InlineData("partial class Y { private partial class X { internal record R(double A, bool Good); [Pipeline<R>, VectorAssembler(\"V\", \"A\"), LogisticRegression(\"V\", \"Good\")] internal partial class P; } }", "")]
    [InlineData("partial class Y { private record R(double A, bool Good); public partial class X { [Pipeline<R>, VectorAssembler(\"V\", \"A\"), LogisticRegression(\"V\", \"Good\")] private partial class P; } }", "")]
    [InlineData("partial class Y { private record R(double A, bool Good); private partial class X { [Pipeline<R>, VectorAssembler(\"V\", \"A\"), LogisticRegression(\"V\", \"Good\")] public partial class P; } }", "")]
    [InlineData("public record R<T>(double A, bool Good); public partial class Y { private class Hidden; [Pipeline<R<Hidden>>, VectorAssembler(\"V\", \"A\"), LogisticRegression(\"V\", \"Good\")] public partial class P; }", "DSL505 R<Hidden>")]
    [InlineData("public record R<T>(double A, bool Good); public partial class Y { internal class Inner; [Pipeline<R<Inner[]>>, VectorAssembler(\"V\", \"A\"), LogisticRegression(\"V\", \"Good\")] protected partial class P; }", "")]
    [InlineData("public record R<T>(double A, bool Good); public partial class Y { private class Hidden; [Pipeline<R<Hidden[]>>, VectorAssembler(\"V\", \"A\"), LogisticRegression(\"V\", \"Good\")] public partial class P; }", "DSL505 R<Hidden[]>")]
    public void A_row_elsewhere(string source, string wanted) => Check(wanted.Length == 0 ? [] : [wanted], source);

    [Theory]
    [InlineData("partial class Y { private partial class X { [Model, Input(1), Linear(2), CrossEntropy, Adam] private partial class Net; [Pipeline<Row>, VectorAssembler(\"V\", \"A\"), Network<Net>(\"V\", \"Good\")] internal partial class P; } }", "")]
    [InlineData("partial class Y { private partial class X { [Model, Input(1), Linear(2), CrossEntropy, Adam] private partial class Net; [Pipeline<Row>, VectorAssembler(\"V\", \"A\"), Network<Net>(\"V\", \"Good\", Trained = true)] internal partial class P; } }", "DSL509 Net")]
    [InlineData("[Model, Input(1), Linear(2), CrossEntropy, Adam] file partial class Net; [Pipeline<Row>, VectorAssembler(\"V\", \"A\"), Network<Net>(\"V\", \"Good\")] public partial class P;", "DSL102 Net")]
    [InlineData("[Model, Input(1), Linear(2), CrossEntropy, Adam] file partial class Net; [Pipeline<Row>, VectorAssembler(\"V\", \"A\"), Network<Net>(\"V\", \"Good\", Trained = true)] public partial class P;", "DSL102 Net")]
    [InlineData("file class Net; [Pipeline<Row>, VectorAssembler(\"V\", \"A\"), Network<Net>(\"V\", \"Good\", Trained = true)] public partial class P;", "DSL509 Net")]
    [InlineData("public partial class Y { private class Net; [Pipeline<Row>, VectorAssembler(\"V\", \"A\"), Network<Net>(\"V\", \"Good\")] public partial class P; }", "DSL509 Net")]
    public void A_network_elsewhere(string source, string wanted) => Check(wanted.Length == 0 ? [] : [wanted], Rows + source);

    [Fact]
    public void The_message_says_why_nobody_could_give_the_network() => Assert.Equal(
        "Net is given to Fit, but Net is less accessible than the pipeline's class: not everybody who calls Fit could give one",
        Assert.Single(Piped.Verify(Rows + "public partial class Y { [Model, Input(1), Linear(2), CrossEntropy] private partial class Net; [Pipeline<Row>, VectorAssembler(\"V\", \"A\"), Network<{|DSL509:Net|}>(\"V\", \"Good\", Trained = true)] public partial class P; }")).GetMessage());

    /// <summary>What is not seen in the whole assembly, so far as the pipeline's class is: no member but a private one could name it.</summary>
    private static bool IsBeyondReach(string pipeline, string type) => type switch
    {
        "private" => pipeline != "private",
        "private protected" => pipeline is not ("private" or "private protected"),
        "protected" => pipeline is not ("private" or "private protected" or "protected"),
        _ => false,
    };

    private static void Check(IEnumerable<string> wanted, string source)
    {
        Generating generated = Generating.Run(source);
        Assert.Equal(wanted.Order(StringComparer.Ordinal), generated.Squiggles().Order(StringComparer.Ordinal));
        Assert.Equal("", generated.AllErrors);
    }
}
