using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Checking;
using Dsl.Generator.Networks.Graph;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Dsl.Generator.Tests.Checking;

using Network = Dsl.Generator.Networks.Graph.Network; // nearer than the runtime's Dsl.Network

/// <summary>Whatever stands in a half-typed file, the analyzer neither throws nor hangs, and says nothing that follows from a C# error.</summary>
public sealed class RobustnessTests
{
    private const string Valid = """
        using Dsl;
        namespace App;
        [Block, Input(16, 8, 8)]
        [Conv2d(16, 3, Padding = 1, Name = "c"), BatchNorm2d(Momentum = 0.2), ReLU, DepthwiseConv2d(3, Same = true), Multiply("Input"), Add("c", "ReLU1")]
        public partial class Residual;
        [Model, Input(1, 8, 8, Name = "image"), Input(5, Name = "facts")]
        [Conv2d(16, 3, Padding = 1, From = "image", Init = Init.Orthogonal), Use<Residual>(Repeat = 2), Upsample2d(2), MaxPool2d(3, Stride = 2, Padding = 1)]
        [Permute(1, 2, 0), Reshape(16, 64), Linear(8, Bias = false), Flatten(Name = "flat"), Expose("Encode")]
        [Linear(16, From = "facts"), LeakyReLU(0.1), Concat("flat", Axis = 0), Dropout(0.25), Output("aux"), Linear(10, Trainable = false), Linear(4)]
        [CrossEntropy(LabelSmoothing = 0.1), SGD(0.1, Momentum = 0.9, Nesterov = true), OneCycle(0.3), Budget(Parameters = 1000000, Batch = 2)]
        public partial class Net { private int other; }
        """;

    private static readonly string[] Tokens =
    [
        "(", ")", "[", "]", ",", "=", ":", "{", "}", ";", "<", ">", "-", "0", "-1", "2147483647", "99999999999", "1e400", "double.NaN", "null", "\"\"", "\"c\"",
        "\"Use1\"", "true", "default", "typeof(int)", "new[] { 1 }", "new string[0]", "(Init)77", "nameof(Net)", "Use<Net>", "Use<Residual>", "Use<>", "Conv2d", "Input",
        "Add", "Model", "Block", "params", "partial", "class", "static", "From", "Name", "@class", "'x'", "1.5", "[Model]", "[Block, Input()]", "x",
    ];

    [Fact]
    public void The_declaration_that_is_mutated_is_right() => Assert.Empty(Compiling.Analyze(Compiling.Compile(Valid)));

    [Fact]
    public void Random_edits_never_throw()
    {
        string[] tokens = [.. CSharpSyntaxTree.ParseText(Valid).GetRoot().DescendantTokens().Select(token => token.ToFullString())];
        Gen<(int Kind, int First, int Second, string Text)> edit =
            from kind in Gen.Choose(0, 3)
            from first in Gen.Choose(0, tokens.Length - 1)
            from second in Gen.Choose(0, tokens.Length - 1)
            from text in Gen.Elements(Tokens)
            select (kind, first, second, text);
        Prop.ForAll(
            Arb.From(Gen.NonEmptyListOf(edit)),
            edits =>
            {
                CSharpCompilation compilation = Compiling.Compile(Apply(tokens, edits.Take(6)));
                _ = Compiling.Analyze(compilation);
                foreach (ISymbol symbol in compilation.GetSymbolsWithName("Net", SymbolFilter.Type))
                    Assert.Equal(Read(compilation, symbol), Read(compilation, symbol));
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    [Theory]
    [InlineData("[Model, Input(4), Linear(), Conv2d(3, 3)] partial class M;")]
    [InlineData("[Model, Input(4), Linear(\"x\"), Conv2d(3, 3)] partial class M;")]
    [InlineData("[Model, Input(4), Linear(undefined), Conv2d(3, 3)] partial class M;")]
    [InlineData("[Model, Input(4), Linear(3000000000), Conv2d(3, 3)] partial class M;")]
    [InlineData("[Model, Input(4), Linear(3, 3, 3), Conv2d(3, 3)] partial class M;")]
    [InlineData("[Model, Input(1, x), Conv2d(3, 3)] partial class M;")]
    [InlineData("[Model, Input(4), Linaer(3), Conv2d(3, 3), Add(\"Linear1\")] [CrosEntropy, Adam] partial class M;")]
    [InlineData("[Model, Inptu(4), Linear(3)] partial class M;")]
    [InlineData("[Model, Input(4), Lin")]
    [InlineData("[Model, Input(4), Linear(")]
    [InlineData("[Model, Input(4), Linear(3), Add(\"")]
    [InlineData("[Model, Input(4), Use<Missing>, Conv2d(3, 3)] partial class M;")]
    [InlineData("[Model, Input(4), Use, Conv2d(3, 3)] partial class M;")]
    [InlineData("[Model, Input(4), Use<M, M>, Conv2d(3, 3)] partial class M;")]
    [InlineData("[Model, Model, Input(4), Linear(3)] partial class M; [Model] partial class M;")]
    [InlineData("[Model, Input(4), ReLU(Name = undefined), Linear(3, Width = 7)] partial class M;")]
    [InlineData("[Model, Input(4)] [Linear(3, Name = \"a\", Name = \"b\")] partial class M;")]
    [InlineData("[Model, Input(4), Linear(3)] partial class M : Missing;")]
    [InlineData("[Model, Input(4), Linear(3)] struct S; [Linear(3)] interface I;")]
    public void What_the_compiler_rejects_gets_no_second_error(string source)
    {
        Compilation compilation = Compiling.Compile("using Dsl;\n" + source);
        Assert.Contains(compilation.GetDiagnostics(), one => one.Severity == DiagnosticSeverity.Error);
        Assert.Empty(Compiling.Analyze(compilation).Where(one => one.Id is not ("DSL101" or "DSL102" or "DSL116")));
    }

    private static Declaration Read(Compilation compilation, ISymbol symbol)
    {
        Declaration declaration = DeclarationReader.Read((INamedTypeSymbol)symbol, compilation, sources: null, output: null, default);
        Network network = NetworkChecker.Check(declaration);
        foreach (Node node in network.Nodes)
            Assert.All(node.Inputs, input => Assert.InRange(input, 0, node.Index - 1));
        if (!network.HasErrors)
        {
            Assert.All(network.Nodes, node => Assert.True(node.Shape.IsKnown));
            Assert.True(network.OutputShape.IsKnown);
        }
        return declaration;
    }

    private static string Apply(string[] tokens, IEnumerable<(int Kind, int First, int Second, string Text)> edits)
    {
        string[] changed = [.. tokens];
        foreach ((int kind, int first, int second, string text) in edits)
        {
            switch (kind)
            {
                case 0:
                    changed[first] = "";
                    break;
                case 1:
                    (changed[first], changed[second]) = (changed[second], changed[first]);
                    break;
                case 2:
                    changed[first] = " " + text + " ";
                    break;
                default:
                    changed[first] += " " + text + " ";
                    break;
            }
        }
        return string.Concat(changed);
    }
}
