using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Runtime;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Dsl.Report.Tests;

/// <summary>What a diagram draws as one, and where its lines go.</summary>
public sealed class DiagramTests
{
    [Fact]
    public void Generated_classes_tell_what_each_layer_reads_and_gives()
    {
        using Mixed net = new();
        IReadOnlyList<LayerRow> rows = ((INetwork)net).Layers;
        Assert.Equal(
            [
                "Image:", "Facts:", "Conv2d1:Image", "ReLU1:Conv2d1", "Seen:ReLU1", "Conv2d2:Image", "ReLU2:Conv2d2", "Peaks:ReLU2", "Linear1:Facts", "Tanh1:Linear1",
                "All:Tanh1,Seen,Peaks>Mixture", "Score:All>Score",
            ],
            rows.Select(row => $"{row.Name}:{string.Join(',', row.Inputs.Select(input => rows[input].Name))}{string.Concat(row.Outputs.Select(output => ">" + output))}"));
    }

    [Fact]
    public void Norms_and_activations_stand_with_the_layer_that_they_follow_unless_something_else_reads_between()
    {
        using ResidualNet net = new();
        Assert.Equal(
            [
                "Input", "Stem", "ReLU1", "Use1.0.Conv2d1 BatchNorm2d1 ReLU1", "Use1.0.Conv2d2 BatchNorm2d2", "Use1.0.Add1 ReLU2", "Use1.1.Conv2d1 BatchNorm2d1 ReLU1",
                "Use1.1.Conv2d2 BatchNorm2d2", "Use1.1.Add1 ReLU2", "Concat1", "GlobalAvgPool2d1", "Linear1",
            ],
            DiagramStage.Of(((INetwork)net).Layers).Select(stage => string.Join(' ', stage.Followers.Prepend(stage.First.Name))));
    }

    [Fact]
    public void Skips_go_beside_the_main_line()
    {
        using ResidualNet net = new();
        DiagramLanes lanes = new(DiagramStage.Of(((INetwork)net).Layers));
        Assert.All(lanes.LaneOf, lane => Assert.Equal(0, lane));
        Assert.Equal([(1, 9, 1), (2, 5, 2), (5, 8, 2)], lanes.Edges.Where(edge => edge.Lane > 0).Select(edge => (edge.From, edge.To, edge.Lane)).Order());
    }

    [Fact]
    public void Branches_have_lanes_of_their_own()
    {
        using Mixed net = new();
        IReadOnlyList<DiagramStage> stages = DiagramStage.Of(((INetwork)net).Layers);
        DiagramLanes lanes = new(stages);
        Assert.Equal(["Image 0", "Facts 1", "Conv2d1 2", "Seen 2", "Conv2d2 0", "Peaks 0", "Linear1 1", "All 1", "Score 1"], stages.Select((stage, i) => $"{stage.First.Name} {lanes.LaneOf[i]}"));
    }

    [Fact]
    public void In_any_network_every_connection_is_drawn_and_no_two_values_share_a_lane()
    {
        Gen<LayerRow[]> networks = Gen.Choose(1, 25).SelectMany(count => Gen.Choose(0, int.MaxValue).Select(seed => Draw(new Random(seed), count)));
        Prop.ForAll(networks.ToArbitrary(), rows =>
        {
            IReadOnlyList<DiagramStage> stages = DiagramStage.Of(rows);
            Assert.Equal(rows.Select(row => row.Name), stages.SelectMany(stage => stage.Layers).Select(row => row.Name));
            DiagramLanes lanes = new(stages);
            Assert.Equal(
                stages.SelectMany((stage, i) => stage.Inputs.Distinct().Select(input => (input, i))).Order(),
                lanes.Edges.Select(edge => (edge.From, edge.To)).Order());
            int[] ownerOf = new int[lanes.Count * stages.Count];
            Array.Fill(ownerOf, -1);
            foreach (DiagramEdge edge in lanes.Edges)
            {
                for (int row = edge.From + 1; row < edge.To; row++)
                {
                    Assert.NotEqual(lanes.LaneOf[row], edge.Lane);
                    ref int owner = ref ownerOf[(row * lanes.Count) + edge.Lane];
                    Assert.True(owner == -1 || owner == edge.From);
                    owner = edge.From;
                }
            }
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Every_layer_of_the_language_has_a_family()
    {
        // How a declaration hangs together, and what is a user's own, is no layer with a look.
        string[] others = ["Use", "Custom", "Expose", "Output", "Node", "ConvolutionNode", "KernelNode", "PoolNode", "RecurrentNode"];
        IEnumerable<string> layers = typeof(NodeAttribute).Assembly.GetExportedTypes()
            .Where(type => type.IsSubclassOf(typeof(NodeAttribute)) && !type.IsAbstract)
            .Select(type => type.Name.Split('`')[0].Replace("Attribute", "", StringComparison.Ordinal))
            .Except(others);
        Assert.Equal([], layers.Where(layer => LayerFamilies.Of(layer) == LayerFamily.Other));
        Assert.Equal(LayerFamily.Other, LayerFamilies.Of("Swish"));
    }

    private static LayerRow[] Draw(Random random, int count) => [.. Enumerable.Range(0, count).Select(i =>
    {
        int[] inputs = i == 0 || random.Next(8) == 0 ? []
            : random.Next(3) > 0 ? [random.Next(3) > 0 ? i - 1 : random.Next(i)]
            : [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(i))];
        string layer = inputs.Length == 0 ? "Input" : inputs.Length > 1 ? "Add" : random.Next(2) == 0 ? "ReLU" : "Conv2d";
        return new LayerRow($"{layer}{i}", layer, "8", random.Next(2), random.Next(2), inputs) { Outputs = random.Next(6) == 0 ? ["out"] : [] };
    })];
}
