using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Dsl.Generator.Tests.Checking;

/// <summary>Records that are rows of Spark's tables: DSL410 at a member's type, DSL411 at the name.</summary>
public sealed class SparkRowTests
{
    /// <summary>The library that has the mark.</summary>
    public static MetadataReference Spark { get; } = MetadataReference.CreateFromFile(typeof(Dsl.Spark.Sql.SparkRowAttribute).Assembly.Location);

    [Theory]
    [InlineData("[SparkRow] partial record R(int A, string? B, List<double[]>? C, IReadOnlyList<Inner> D); [SparkRow] readonly partial record struct Inner(long? A, byte[]? B);")]
    [InlineData("partial class Outer { [SparkRow] public sealed partial record R(DateOnly A) { public int B => 1; } }")]
    [InlineData("[SparkRow] partial record Base(int A); [SparkRow] partial record R(int A, string @class) : Base(A);")]
    [InlineData("[SparkRow] partial record R(int A) { public R(int a, int b) : this(a) { } } partial record R;")]
    [InlineData("namespace N.@event { [SparkRow] partial record Schema(int Append, int Bind) { int SparkRowMapper => 1; } }")]
    public void Right_ones(string source) => Verify(source);

    [Theory]
    [InlineData("[SparkRow] partial record R({|DSL410:object|} A, int B, {|DSL410:uint|} C, {|DSL410:List<byte>|} D, {|DSL410:int[,]|} E, {|DSL410:char?|} F);")]
    [InlineData("[SparkRow] partial record R({|DSL410:Plain|} A); record Plain(int A);")]
    [InlineData("[SparkRow] partial record R({|DSL410:R?|} A);")]
    [InlineData("[SparkRow] partial record R({|DSL410:List<S>|} A); [SparkRow] partial record S({|DSL410:R?[]|} A);")]
    [InlineData("[SparkRow] record {|DSL411:R|}(int A);")]
    [InlineData("[SparkRow] partial class {|DSL411:R|};")]
    [InlineData("[SparkRow] partial record {|DSL411:R|};")]
    [InlineData("[SparkRow] partial record {|DSL411:R|}<T>(int A);")]
    [InlineData("[SparkRow] abstract partial record {|DSL411:R|}(int A);")]
    [InlineData("[SparkRow] file partial record {|DSL411:R|}(int A);")]
    [InlineData("class Outer { [SparkRow] public partial record {|DSL411:R|}(int A); }")]
    [InlineData("[SparkRow] partial record {|DSL411:R|} { public int A { get; init; } }")]
    public void Wrong_ones(string source) => Verify(source);

    [Fact]
    public void The_messages_say_what_is_wanted()
    {
        CSharpCompilation compilation = Compiling.Compile("Test", ["using Dsl.Spark.Sql; [SparkRow] partial record R(System.Guid A, ulong B); [SparkRow] partial record S;"], [Spark]);
        Assert.Equal(
            [
                "R.A is a Guid, which no column has; there are bool, sbyte, short, int, long, float, double, decimal, string, byte[], DateOnly, DateTime, DateTimeOffset, arrays and lists of these, and records that are marked SparkRow",
                "R.B is a ulong, but Spark's integers have a sign: take long or decimal",
                "S needs a constructor with a parameter for each column, and a property for each parameter: partial record S(...)",
            ],
            Compiling.Analyze(compilation).Select(one => one.GetMessage(System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void An_edit_elsewhere_regenerates_no_record()
    {
        CSharpCompilation compilation = Compiling.Compile("Test", ["using Dsl.Spark.Sql; [SparkRow] partial record R(int A);", "class Other;"], [Spark]);
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new ModelGenerator().AsSourceGenerator()], driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        driver = driver.RunGenerators(compilation);
        SyntaxTree other = compilation.SyntaxTrees[1];
        driver = driver.RunGenerators(compilation.ReplaceSyntaxTree(other, other.WithChangedText(Microsoft.CodeAnalysis.Text.SourceText.From("class Other { int a; }"))));

        ImmutableArray<IncrementalGeneratorRunStep> steps = driver.GetRunResult().Results.Single().TrackedSteps["SparkRows"];
        Assert.All(steps.SelectMany(step => step.Outputs), output => Assert.True(output.Reason is IncrementalStepRunReason.Unchanged or IncrementalStepRunReason.Cached));
        Assert.NotEmpty(steps);
    }

    private static void Verify(string source) => Marked.Verify([Spark], "using System; using System.Collections.Generic; using Dsl.Spark.Sql; " + source);
}
