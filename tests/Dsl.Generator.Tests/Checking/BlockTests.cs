using System;
using System.Collections.Immutable;
using System.Linq;
using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Checking;
using Dsl.Generator.Networks.Graph;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Dsl.Generator.Tests.Checking;

using Network = Dsl.Generator.Networks.Graph.Network; // nearer than the runtime's Dsl.Network

/// <summary>Blocks: DSL114, 115, 209, unfolding, and blocks of other assemblies.</summary>
public sealed class BlockTests
{
    private const string Residual = """
        [Block, Input(4, 8, 8)]
        [Conv2d(4, 3, Padding = 1), BatchNorm2d, ReLU, Conv2d(4, 3, Padding = 1), Add("Input"), ReLU]
        public partial class Residual;

        """;

    [Theory]
    [InlineData("[Model, Input(4, 8, 8)] [Use<Residual>, Use<Residual>(Repeat = 3, Name = \"body\"), Add(\"Use1\", \"body\")] partial class M;")]
    [InlineData("[Model, Input(3, 8, 8)] [{|DSL209:Use<Residual>(Repeat = 2)|}, Flatten, Linear(3)] [CrossEntropy] partial class M;")]
    [InlineData("[Model, Input(4, 8, 8)] [Use<{|DSL115:M|}>, ReLU] partial class M;")]
    [InlineData("[Model, Input(4, 8, 8)] [Use<{|DSL115:string|}>, ReLU] partial class M;")]
    [InlineData("[Model, Input(4, 8, 8)] [Use<{|DSL115:int|}>, {|DSL108:Add(\"x\")|}, Use<{|DSL115:Residual[]|}>(Repeat = 0)] partial class M;", true)]
    [InlineData("[Model, Input(4, 8, 8)] [Dsl.Use<{|DSL115:System.Collections.Generic.List<int>|}>, global::Dsl.UseAttribute<{|DSL115:object|}>] partial class M;")]
    [InlineData("[Model, Input(4, 8, 8)] [Use<Residual>(Repeat = {|DSL202:0|}), ReLU] partial class M;")]
    [InlineData("[Model, Input(4, 8, 8)] [Use<Residual>(Repeat = {|DSL202:int.MaxValue|}), ReLU] partial class M;")]
    [InlineData("[Block, Input(4)] [Linear(3)] partial class B; [Model, Input(4)] [Use<B>, {|DSL209:Use<B>|}] partial class M;")]
    [InlineData("[Block, Input(4)] [Linear(3)] partial class B; [Model, Input(4)] [{|DSL209:Use<B>(Repeat = 2)|}] partial class M;")]
    [InlineData("[Block, Input(4)] [Linear({|DSL202:0|})] partial class B; [Model, Input(4)] [Use<B>, Conv2d(2, 3), Linear({|DSL202:-1|})] partial class M;")]
    [InlineData("[Block, Input(4)] [Linear(3), Softmax] partial class B; [Model, Input(4)] [{|DSL302:Use<B>|}] [CrossEntropy] partial class M;")]
    [InlineData("[Block, Input(4)] [Linear(4)] partial class B; [Model, Input(4)] [Use<B>(Trainable = false)] [CrossEntropy, {|DSL303:Adam|}] partial class M;")]
    public void Uses(string source, bool isCurrent = false)
    {
        if (isCurrent)
            source = source.Replace("{|DSL108:Add(\"x\")|}", "ReLU", StringComparison.Ordinal).Replace("Repeat = 0", "Name = \"u\"", StringComparison.Ordinal);
        Marked.Verify(Residual + source);
    }

    [Theory]
    [InlineData("[Block, Input(4)] [{|DSL114:Use<A>|}] partial class A;")]
    [InlineData("[Block, Input(4)] [{|DSL114:Use<B>|}] partial class A; [Block, Input(4)] [ReLU, {|DSL114:Use<A>|}] partial class B;")]
    [InlineData("[Block, Input(4)] [{|DSL114:Use<B>|}] partial class A; [Block, Input(4)] [{|DSL114:Use<C>|}] partial class B; [Block, Input(4)] [{|DSL114:Use<B>|}, {|DSL114:Use<A>|}, Use<D>] partial class C; [Block, Input(4), ReLU] partial class D;")]
    [InlineData("[Block, Input(4)] [{|DSL114:Use<A>|}] partial class A; [Model, Input(4)] [Use<A>, Conv2d(1, 1)] partial class M;")]
    public void Circles(string source) => Marked.Verify(source);

    [Fact]
    public void Blocks_unfold_with_paths()
    {
        Declaration declaration = Reading.Declaration("using Dsl; " + Residual + """
            [Block, Input(4, 8, 8)] [Use<Residual>(Name = "twice", Repeat = 2, Trainable = false), ReLU] partial class Pair;
            [Model, Input(4, 8, 8)] [Use<Pair>, Conv2d(2, 3)] partial class M;
            """);
        Network network = NetworkChecker.Check(declaration);
        Assert.False(network.HasErrors);
        Assert.Equal(
            "Input Use1.0.twice.0.Conv2d1 Use1.0.twice.0.BatchNorm2d1 Use1.0.twice.0.ReLU1 Use1.0.twice.0.Conv2d2 Use1.0.twice.0.Add1 Use1.0.twice.0.ReLU2",
            string.Join(" ", network.Nodes.Take(7).Select(node => node.Path)));
        Assert.Equal("4,0", string.Join(",", network.Nodes[5].Inputs));
        Assert.Equal("10,6", string.Join(",", network.Nodes[11].Inputs));
        Assert.Equal("Use1.0.ReLU1", network.Nodes[13].Path);
        Assert.False(network.Nodes[1].IsTrainable);
        Assert.True(network.Nodes[14].IsTrainable);
        UseGroup group = Assert.Single(network.Groups);
        Assert.Equal("Pair", group.Block!.Declaration.FullName);
        Assert.Equal((1, 1), (group.Repeat, group.FirstNode));
        UseGroup twice = Assert.Single(group.Block.Groups);
        Assert.Equal(("twice", 2, 1), (twice.Name, twice.Repeat, twice.FirstNode));
    }

    [Fact]
    public void Blocks_of_another_assembly_are_read_from_its_metadata()
    {
        MetadataReference library = Compiling.Reference("Library", "using Dsl; namespace Lib; " + Residual);
        Marked.Verify([library], "[Model, Input(4, 8, 8)] [Use<Lib.Residual>, {|DSL109:Flatten|}, {|DSL109:Use<Lib.Residual>(From = \"Use1\", Name = \"u\")|}, Conv2d(1, 1, From = \"Use1\")] partial class M;");
        Marked.Verify([library], "[Model, Input(5, 8, 8)] [{|DSL209:Use<Lib.Residual>|}] partial class M;");
    }

    [Fact]
    public void An_error_in_a_block_of_another_assembly_stands_on_the_use()
    {
        MetadataReference library = Compiling.Reference("Library", """
            using Dsl;
            [Block, Input(4)] [Linear(3), Conv2d(3, 3)] public partial class Broken;
            [Block, Input(4)] [ReLU, Use<Broken>] public partial class Outer;
            [Block] [ReLU] public partial class Empty;
            [Block, Input(4)] [Linear(3), Linear(4, From = "Input")] public partial class Wasteful;
            """);
        ImmutableArray<Diagnostic> found = Marked.Verify(
            [library],
            "[Model, Input(4)] [{|DSL201:Use<Broken>|}, Conv2d(2, 2)] partial class M; [Model, Input(4)] [{|DSL201:Use<Outer>|}] partial class N; [Model, Input(4)] [{|DSL104:Use<Empty>|}] partial class O; [Model, Input(4)] [Use<Wasteful>] partial class P;");
        Assert.Contains(found, one => one.GetMessage() == "Use1 (Broken): Conv2d1 needs channels × height × width, but receives 3 (Input 4 → Linear1 3)");
        // The same blocks of this assembly report where they are, and nothing on their use.
        Marked.Verify("""
            [Block, Input(4)] [Linear(3), {|DSL201:Conv2d(3, 3)|}] public partial class Broken;
            [Model, Input(4)] [Use<Broken>, Conv2d(2, 2)] partial class M;
            """);
    }

    [Fact]
    public void Nested_repeats_cannot_run_away()
    {
        string blocks = "[Block, Input(4), Linear(4), Linear(4)] partial class B0;";
        for (int i = 1; i < 40; i++)
            blocks += $"\n[Block, Input(4)] [Use<B{i - 1}>, Use<B{i - 1}>] partial class B{i};";
        ImmutableArray<Diagnostic> found = Compiling.Analyze(Compiling.Compile("using Dsl;\n" + blocks + "\n[Model, Input(4)] [Use<B39>] partial class M;"));
        Assert.NotEmpty(found);
        Assert.All(found, one => Assert.Equal("DSL202", one.Id));
    }

    [Fact]
    public void A_block_declared_in_several_files_is_read_in_file_order()
    {
        string[] sources =
        [
            "using Dsl; [Block] partial class B;",
            "using Dsl; [Input(4), Linear(3)] partial class B;",
            "using Dsl; [Model, Input(4), Use<B>, Linear(2)] partial class M;",
        ];
        CSharpCompilation compilation = Compiling.Compile(sources);
        Declaration first = Reading.Declaration(compilation);
        // Replacing a file puts it last in the compiler's own order of declarations.
        SyntaxTree tree = compilation.SyntaxTrees[0];
        Declaration second = Reading.Declaration(compilation.ReplaceSyntaxTree(tree, tree.WithChangedText(Microsoft.CodeAnalysis.Text.SourceText.From(sources[0] + " "))));
        Assert.Equal(first, second);
        Assert.Equal(first.GetHashCode(), second.GetHashCode());
    }
}
