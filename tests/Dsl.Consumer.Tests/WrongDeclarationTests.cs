using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Dsl.Consumer.Tests;

/// <summary>With an error in a declaration, code that uses the class has no error of its own: every public member is there.</summary>
public sealed class WrongDeclarationTests
{
    private const string Head = "using System;\nusing System.IO;\nusing System.Threading;\nusing Dsl;\n";

    private const string Blocks = """

        [Block, Input(8)] [Linear(8), ReLU, Linear(8, Bias = false)] partial class Inner;
        [Block, Input(8)] [Use<Inner>(Repeat = 2), BatchNorm1d] partial class Outer;
        [Block, Input(8)] [Linear(8), Conv2d(3, 3)] partial class WrongInside;
        [Block, Input(8)] [Linear(8), Use<Circular>] partial class Circular;
        """;

    // What holds of every network with one input, one output and labels.
    private const string Common = """

        static class Uses
        {
            public static void Run(float[] x, int[] labels, float[] y, Samples data)
            {
                using M net = new(seed: 7);
                INetwork any = net;
                any.Predict(x, y);
                net.Predict(x, y);
                net.Predict(new M.InputBatch(3), new M.OutputBatch(3));
                M.OutputBatch filled = net.Predict(new M.InputBatch(x));
                net.Probabilities(x, y);
                net.Classify(x, labels);
                float loss = net.Loss(x, labels) + net.TrainStep(x, labels) + net.TrainStep(new M.InputBatch(x), labels);
                int sizes = M.InputShape[0] + M.OutputShape.Length + filled[0].Length;
                const long Count = M.ParameterCount + M.FlopsPerSample;
                History history = net.Fit(data, new FitOptions(), null, CancellationToken.None);
                Evaluation evaluation = net.Evaluate(data);
                net.LearningRate = 0.1;
                net.TotalSteps = net.Step + 5;
                net.StepsPerEpoch = 5;
                net.Save("a.safetensors");
                net.Save(Stream.Null);
                using M other = M.Load("a.safetensors");
                using M third = M.Load(new ReadOnlySpan<byte>(new byte[8]));
                other.CopyFrom(net);
                net.LoadWeights("b.safetensors", "model.", name => name);
                net.SaveCheckpoint("c");
                net.LoadCheckpoint("c");
                string table = net.Summary() + net.Parameters[0].Name;
                USES
            }
        }
        """;

    /// <summary>Id, attributes after [Model], what the class's user writes beside the common members.</summary>
    public static TheoryData<string, string, string> Declarations => new()
    {
        { "DSL104", "[Linear(3), Linear(2), CrossEntropy, Adam]", "net.Linear1.Weight.Values[0] = net.Linear2.Bias.Gradients[0];" },
        { "DSL106", "[Input(4), Linear(3), Add(\"Linaer1\"), Linear(2), CrossEntropy, Adam]", "net.Linear2.Bias.Values.Clear();" },
        { "DSL106", "[Input(4), Linear(3), Expose(\"Look\", \"Rest\", From = \"Nothing\"), Linear(2), CrossEntropy, Adam]", "net.Look(x, y); net.Rest(x, y);" },
        { "DSL107", "[Input(4), Linear(3, Name = \"a\"), Linear(2, Name = \"a\"), CrossEntropy, Adam]", "net.a.Weight.Values.Clear();" },
        { "DSL108", "[Linear(3), Input(4), Linear(2), CrossEntropy, Adam]", "net.Linear1.Weight.Values.Clear();" },
        { "DSL110", "[Input(4), Linear(3, Name = \"not a name\"), Linear(2), CrossEntropy, Adam]", "net.Linear2.Weight.Values.Clear();" },
        { "DSL110", "[Input(4), Linear(3, Name = \"Predict\"), Linear(2), CrossEntropy, Adam]", "net.Linear2.Weight.Values.Clear();" },
        { "DSL110", "[Input(4), Linear(3, Name = \"class\"), Linear(2, Name = \"M\"), CrossEntropy, Adam]", "" },
        { "DSL112", "[Input(4), Linear(2), CrossEntropy, Hinge, Adam, SGD(0.1)]", "net.Linear1.Weight.Values.Clear();" },
        { "DSL113", "[Input(4), Linear(2), Adam]", "float f = net.TrainStep(x, y) + net.TrainStep(x) + net.Loss(new M.InputBatch(2), new M.OutputBatch(2));" },
        { "DSL113", "[Input(4), Linear(2), CrossEntropy, Cosine]", "" },
        { "DSL114", "[Input(8), Use<Circular>, Linear(2), CrossEntropy, Adam]", "net.Linear1.Weight.Values.Clear(); int count = net.Use1.Count;" },
        { "DSL115", "[Input(8), Use<string>, Linear(2), CrossEntropy, Adam]", "net.Linear1.Weight.Values.Clear(); int count = net.Use1.Count;" },
        { "DSL116", "[Input(4), CrossEntropy, Adam]", "" },
        { "DSL118", "[Input(4), Linear(4), Linear(4), Expose(\"Look\", \"Rest\"), Add(\"Linear1\"), CrossEntropy, Adam]", "net.Look(x, y); net.Rest(x, y);" },
        { "DSL201", "[Input(1, 8, 8), Conv2d(4, 3), Linear(10), BatchNorm1d, CrossEntropy, Adam]", "net.Conv2d1.Weight.Values.Clear(); net.Linear1.Bias.Values.Clear(); net.BatchNorm1d1.RunningMean.Values.Clear();" },
        { "DSL202", "[Input(1, 8, 8), Conv2d(0, 3), Flatten, Linear(10, Bias = false), CrossEntropy, Adam]", "net.Conv2d1.Bias.Values.Clear(); net.Linear1.Weight.Values.Clear();" },
        { "DSL202", "[Input(8), Use<Inner>(Repeat = 0), Linear(2), CrossEntropy, Adam]", "net.Use1[0].Linear1.Weight.Values.Clear();" },
        { "DSL203", "[Input(1, 2, 2), Conv2d(4, 3, Name = \"c\"), Output(\"side\"), Flatten, Linear(10), CrossEntropy, Adam]", "net.Predict(x, y, y); int n = M.sideShape.Length; net.c.Weight.Values.Clear();" },
        { "DSL204", "[Input(3, 8, 8), Conv2d(4, 3, Groups = 2), GlobalAvgPool2d, Linear(10), CrossEntropy, Adam]", "net.Conv2d1.Weight.Values.Clear();" },
        { "DSL205", "[Input(4), Linear(3), Linear(5), Add(\"Linear1\"), Linear(2), CrossEntropy, Adam]", "net.Linear3.Weight.Values.Clear();" },
        { "DSL206", "[Input(4), Reshape(3, 2), Linear(2), CrossEntropy, Adam]", "net.Linear1.Weight.Values.Clear();" },
        { "DSL208", "[Input(60000, 60000), Linear(2), CrossEntropy, Adam]", "net.Linear1.Weight.Values.Clear();" },
        { "DSL209", "[Input(4), Use<Outer>(Name = \"body\"), Linear(2), CrossEntropy, Adam]", "net.body[0].Use1[1].Linear1.Weight.Values.Clear(); net.body[0].BatchNorm1d1.RunningVar.Values.Clear();" },
        { "DSL201", "[Input(8), Use<WrongInside>, Linear(2), CrossEntropy, Adam]", "net.Use1[0].Conv2d1.Weight.Values.Clear(); net.Use1[0].Linear1.Bias.Values.Clear();" },
        { "DSL301", "[Input(4), Linear(1), CrossEntropy, Adam]", "net.Linear1.Weight.Values.Clear();" },
        { "DSL304", "[Input(4), Linear(2), CrossEntropy, Adam, Budget(Parameters = 3)]", "net.Linear1.Weight.Values.Clear();" },
        { "DSL105", "[Input(4), Linear(2), CrossEntropy, Adam] partial class M; [Linear(3)]", "net.Linear1.Weight.Values.Clear(); net.Linear2.Weight.Values.Clear();" },
    };

    [Theory]
    [MemberData(nameof(Declarations))]
    public void Uses_of_the_class_have_no_error_of_their_own(string id, string attributes, string uses)
    {
        bool hasSide = attributes.Contains("Output(", StringComparison.Ordinal);
        string common = Common;
        if (hasSide)
        {
            // With a further output the main one's shorthands do not exist.
            common = common.Replace("net.Predict(x, y);", "", StringComparison.Ordinal)
                .Replace("net.Predict(new M.InputBatch(3), new M.OutputBatch(3));", "", StringComparison.Ordinal)
                .Replace("net.Predict(new M.InputBatch(x));", "new(3);", StringComparison.Ordinal);
        }

        Consumer consumer = Consumer.Build(new Settings(), $"{Head}[Model] {attributes} partial class M;\n{common.Replace("USES", uses, StringComparison.Ordinal)}{Blocks}");
        Assert.Contains(id, consumer.Findings());
        AssertNoErrors(consumer);
    }

    [Theory]
    [InlineData("DSL107", "[Input(4), Input(4, Name = \"b\"), Linear(2, From = \"b\"), CrossEntropy, Adam]", "net.Predict(x, x, y); net.TrainStep(x, x, labels); int n = M.bShape.Length + new M.bBatch(3).Count; net.Linear1.Bias.Values.Clear();")]
    [InlineData("DSL107", "[Input(4, Name = \"a\"), Input(4, Name = \"b\"), Linear(2, Name = \"b\", From = \"a\"), CrossEntropy, Adam]", "net.Predict(x, x, y); int n = M.aShape.Length;")]
    [InlineData("DSL108", "[Input(4, Name = \"a\"), Input(4, Name = \"b\"), Linear(2), MeanSquaredError, Adam]", "net.Predict(x, x, y); net.TrainStep(x, x, y); int n = M.aShape.Length;")]
    [InlineData("DSL301", "[Input(4, Name = \"a\"), Input(4, Name = \"b\"), Linear(4, From = \"a\"), Add(\"b\"), Reconstruction, Adam]", "net.Predict(x, x, y); net.TrainStep(x, x); int n = M.aShape.Length;")]
    [InlineData("DSL110", "[Input(4), Linear(2), Output(\"Output\"), Linear(2), CrossEntropy, Adam]", "net.Classify(x, labels); net.TrainStep(x, labels);")]
    [InlineData("DSL110", "[Input(4), Linear(2), Output(\"Input\"), Linear(2), CrossEntropy, Adam]", "net.Classify(x, labels); net.TrainStep(x, labels);")]
    [InlineData("DSL107", "[Input(4), Linear(2, Name = \"sideShape\"), Output(\"side\"), Linear(2), CrossEntropy, Adam]", "net.Classify(x, labels); net.TrainStep(x, labels);")]
    public void Several_inputs_keep_their_members(string id, string attributes, string uses)
    {
        Consumer consumer = Consumer.Build(
            new Settings(),
            $"{Head}[Model] {attributes} partial class M;\nstatic class Uses {{ static void Run(float[] x, float[] y, int[] labels) {{ using M net = new(); {uses} }} }}");
        Assert.Contains(id, consumer.Findings());
        AssertNoErrors(consumer);
    }

    [Theory]
    [InlineData("public void Predict(float[] x) { }")]
    [InlineData("public int Conv2d1;")]
    [InlineData("public class InputBatch;")]
    [InlineData("public int Loss => 1;")]
    [InlineData("public int InputShape => 1; public int TrainStep => 2; public int ParameterCount => 3; public int Load => 4; public int On => 5; public int CopyFrom => 6;")]
    [InlineData("public int Look => 1;")]
    public void A_member_of_the_users_stands_alone(string member)
    {
        Consumer consumer = Consumer.Build(
            new Settings(),
            $"{Head}[Model, Input(1, 8, 8), Conv2d(4, 3), Flatten, Linear(2), Expose(\"Look\"), CrossEntropy, Adam] partial class M {{ {member} }} static class Uses {{ static void Run(M net) => net.Linear1.Weight.Values.Clear(); }}");
        Assert.Contains("DSL110", consumer.Findings());
        AssertNoErrors(consumer);
    }

    [Fact]
    public void What_only_the_generated_part_uses_is_free_for_layers_and_members()
    {
        Consumer consumer = Consumer.Build(
            new Settings(),
            $"{Head}[Model, Input(4), Linear(3, Name = \"Code\"), Linear(3, Name = \"Filled\"), Linear(2, Name = \"Loaded\"), CrossEntropy, Adam] partial class M {{ public class Layers; private int DeclarationHasErrors => 1; private new void CopyValues(Network other) {{ _ = DeclarationHasErrors; }} static void Run(M net) {{ net.CopyValues(net); net.Code.Weight.Values.Clear(); }} }}");
        Assert.Empty(consumer.Findings());
        Assert.Empty(consumer.Complaints());
    }

    [Fact]
    public void An_attribute_that_the_compiler_does_not_find_is_the_only_error()
    {
        Consumer consumer = Consumer.Build(new Settings(), $"{Head}[Model, Input(4), Linear(2), CrosEntropy, Adma] partial class M;\n{Common.Replace("USES", "", StringComparison.Ordinal)}");
        Assert.Empty(consumer.Findings());
        AssertNoErrors(consumer, "CS0246");
    }

    [Theory]
    [InlineData("[Input(4), Linear(0), CrossEntropy, Adam]", "DSL202")]
    [InlineData("[Input(4), Linear(2), CrosEntropy]", "")]
    public void Members_over_columns_stay(string attributes, string id)
    {
        const string Uses = """
            using Dsl.Spark.Sql;
            static class Uses
            {
                static Column[] Run(M net, Column x) =>
                [
                    net.Predict(x), net.Predict(x, strict: true), net.Predict(x, x), net.Predict(true, x, x),
                    net.Classify(x), net.Classify(x, strict: true), net.Classify(x, x), net.Classify(true, x, x),
                ];
            }
            """;
        Consumer consumer = Consumer.Build(new Settings(Spark: true), $"using Dsl;\n{Uses}\n[Model] {attributes} partial class M;");
        Assert.Equal(id.Length == 0 ? [] : [id], consumer.Findings());
        AssertNoErrors(consumer, "CS0246");
    }

    private static void AssertNoErrors(Consumer consumer, string allowed = "")
    {
        // Unused locals and fields in the code above are no concern here.
        IEnumerable<Diagnostic> complaints = consumer.Complaints().Where(one => one.Id is not ("CS0219" or "CS0168" or "CS0169" or "CS0649") && one.Id != allowed);
        Assert.True(!complaints.Any(), string.Join("\n", complaints));
    }
}
