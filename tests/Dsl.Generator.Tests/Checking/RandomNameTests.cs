using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declaring;
using Dsl.Generator.Networks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Dsl.Generator.Tests.Checking;

/// <summary>
/// Whatever a user calls things, C# finds no error in generated code: a clash is our diagnostic, or none because our own names give way. Names come from
/// the generated text itself, so that a new local, field or type of the emitter is tried without a change here.
/// </summary>
public sealed class RandomNameTests
{
    private static readonly string[] Samples =
    [
        "[Block, Input(4), Linear(4), BatchNorm1d] partial class Inner; [Block, Input(4), Use<Inner>, Linear(4)] partial class Step; [Model, Input(4), Use<Step>(Repeat = 2), Linear(3), CrossEntropy, Adam, Cosine] partial class M;",
        "[Model, Input(1, 8, 8), Conv2d(4, 3, Padding = 1), BatchNorm2d, ReLU, MaxPool2d(2), Flatten, Expose(\"Look\", \"Rest\"), Output(\"side\"), Linear(4), BinaryCrossEntropy, SGD(0.1, Momentum = 0.9)] partial class M;",
        "[Model, Input(4, Name = \"a\"), Input(4, Name = \"b\"), Linear(4, From = \"a\"), Add(\"b\"), Huber, RMSprop] partial class M;",
        "[Model, Input(4), Linear(0), Use<string>] partial class M;",
        "[Model, Tokens(5, Vocabulary = 4), Embedding(4), MultiheadAttention(2, Causal = true), GRU(4), Linear(4), CrossEntropy, Adam] partial class M;",
    ];

    /// <summary>Every identifier of generated text, what C# gives a meaning to in places, and what the base classes have.</summary>
    private static readonly string[] Pool =
    [
        .. Samples
            .SelectMany(sample => Generating.Run(sample).Result.GeneratedTrees)
            .SelectMany(tree => tree.GetRoot().DescendantTokens())
            .Where(token => token.IsKind(SyntaxKind.IdentifierToken))
            .Select(token => token.ValueText)
            .Concat(SyntaxFacts.GetContextualKeywordKinds().Select(SyntaxFacts.GetText))
            .Concat(typeof(Dsl.Network).GetMembers((System.Reflection.BindingFlags)(-1)).Select(member => member.Name))
            .Concat(typeof(Dsl.Runtime.NetworkProgram<>).GetMembers((System.Reflection.BindingFlags)(-1)).Select(member => member.Name))
            .Concat(["StepBlock", "UseStepBlock", "UBlock", "WeightParameters", "Program2", "var", "dynamic", "nameof", "nint", "field", "extension", "größe", "a\u0301", "a\u200Db", "漢", "_", "__", "@a", "class", "Ünïcode"])
            .Where(name => name.All(c => c != '.' && c != '<' && c != '>' && c != '|'))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal),
    ];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 6)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void No_name_makes_an_error_in_generated_code(int seed)
    {
        Random random = new(seed);
        (int ours, int theirs, int right) = Try([.. Enumerable.Range(0, 40).Select(i => $"namespace App{i}.{Draw(random)}")]);
        // The draw is of use only while it gives some of each.
        Assert.InRange(ours, 4, 36);
        Assert.InRange(right, 4, 36);
        Assert.InRange(theirs, 0, 10);
    }

    /// <summary>Each class name of the pool once: there are few enough to try them all.</summary>
    [Fact]
    public void Every_class_name_is_one_or_the_other()
    {
        string[] names = [.. Pool.Where(SyntaxFacts.IsValidIdentifier)];
        (int ours, _, int right) = Try([.. names.Select((name, i) => $"namespace App{i}.Names {{ [global::Dsl.Model, global::Dsl.Input(4), global::Dsl.Linear(3)] partial class @{name}; }}")]);
        // And those of its own input and layer.
        Assert.Equal(GeneratedMembers.Declared.Count + 2, ours);
        Assert.True(right >= 200, $"{right}");
    }

    /// <summary>Compiles all in one, each in a namespace of its own, and counts those with our errors, with C#'s own and with none.</summary>
    private static (int Ours, int Theirs, int Right) Try(string[] sources)
    {
        CSharpCompilation compilation = Compiling.Compile(sources);
        Generating run = Generating.Run(compilation);
        ILookup<SyntaxTree?, Diagnostic> findings = run.Findings.Where(one => one.Severity == DiagnosticSeverity.Error).ToLookup(one => one.Location.SourceTree);
        ILookup<SyntaxTree?, Diagnostic> errors = run.After.GetDiagnostics().Where(one => one.Severity == DiagnosticSeverity.Error).ToLookup(one => one.Location.SourceTree);
        List<string> wrong = [];
        int ours = 0, theirs = 0, right = 0;
        for (int i = 0; i < sources.Length; i++)
        {
            SyntaxTree source = compilation.SyntaxTrees[i];
            SyntaxTree[] generated = [.. run.Result.GeneratedTrees.Where(tree => System.IO.Path.GetFileName(tree.FilePath).StartsWith($"App{i}.", StringComparison.Ordinal))];
            bool isStub = generated.Any(tree => tree.ToString().Contains(GeneratorOutput.StubMark, StringComparison.Ordinal));
            Diagnostic[] inGenerated = [.. generated.SelectMany(tree => errors[tree])];
            bool isTheirs = compilation.GetSemanticModel(source).GetDiagnostics().Any(one => one.Severity == DiagnosticSeverity.Error);
            bool isOurs = findings[source].Any();
            // What C# rejects in the user's part alone, it may meet in ours again.
            if ((inGenerated.Length > 0 && !isTheirs) || (errors[source].Any() && !isTheirs) || (isStub && !isOurs && !isTheirs) || (generated.Length == 0 && !isOurs && !isTheirs))
                wrong.Add($"{sources[i]}\n{string.Join("\n", findings[source].Concat(inGenerated).Concat(errors[source]))}\nstub: {isStub}\n");
            ours += isOurs ? 1 : 0;
            theirs += isTheirs && !isOurs ? 1 : 0;
            right += !isOurs && !isTheirs ? 1 : 0;
        }
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
        return (ours, theirs, right);
    }

    [Theory]
    [InlineData("Predict")]
    [InlineData("InputBatch")]
    [InlineData("OutputBatch")]
    [InlineData("Loss")]
    [InlineData("TrainStep")]
    [InlineData("Classify")]
    [InlineData("ParameterCount")]
    [InlineData("InputShape")]
    [InlineData("CopyFrom")]
    [InlineData("Load")]
    [InlineData("On")]
    public void A_class_that_is_called_like_its_own_member(string name) =>
        Marked.Verify($"[Model, Input(4), Linear(3), CrossEntropy, Adam] partial class {{|DSL110:{name}|}};");

    [Theory]
    [InlineData("[Model, Input(4), Linear(3), CrossEntropy, Adam] partial class Program;")]
    [InlineData("[Model, Input(4), Linear(3), CrossEntropy, Adam] partial class TBackend;")]
    [InlineData("[Model, Input(4), Linear(3), CrossEntropy, Adam] partial class Layers;")]
    [InlineData("[Model, Input(4), Linear(3, Name = \"Layers\"), CrossEntropy, Adam] partial class M;")]
    [InlineData("[Model, Input(4), Linear(3), CrossEntropy, Adam] partial class M { class GeneratedLayers; }")]
    [InlineData("[Model, Input(4), Linear(3), CrossEntropy, Adam] partial class GeneratedLayers;")]
    [InlineData("[Model, Input(4), Linear(3), CrossEntropy, Adam] partial class Save;")]
    [InlineData("[Model, Input(4), Linear(3), CrossEntropy, Adam] partial class @var;")]
    [InlineData("[Model, Input(4), Linear(3, Name = \"Program\"), CrossEntropy, Adam] partial class M { class Program2<T>; }")]
    [InlineData("[Block, Input(4), Linear(4, Name = \"ofNetwork\"), Linear(4, Name = \"atParameter\"), Linear(4, Name = \"UBlock\")] partial class B; [Model, Input(4), Use<B>(Name = \"U\"), Linear(3)] partial class M;")]
    [InlineData("[Block, Input(4), Linear(4)] partial class A; [Block, Input(4), Use<A>(Name = \"Y\")] partial class B; [Model, Input(4), Use<B>(Name = \"X\"), Use<A>(Name = \"XBlockY\"), Linear(3)] partial class M;")]
    [InlineData("[Block, Input(4), Linear(4)] partial class Layers; [Model, Input(4), Use<Layers>, Linear(3)] partial class M;")]
    [InlineData("[Block, Input(4), Linear(4)] partial class InputBatch; [Model, Input(4), Use<InputBatch>, Linear(3)] partial class M;")]
    [InlineData("[Block, Input(4), Linear(4)] partial class Program; [Model, Input(4), Use<Program>, Linear(3)] partial class M;")]
    [InlineData("partial class Layers { [Block, Input(4), Linear(4)] internal partial class B; } [Model, Input(4), Use<Layers.B>, Linear(3)] partial class M;")]
    [InlineData("[Block, Input(4), Linear(4)] partial class Predict; [Model, Input(4), Use<Predict>, Linear(3)] partial class M;")]
    [InlineData("[Block, Input(4), Linear(4)] partial class B { required public int Size; } [Model, Input(4), Use<B>, Linear(3)] partial class M { static int nameof(int x) => x; }")]
    public void A_name_that_only_generated_code_uses_is_free(string source)
    {
        Generating run = Generating.Run(source);
        Assert.Empty(run.Squiggles());
        Assert.Equal("", run.AllErrors);
    }

    /// <summary>The attributes of a class see its nested types: one of ours would hide a user's.</summary>
    [Theory]
    [InlineData("Layers")]
    [InlineData("Program")]
    [InlineData("WeightBiasParameters")]
    public void A_type_that_the_attributes_take_a_number_from_is_the_users(string name)
    {
        Generating run = Generating.Run($"static class {name} {{ public const int Width = 7; }} [Model, Input(4), Linear({name}.Width), CrossEntropy, Adam] partial class M;");
        Assert.Empty(run.Squiggles());
        Assert.Equal("", run.AllErrors);
        Assert.Contains("OutputShape => new int[] { 7 }", run.Result.GeneratedTrees.Single().ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[Model, Input(4), Linear(3)] partial class {|DSL102:M|} { public required int Size { get; set; } }")]
    [InlineData("[Model, Input(4), Linear(3)] partial class {|DSL102:M|} { public required int Size; }")]
    [InlineData("[Model, Input(4, Name = {|DSL110:\"x\"|}), Input(4, Name = \"y\"), Linear(4, From = \"x\"), Add(\"y\")] partial class xBatch;")]
    [InlineData("[Model, Input(4), Linear(3), Output({|DSL110:\"x\"|}), ReLU] partial class xShape;")]
    [InlineData("[Model, Input(4), Linear(3, Name = {|DSL110:\"a\\u200Db\"|})] partial class M;")]
    [InlineData("[Model, Input(4), Linear(4, Name = \"a\"), Linear(3, Name = {|DSL110:\"get_a\"|})] partial class M;")]
    [InlineData("[Model, Input(4), Linear(4, Name = \"get_a\"), Linear(3, Name = {|DSL110:\"a\"|})] partial class M;")]
    [InlineData("[Block, Input(4), Linear(4, Name = \"a\"), Linear(3, Name = {|DSL110:\"get_a\"|})] partial class B;")]
    [InlineData("[Model, Input(4), {|DSL110:Linear(4)|}] partial class M { int get_Linear1() => 1; }")]
    [InlineData("[Model, Input(4), Linear(4)] partial class M { int {|DSL110:get_InputShape|}() => 1; }")]
    [InlineData("[Model, Input(4), Linear(3)] partial class M { {|DSL110:M|}(Dsl.Runtime.NetworkProgram program, ulong seed) : base(program, seed) { } }")]
    public void A_clash_is_one_error(string source) => Marked.Verify(source);

    private static string Draw(Random random)
    {
        int fresh = 0;
        // Mostly names that clash with nothing: with all at once, one clash would hide another.
        string Name(double share = 0.2) => random.NextDouble() < share ? Pool[random.Next(Pool.Length)] : "fresh" + fresh++;
        string Identifier(double share = 0.2)
        {
            string name = Name(share);
            return SyntaxFacts.IsValidIdentifier(name) ? "@" + name : "fresh" + fresh++;
        }
        string Text(string name) => SymbolDisplay.FormatLiteral(name, quote: true);

        string space = Identifier();
        string inner = Identifier();
        string block = Identifier();
        string model = Identifier();
        bool isSplit = random.Next(3) == 0;
        (string First, string Second) input = (Name(), Name());
        string inputs = isSplit
            ? $"global::Dsl.Input(4, Name = {Text(input.First)}), global::Dsl.Input(4, Name = {Text(input.Second)}), global::Dsl.Linear(4, Name = {Text(Name())}, From = {Text(input.First)}), global::Dsl.Add({Text(input.Second)})"
            : $"global::Dsl.Input(4, Name = {Text(input.First)}), global::Dsl.Linear(4, Name = {Text(Name())})";
        string marks = (random.Next(2) == 0 ? $"global::Dsl.Expose({Text(Name())}{(isSplit ? "" : ", " + Text(Name()))}), " : "") + (random.Next(2) == 0 ? $"global::Dsl.Output({Text(Name())}), " : "");
        string loss = new[] { "", ", global::Dsl.CrossEntropy", ", global::Dsl.MeanSquaredError, global::Dsl.Adam", ", global::Dsl.CrossEntropy, global::Dsl.SGD(0.1, Momentum = 0.9)" }[random.Next(4)];
        string member = random.Next(6) switch
        {
            0 => $"int {Identifier(0.7)};",
            1 => $"int {Identifier(0.7)}() => 1;",
            2 => $"class {Identifier(0.7)};",
            3 => $"struct {Identifier(0.7)}<T>;",
            4 => $"static int {Identifier(0.7)} => 1;",
            _ => "",
        };
        string classes = $$"""
            [global::Dsl.Block, global::Dsl.Input(4), global::Dsl.Linear(4, Name = {{Text(Name(0.4))}}), global::Dsl.BatchNorm1d(Name = {{Text(Name(0.4))}})] partial class {{inner}};
            [global::Dsl.Block, global::Dsl.Input(4), global::Dsl.Use<{{inner}}>(Name = {{Text(Name(0.4))}}, Repeat = 2), global::Dsl.Linear(4, Name = {{Text(Name(0.4))}})] partial class {{block}};
            [global::Dsl.Model, {{inputs}}, {{marks}}global::Dsl.Use<{{block}}>(Name = {{Text(Name(0.4))}}), global::Dsl.Linear(3, Name = {{Text(Name())}}){{loss}}]
            partial class {{model}} { {{member}} }
            """;
        if (random.Next(3) == 0)
            classes = $"partial {(random.Next(2) == 0 ? "class" : "struct")} {Identifier(0.5)} {{ {classes} }}";
        return $"{space} {{ {classes} }}";
    }
}
